"""Times are read and typed in the zone of the setting timezone, also where the browser's clock has another one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, expect

from tests.browser import screens
from tests.browser.drawn_page import drawn
from tests.browser.fake_server import CALLBACKS, ME

ZONE = "Asia/Tokyo"
NOTE = f"Times are in {ZONE}."
TIME = "%H:%M"


def _local(seconds: float) -> str:
    """Return the time so many seconds ahead, as a clock in the zone shows it."""
    return datetime.fromisoformat(screens.at(-seconds)).astimezone(ZoneInfo(ZONE)).strftime(TIME)


async def test_times_are_those_of_the_setting_and_the_fields_name_its_zone(chromium: Browser) -> None:
    async with drawn(chromium, me=ME | {"timezone": ZONE}, timezone_id="America/Chicago") as one:
        times = one.page.locator(".rows.callbacks tbody td:first-child b")
        await expect(times).to_have_text([_local(row[0]) for row in CALLBACKS])
        await one.page.locator("#show-CB1").click()
        await one.page.locator("#move").click()
        await expect(one.page.locator(".when")).to_contain_text(NOTE)
        await one.show("dispo")
        await one.page.locator("#code-CB").click()
        await expect(one.page.locator(".dispo .when")).to_contain_text(NOTE)
        assert await one.axe() == []


async def test_a_browser_in_the_zone_of_the_setting_reads_no_note(chromium: Browser) -> None:
    async with drawn(chromium, "dispo", me=ME | {"timezone": ZONE}, timezone_id=ZONE) as one:
        await one.page.locator("#code-CB").click()
        await expect(one.page.locator("#at")).to_be_focused()
        await expect(one.page.locator(".dispo .when")).not_to_contain_text("Times are in")


async def test_a_zone_that_the_browser_does_not_know_leaves_its_own(chromium: Browser) -> None:
    async with drawn(chromium, me=ME | {"timezone": "Europe/Atlantis"}, timezone_id=ZONE) as one:
        times = one.page.locator(".rows.callbacks tbody td:first-child b")
        await expect(times).to_have_text([_local(row[0]) for row in CALLBACKS])
