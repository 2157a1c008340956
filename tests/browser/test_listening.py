"""Listening in Chromium: a supervisor hears a call, whispers and barges in; an agent hears the own recordings."""

import io
import wave

from playwright.async_api import Browser, Route, expect

from lab.sip import Hearing, SipCall, tones
from tests.browser.drawn_page import drawn
from tests.browser.fake_server import ME, recordings
from tests.browser.overviews import BOTH, OVERVIEWS
from tests.browser.routed import set_route
from tests.browser.stage import Person, Stage

AGENT, NUMBER, DID = "1006", "15551230061", "8005550100"
OWN = tones.CONTROL_A  # Hz, of the supervisor's microphone
SPAN = 0.6  # seconds in which a tone must be heard, or missing
LOUD = -55  # dB of a tone that is heard
# Each connection can be listened to, and the microphone's tone is no noise to be suppressed.
WATCH = """
globalThis.warmlineAudio = {echoCancellation: false, noiseSuppression: false, autoGainControl: false};
globalThis.lines = [];
globalThis.microphones = 0;
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) { super(...given); lines.push(this); }
};
const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (open) navigator.mediaDevices.getUserMedia = (...given) => { microphones += 1; return open(...given); };
"""
HEARD = """async (tones) => {
  const context = new AudioContext(), node = context.createAnalyser(), bins = new Float32Array(node.frequencyBinCount);
  context.createMediaStreamSource(new MediaStream([lines.at(-1).getReceivers()[0].track])).connect(node);
  await new Promise((done) => setTimeout(done, 300));
  node.getFloatFrequencyData(bins);
  const at = (hz) => Math.round(hz * node.fftSize / context.sampleRate);
  const found = tones.map((hz) => Math.max(...bins.slice(at(hz) - 2, at(hz) + 3)));
  await context.close();
  return found;
}"""

# The contexts that the page makes for sounds.
MADE = """() => {
  globalThis.made = [];
  globalThis.AudioContext = class extends AudioContext { constructor() { super(); made.push(this); } };
}"""


async def test_a_supervisor_listens_whispers_and_barges_in_here(stage: Stage) -> None:
    account = stage.lab.phones[AGENT]
    phone = await stage.parties.phone(AGENT, account["password"], stage.lab.sip, tones.AGENT)
    agent: SipCall = await phone.call(account["login"])
    await agent.answered()
    ben = await stage.person("ben", OWN, script=WATCH)
    row = ben.page.locator(f"#agent-{AGENT}")
    await expect(row).to_contain_text("Ready", timeout=15_000)
    customer: SipCall = await (await stage.parties.customer(stage.lab.sip, NUMBER, tones.CUSTOMER)).call(DID)
    await customer.answered()
    await expect(row).to_contain_text(NUMBER)
    await row.click()
    ear = Hearing({"customer": customer, "agent": agent})
    opened: list[int] = []  # how often the page had opened the microphone, after each step
    for key, said, heard_by in (
        ("l", "Ben Ott listens", ()),
        ("w", "Ben Ott whispers", (agent,)),
        ("b", "Ben Ott is in the call", (agent, customer)),
        ("l", "Ben Ott listens", ()),
    ):
        await ben.page.keyboard.press(key)
        await expect(row).to_contain_text(said)
        await ben.until(lambda: hears(ben))
        opened.append(await ben.page.evaluate("microphones"))
        for listener in heard_by:
            await ear.heard(listener, OWN, listener.began)
        span = await ear.listen(SPAN)
        for listener in (agent, customer):
            judge = ear.hears if listener in heard_by else ear.silent_of
            assert judge(listener, OWN, *span), f"{said}: {ear.name(listener)}"
    assert opened == [0, 1, 1, 1]
    await ben.page.keyboard.press("x")
    await expect(row).not_to_contain_text("Ben Ott")
    await expect(row).to_contain_text(NUMBER)
    await customer.hang_up()
    await agent.hang_up()


