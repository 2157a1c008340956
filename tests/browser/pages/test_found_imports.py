"""The page of leads finds imports from before it was loaded.

The answers are invented: an import that runs, ended ones, and an upload that was left.
"""

import asyncio
from typing import Any

import msgspec
import pytest
from playwright._impl._api_structures import FilePayload
from playwright.async_api import Browser, Route, expect

from tests.browser.pages.test_manager_pages import MARKUP, NARROW, WIDE, opened
from tests.browser.screens import at
from tests.internals.browser import (
    ImportNow,
    ImportReport,
    LeadsNow,
    LeadsOfStatus,
    LeadsOfZones,
    ListCountsAnswer,
    RejectReason,
)

REPORT = ImportReport(
    encoding="utf-8",
    unknown=(),
    records=10,
    imported=7,
    duplicates=1,
    in_database=1,
    columns=(("Telefon", "phone_number"),),
    preview=({"phone_number": "4930555001", "first_name": MARKUP},),
    reasons=(RejectReason(count=2, line=3, example=MARKUP),),
    rejected=2,
    seconds=1.0,
    longest_held_ms=1.0,
    rejects="/api/v1/imports/I1/rejected",
    nulls=0,
    unplaced=0,
)
COUNTS = ListCountsAnswer(
    list_id="101",
    campaign="TESTCAMP",
    leads=3,
    called=0,
    called_since_reset=0,
    penetration=0.0,
    statuses=[LeadsOfStatus("NEW", 0, 3)],
    zones=[LeadsOfZones("America/Chicago|America/New_York", 2), LeadsOfZones("", 1)],
    now=[LeadsNow("list", "", 3, None)],
    last_reset=None,
    next_reset=None,
)


def job(state: str, *, dry_run: bool = False, **fields: Any) -> Any:
    """Return an import into list 101 as the API tells it."""
    told = ImportNow(
        id="I1",
        list="101",
        by="user:mia",
        began=at(120),
        dry_run=dry_run,
        state=state,
        size=1000,
        received=1000,
        read=500,
        report=REPORT if state == "done" else None,
        numbers=None,
        code="",
        why="",
    )
    return msgspec.to_builtins(msgspec.structs.replace(told, **fields))


def answers(now: Any) -> dict[str, tuple[int, Any]]:
    """Return what the API says of this import, and of two lists."""
    entries = [
        {"name": name, "options": {"list_name": "Autumn", "campaign": "TESTCAMP", "country": "US", "custom_fields": []}}
        for name in ("101", "102")
    ]
    return {
        "imports": (200, [now]),
        "dnc": (200, []),
        "imports/I1": (200, now),
        "config/list": (200, entries),
        **{f"config/list/{one['name']}": (200, one) for one in entries},
        **{f"lists/{one['name']}/counts": (200, msgspec.to_builtins(COUNTS)) for one in entries},
    }


async def test_an_import_is_followed_to_its_end_after_a_reload(
    chromium: Browser, request: pytest.FixtureRequest
) -> None:
    async with opened(chromium, "?list=101", file="leads.html", told=answers(job("running"))) as one:
        page, bar = one.page, one.page.locator("progress")
        await expect(bar).to_have_attribute("aria-label", "The leads are imported.")
        await expect(page.locator(".running")).to_contain_text("75 %")
        await expect(page.locator("#file")).to_be_disabled()
        for place, head in (("Lists", "Lists"), ("102", "102")):
            await page.get_by_role("link", name=place).first.click()
            await expect(page.locator(".head h2")).to_contain_text(head)
            await expect(page.locator(".upload h2").first).to_have_text("An upload into 101 is under way")
        await page.go_back()
        await page.go_back()
        one.server.answers |= answers(job("done"))
        await expect(page.locator("#done-upload")).to_be_visible()
        await expect(page.locator(".report dd")).to_have_text(["7", "1", "2", "0"])
        await expect(page.locator("#get-rejected")).to_have_attribute("href", "../api/v1/imports/I1/rejected")
        await expect(page.locator(".reasons")).to_contain_text(MARKUP)
        await expect(page.locator("img")).to_have_count(0)
        await expect(page.get_by_role("row", name="America/Chicago, America/New_York")).to_contain_text("2")
        assert await one.axe() == []
        if folder := request.config.getoption("--shots"):
            await page.screenshot(path=folder / "leads-found.png", animations="disabled", full_page=True)
        await page.set_viewport_size(NARROW)
        assert not await page.evaluate(WIDE)


