"""The page before the real app: the feed reaches it, and a start of work with a SIP phone is shown."""

from playwright.async_api import expect

from lab.sip import answer, tones
from tests.browser.stage import Stage


async def test_an_agent_begins_and_ends_the_work_by_keys(stage: Stage) -> None:
    account = stage.lab.phones["1000"]
    await stage.parties.phone(account["user"], account["password"], stage.lab.sip, tones.AGENT, answer())
    anna = await stage.person("anna")
    await anna.page.locator("#voice-sip").focus()
    await anna.page.keyboard.press("Space")
    await anna.page.keyboard.press("Enter")
    await expect(anna.page.get_by_text("Waiting for a call")).to_be_visible(timeout=10_000)
    assert await anna.axe() == []
    await anna.page.keyboard.press("q")
    await anna.page.locator("#do-logout").focus()
    await anna.page.keyboard.press("Enter")
    await expect(anna.page.locator("#do-start")).to_be_visible(timeout=10_000)
