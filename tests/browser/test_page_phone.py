"""The browser phone in the page: a call is heard, and a reload in the call costs a moment."""

import time

from playwright.async_api import expect

from sip_parties import Hearing, tones
from tests.browser.stage import Stage

CLEAN = "globalThis.warmlineAudio = {echoCancellation: false, noiseSuppression: false, autoGainControl: false}"
LONGEST = 1.0  # seconds that the customer may miss the agent at a reload


async def test_a_reload_in_a_call_costs_a_moment(stage: Stage) -> None:
    dora = await stage.person()
    await dora.context.add_init_script(CLEAN)
    await dora.page.reload()
    await dora.log_in("dora")
    await dora.page.locator("#do-start").click()
    await expect(dora.page.get_by_text("Waiting for a call")).to_be_visible(timeout=15_000)
    customer = await (await stage.parties.customer(stage.lab.sip, "15551230001")).call("8005550100")
    await customer.answered()
    ear = Hearing({"customer": customer})
    await ear.heard(customer, tones.AGENT, customer.began)
    for _ in range(3):
        began = time.monotonic()
        await dora.page.reload()
        await expect(dora.page.get_by_text("Talking")).to_be_visible()
        await expect(dora.page.locator(".phone")).to_contain_text("Headset", timeout=10_000)
        until = (await ear.listen(2.0))[1]
        heard = [packet.time for packet in ear.carrying(customer, tones.AGENT, began, until)]
        gaps = (later - earlier for earlier, later in zip([began, *heard], [*heard, until], strict=True))
        assert max(gaps) <= LONGEST
    await customer.hang_up()
    await expect(dora.page.get_by_text("How did it go?")).to_be_visible()
    await dora.page.keyboard.press("1")
    await expect(dora.page.get_by_text("Waiting for a call")).to_be_visible()
    await dora.page.keyboard.press("q")
    await dora.page.locator("#do-logout").focus()
    await dora.page.keyboard.press("Enter")
    await expect(dora.page.locator("#do-start")).to_be_visible()