async def test_the_last_import_is_shown_again_after_a_reload(chromium: Browser) -> None:
    async with opened(chromium, "?list=101", file="leads.html", told=answers(job("failed", why=MARKUP))) as one:
        page = one.page
        await expect(page.locator("#why-upload")).to_contain_text(f"failed: {MARKUP}")
        one.server.answers |= answers(job("done", dry_run=True))
        await page.reload()
        await expect(page.locator("#tried-upload")).to_be_visible()
        await expect(page.locator("#do-import")).to_have_count(0)  # it takes the file
        one.server.answers |= answers(job("uploading", received=400, read=0))
        await page.reload()
        await expect(page.locator("#left-upload")).to_contain_text("40 %")
        await expect(page.locator("#file")).to_be_enabled()
        await page.get_by_role("link", name="Do not call").click()
        await expect(page.locator("#do-add")).to_be_visible()
        await expect(page.locator("#left-upload")).to_have_count(0)


async def test_an_import_that_was_found_is_stopped(chromium: Browser) -> None:
    async with opened(chromium, "?list=101", file="leads.html", told=answers(job("running"))) as one:
        await one.page.locator("#do-stop").click()
        await expect(one.page.locator("#why-upload")).to_have_text("Stopped. Rows that were imported stay.")
        assert ("DELETE", "imports/I1", "") in one.server.requests


async def test_a_list_is_shown_while_its_leads_are_counted(chromium: Browser) -> None:
    async with opened(chromium, file="leads.html", told=answers(job("failed"))) as one:
        page, counted = one.page, asyncio.Event()

        async def later(route: Route) -> None:
            await counted.wait()
            await route.continue_()

        await page.route("**/counts", later)
        await page.get_by_role("link", name="101").click()
        await expect(page.locator("#counting")).to_have_text("The leads are being counted …")
        await expect(page.locator("#go-campaign")).to_be_visible()
        await expect(page.locator("#file")).to_be_enabled()
        assert await one.axe() == []
        counted.set()
        await expect(page.get_by_role("row", name="America/Chicago, America/New_York")).to_contain_text("2")
        await expect(page.locator("#counting")).to_have_count(0)
        one.server.answers["lists/102/counts"] = (503, {"detail": "a list of the next leads is being made"})
        await page.goto(page.url.replace("101", "102"))
        await expect(page.get_by_role("alert").first).to_have_text("a list of the next leads is being made")
        await expect(page.locator("#counting")).to_have_count(0)


async def test_a_person_names_the_encoding_of_a_file_that_was_refused(
    chromium: Browser, request: pytest.FixtureRequest
) -> None:
    why = "the file is neither UTF-8 nor UTF-16 with its mark. Line 2 in encodings that fit: windows-1252 'Größe'"
    refused = job("failed") | {"code": "text_encoding_unknown", "why": why}
    async with opened(chromium, "?list=101", file="leads.html", told=answers(refused)) as one:
        page, encoding = one.page, one.page.locator("#upload-encoding")
        await expect(page.locator("#why-upload")).to_contain_text(why)
        text = "Улица;Имя\nЛиц;Пётр\n".encode("cp1251")
        await page.locator("#file").set_input_files(FilePayload(name="a.csv", mimeType="text/csv", buffer=text))
        await encoding.fill("windows-1251")
        await encoding.press("Tab")
        await expect(page.get_by_role("rowheader", name="Улица")).to_be_visible()
        await expect(page.locator("#upload-command")).to_contain_text("--encoding windows-1251")
        assert await one.axe() == []
        if folder := request.config.getoption("--shots"):
            await page.screenshot(path=folder / "leads-encoding.png", animations="disabled", full_page=True)
