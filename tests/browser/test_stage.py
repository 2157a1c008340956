"""The tests' own instruments find what they must find."""

import pytest

from lab.sip import tones
from tests.browser.stage import Person, Stage

LOUDEST = """async () => {
    const CLEAN = {echoCancellation: false, noiseSuppression: false, autoGainControl: false};
    const stream = await navigator.mediaDevices.getUserMedia({audio: CLEAN});
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, {fftSize: 8192});
    context.createMediaStreamSource(stream).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const quiet = -100; // dB
    let best = 0;
    while (!(bins[best] > quiet) || !best) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        analyser.getFloatFrequencyData(bins);
        best = bins.indexOf(Math.max(...bins));
    }
    stream.getTracks().forEach((track) => track.stop());
    await context.close();
    return best * context.sampleRate / analyser.fftSize;
}"""


async def test_a_violation_of_the_policy_is_seen(stage: Stage) -> None:
    person = await stage.person()
    page = person.page
    await page.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; } catch {} }")
    await page.evaluate("""() => {
        const style = document.createElement("style");
        style.textContent = "body {color: red}";
        document.head.append(style);
    }""")

    async def both_are_reported() -> bool:  # by events that come after the act
        return len(await person.faults()) >= 2

    await person.until(both_are_reported)
    with pytest.raises(AssertionError, match=r"(?s)require-trusted-types-for.*style-src"):
        await stage.end_people()


async def test_axe_sees_a_picture_without_a_text(stage: Stage) -> None:
    person = await stage.person()
    await person.page.evaluate("() => document.body.append(document.createElement('img'))")
    assert "image-alt" in {one.partition(":")[0] for one in await person.axe()}


async def test_each_microphone_has_its_own_tone(stage: Stage) -> None:
    for tone in (tones.AGENT, tones.CLOSER):
        await microphone_has(await stage.person(tone=tone), tone)


async def microphone_has(person: Person, tone: int) -> None:
    """Find the tone of the microphone."""
    assert abs(await person.page.evaluate(LOUDEST) - tone) < 10
