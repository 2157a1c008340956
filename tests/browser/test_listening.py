"""A supervisor hears a call in Chromium, whispers and barges in, with tones for each step."""

from playwright.async_api import expect

from lab.sip import Hearing, SipCall, tones
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


async def test_a_supervisor_listens_whispers_and_barges_in_here(stage: Stage) -> None:
    account = stage.lab.phones[AGENT]
    phone = await stage.parties.phone(AGENT, account["password"], stage.lab.sip, tones.AGENT)
    agent: SipCall = await phone.call(account["login"])
    await agent.answered()
    ben = await stage.person(tone=OWN)
    await ben.context.add_init_script(WATCH)
    await ben.page.reload()
    await ben.log_in("ben")
    row = ben.page.locator(f"#agent-{AGENT}")
    await expect(row).to_contain_text("Ready", timeout=15_000)
    customer: SipCall = await (await stage.parties.customer(stage.lab.sip, NUMBER, tones.CUSTOMER)).call(DID)
    await customer.answered()
    await expect(row).to_contain_text(NUMBER)
    await row.click()
    ear = Hearing({"customer": customer, "agent": agent})
    opened: list[int] = []  # how often the page had opened the microphone, after each step
    for key, said, heard_by in (
        ("l", "ben listens", ()),
        ("w", "ben whispers", (agent,)),
        ("b", "ben is in the call", (agent, customer)),
        ("l", "ben listens", ()),
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
    await expect(row).not_to_contain_text("ben")
    await expect(row).to_contain_text(NUMBER)
    await customer.hang_up()
    await agent.hang_up()


async def hears(ben: Person) -> bool:
    """Return whether the page hears the agent and the customer."""
    return all(level > LOUD for level in await ben.page.evaluate(HEARD, [tones.AGENT, tones.CUSTOMER]))