async def hears(ben: Person) -> bool:
    """Return whether the page hears the agent and the customer."""
    return all(level > LOUD for level in await ben.page.evaluate(HEARD, [tones.AGENT, tones.CUSTOMER]))


def silence(seconds: int) -> bytes:
    """Return a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000 * seconds))
    return made.getvalue()


async def test_an_agent_hears_own_recordings_between_calls_alone(chromium: Browser) -> None:
    asked: list[str] = []

    async def answer(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        await route.fulfill(body=silence(20), content_type="audio/x-wav")

    async with drawn(chromium, "paused", me=ME | {"rights": {"recordings:read": "own"}}) as one:
        one.server.answers["recordings"] = (200, recordings())
        await set_route(one.page, "**/api/v1/recordings/*", answer)
        await one.page.keyboard.press("y")
        listens = one.page.locator(".rows.history button", has_text="▶ 1:05")
        await expect(listens).to_have_count(1)  # the other one still runs
        await expect(listens).to_have_attribute("aria-label", "▶ 1:05 Listen to 15551230001, 15:30")
        await listens.click()
        player = one.page.locator("#player")
        await expect(player).to_be_focused()
        assert await one.axe() == []
        await one.until(lambda: player.evaluate("one => !one.paused && one.currentTime > 0"))
        assert set(asked) == {"20261120-1530_0"}
        await one.page.evaluate("window.heard = document.getElementById('player')")
        await one.show("queue")
        await expect(player).to_have_count(0)
        await one.until(lambda: one.page.evaluate("heard.paused"))
        await one.page.keyboard.press("y")
        await expect(listens).to_have_attribute("aria-disabled", "true")
        await listens.focus()
        await listens.press("Enter")
        await expect(player).to_have_count(0)
        await one.show("paused")
        await one.page.keyboard.press("y")
        await player.wait_for()
        await one.settles()
        assert await player.evaluate("one => one.paused"), "it does not go on by itself"


async def test_without_the_right_or_a_recording_there_is_no_way_to_listen(chromium: Browser) -> None:
    for right, found in (("none", recordings()), ("own", [])):
        async with drawn(chromium, "paused", me=ME | {"rights": {"recordings:read": right}}) as one:
            asked: list[str] = []
            one.page.on("request", lambda request, asked=asked: asked.append(request.url))
            one.server.answers["recordings"] = (200, found)
            await one.page.keyboard.press("y")
            await one.page.locator(".rows.history tbody tr").first.wait_for()
            await one.settles()
            await expect(one.page.locator(".rows.history button", has_text="▶")).to_have_count(0)
            assert any("/recordings" in url for url in asked) == (right == "own")


async def test_sound_rests_before_and_after_a_beep(chromium: Browser) -> None:
    async with drawn(chromium) as one:
        await one.page.evaluate(MADE)
        await one.page.mouse.click(5, 5)  # without a click, a browser plays nothing
        await one.show("talking")
        await one.until(lambda: one.page.evaluate("made.length === 1 && made[0].currentTime > 0.2"))
        await one.until(lambda: one.page.evaluate("made[0].state === 'suspended'"))


async def test_a_page_brings_its_line_again_when_the_agents_line_has_moved(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=BOTH, view="overview") as one:
        own = await one.page.evaluate("import(new URL('page_id.js', document.scripts[0].src)).then(it => it.pageId)")
        one.server.answers["phone"] = (409, {"detail": "the agent has left"})
        agents = OVERVIEWS["five"]()["agents"]
        supervisor = {"phone": "browser", "kind": "LISTEN", "by": "user:ben", "page": own}
        async with one.page.expect_request(f"**/phone?page={own}&supervises=1000"):
            await one.show("five", agents=[agents[0] | {"moving": [supervisor]}, *agents[1:]])
        await expect(one.page.get_by_text("the agent has left")).to_have_count(1)
