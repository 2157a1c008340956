"""A campaign dials on a real Asterisk, and a supervisor stops all automatic dialling by one key."""

import asyncio
import json

from playwright.async_api import expect

from lab.sip import answer, busy, tones
from tests.browser.stage import Person, Stage
from tests.browser.test_supervising import seated
from tests.internals.browser import config, dial_stop_file, leads
from tests.scenarios.dialler.dialled_campaign import BY_HAND, JAPAN, LISTS, with_list

AGENT, CAMPAIGN = "1007", "TESTCAMP"
LEADS, AT_LEAST = 200, 3  # leads whose phones are busy, and calls before the stop
SILENT = 1.5  # seconds without a call; the dialler calls several leads a second here


async def test_one_key_stops_a_campaign_within_one_call(stage: Stage) -> None:
    stage.peer.decide = lambda number: busy() if number.startswith(JAPAN) else answer()
    db = stage.lab.db
    with_list(db, CAMPAIGN, {})
    for n in range(LEADS):
        leads.create(db, LISTS[CAMPAIGN], {"phone_number": f"+{JAPAN}{n:04}"}, who="test")
    seat = await seated(stage, AGENT, tones.AGENT)
    ben = await stage.person("ben")
    try:
        await stops_by_key(stage, ben)
    finally:
        dial_stop_file.allow(f"{stage.lab.dir}/run")
        await ordered(ben, f"diallers/{CAMPAIGN}/stop")
        config.set_options(db, "campaign", CAMPAIGN, BY_HAND, who="test")
        await seat.hang_up()
        await ordered(ben, f"agents/{AGENT}/logout")


async def stops_by_key(stage: Stage, ben: Person) -> None:
    """Start the campaign in the page, stop all dialling by its key, and compare the figures."""
    page = ben.page
    await expect(page.locator(f"#agent-{AGENT}")).to_contain_text("Ready", timeout=15_000)
    button = page.locator(f"#do-dialler-{CAMPAIGN}")
    await expect(button).to_contain_text("Start")
    await button.click()
    await expect(page.locator(f"#dialler-{CAMPAIGN}")).to_contain_text("runs")

    async def dials() -> bool:
        return len(called(stage)) >= AT_LEAST

    await ben.until(dials)
    assert await ben.axe() == []
    assert not await page.evaluate("document.documentElement.scrollHeight > innerHeight")
    await ben.shot("dialling")
    await page.keyboard.press("e")
    await expect(page.locator("#do-really")).to_have_attribute("aria-disabled", "false")
    await page.keyboard.press("e")
    await expect(page.locator(".receipts .ok").first).to_contain_text("Emergency stop")
    assert dial_stop_file.is_set(f"{stage.lab.dir}/run")
    at_stop = len(called(stage))
    await asyncio.sleep(SILENT)  # no call comes
    assert len(called(stage)) <= at_stop + 1
    await expect(page.locator(".dialling")).to_contain_text("all stopped")
    await expect(page.locator(f"#dialler-{CAMPAIGN}")).to_contain_text("all automatic dialling is stopped")
    await figures_agree(stage, ben)
    await expect(page.locator(".dialling .stops")).to_contain_text("Ben Ott")
    await page.locator("#do-allow-all").click()
    await page.keyboard.type("the list is right now")
    await page.keyboard.press("Enter")
    before = len(called(stage))

    async def dials_again() -> bool:
        return len(called(stage)) > before

    await ben.until(dials_again)
    assert not dial_stop_file.is_set(f"{stage.lab.dir}/run")


def called(stage: Stage) -> list[str]:
    """Return the numbers of the leads whose phones were called."""
    return [call.number for call in stage.peer.calls if call.number.startswith(JAPAN)]


async def figures_agree(stage: Stage, ben: Person) -> None:
    """Compare the page's section with `warmline dial status`, once the last call is over."""

    async def agree() -> bool:  # the two are read one after the other
        told = await (await ben.context.request.get(f"{ben.url}/api/v1/overview")).json()
        said = json.loads(await stage.said("dial", "status", "--json"))
        is_over = said[0]["in_flight"] == 0 and said[0]["ready"] == 1
        [stop] = told["dialling"].pop("stops")
        return is_over and stop["by"] == "user:ben" and bool(told["dialling"] == {"stopped": True, "campaigns": said})

    await ben.until(agree)


async def ordered(ben: Person, path: str) -> None:
    """Give a command as the page does."""
    headers = {"Origin": ben.url, "X-Warmline": "1"}
    told = await ben.context.request.post(f"{ben.url}/api/v1/{path}", headers=headers, data={})
    assert told.ok, await told.text()
