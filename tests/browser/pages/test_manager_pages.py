"""The reports and the calls in Chromium: filters in the address, commands, keys, the login, axe, and markup as text."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.drawing.kept_window import window
from tests.browser.drawn_page import DrawnPage
from tests.browser.fake_server import ME, FakeServer
from tests.browser.pages import call_answers
from tests.browser.pages.call_answers import CALL
from tests.browser.pages.report_answers import MANAGER, answers
from tests.internals.browser import RIGHTS, UserRole

MARKUP = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
NARROW: ViewportSize = {"width": 360, "height": 740}
AGENT = ME | {"rights": {scope: reach[UserRole.AGENT] for scope, reach in RIGHTS.items()}}
NOTHING: Mapping[str, tuple[int, Any]] = {}
# The columns of the table scroll in their card alone.
WIDE = "document.documentElement.scrollWidth > innerWidth"


@asynccontextmanager
async def opened(
    browser: Browser,
    query: str = "",
    *,
    markup: str = "",
    logged_in: bool = True,
    me: Any = MANAGER,
    file: str = "reports.html",
    told: Mapping[str, tuple[int, Any]] = NOTHING,
    **how: Any,
) -> AsyncIterator[DrawnPage]:
    """Open the page, and answer some addresses with `told`; at the end, it may have had no fault."""
    server = FakeServer(me=me, logged_in=logged_in)
    server.answers |= answers(markup) | call_answers.answers(markup) | {**told}
    url = await server.start()
    try:
        async with window(browser, **how) as page:
            one = DrawnPage(page, server)
            await page.goto(f"{url}{file}{query}")
            yield one
            await one.ends()
    finally:
        await server.stop()


def asked(url: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


async def test_an_agent_in_the_report_of_callbacks_leads_to_the_open_ones(chromium: Browser) -> None:
    async with opened(chromium, "?report=callbacks", markup=MARKUP) as one:
        await expect(one.page.locator("tbody tr")).to_have_count(2)
        [link] = await one.page.locator("tbody th a").all()
        assert await link.get_attribute("href") == "callbacks.html?agent=1001"
        assert await one.axe() == []


async def test_a_report_is_chosen_filtered_and_gone_back_from_by_its_address(chromium: Browser) -> None:
    async with opened(chromium, markup=MARKUP) as one:
        page, command = one.page, one.page.locator("#command")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if "/reports/day" in request.url else None)
        await expect(page.locator("tbody tr").first).to_contain_text(MARKUP)
        await expect(page.locator("tfoot")).to_contain_text("79.3 %")
        await expect(command).to_have_text("warmline report day --day today")
        await expect(page.locator("img, #page script")).to_have_count(0)
        assert await one.axe() == []
        await page.locator("#period").select_option("lastweek")
        await page.locator("#ingroup").fill("SALESLINE")
        await page.keyboard.press("Enter")
        await expect(command).to_have_text("warmline report day --day lastweek --ingroup SALESLINE")
        await one.settles()
        assert asked(sent[-1]) == asked(page.url) == {"day": "lastweek", "ingroup": "SALESLINE"}
        csv = await page.locator("#do-csv").get_attribute("href")
        assert csv == f"../api/v1/reports/sheets/day?{urlsplit(sent[-1]).query}"
        await page.get_by_role("link", name="Offered").click()
        await expect(page.locator("[aria-sort=descending]")).to_have_text("offered")
        await page.get_by_role("link", name="Agents", exact=True).click()
        await expect(command).to_have_text("warmline report agents --day lastweek")
        await expect(page.locator(".bars li").first).to_contain_text("7:05:00")
        await page.go_back()
        await expect(page.locator("[aria-sort=descending]")).to_have_text("offered")
        await page.locator("#period").select_option("own")
        await page.locator("#first-day").fill("2026-11-01")
        await page.locator("#last-day").fill("2026-11-07")
        await expect(command).to_have_text("warmline report day --between 2026-11-01..2026-11-08 --ingroup SALESLINE")
        await page.get_by_role("link", name="Calls by time").click()
        await expect(page.locator(".standing rect").first).to_be_attached()
        await page.keyboard.press("k")
        await expect(page.locator("tbody tr").first).to_contain_text(MARKUP)
        await page.locator("#outcome").select_option("answered")
        await expect(command).to_have_text("warmline audit calls --day today --outcome answered")
        await page.locator("tbody a").first.click()
        await expect(command).to_have_text(f"warmline audit call {CALL}")
        await expect(page.locator("td.words").first).to_have_text(MARKUP)
        await expect(page.locator("img, #page script")).to_have_count(0)
        await expect(page).not_to_have_title("1")
        await page.goto(f"{page.url.partition('calls.html')[0]}?view=home")
        await expect(command).to_have_text("warmline report day --day today")


async def test_a_narrow_page_is_used_by_keys_and_a_refusal_is_said(chromium: Browser) -> None:
    async with opened(chromium, "?report=interval", viewport=NARROW, color_scheme="dark") as one:
        page = one.page
        await expect(page.locator("tbody tr")).to_have_count(20)
        assert not await page.evaluate(WIDE)
        assert await one.axe(only_colors=True) == []
        await page.keyboard.press("a")
        await expect(page.get_by_role("columnheader", name="wrap-up")).to_be_attached()
        why = "in-group 'SALE' does not exist; did you mean SALESLINE?"
        one.server.answers["reports/interval"] = (404, {"detail": why, "code": "entity_missing"})
        await page.keyboard.press("r")
        await expect(page.get_by_role("alert")).to_have_text(why)
        await expect(page.locator("table")).to_have_count(0)
        await expect(page.locator("#go-live")).to_have_attribute("href", "./?view=overview")


async def test_the_login_leads_back_to_the_address_that_was_sent(chromium: Browser) -> None:
    query = "?report=missed&day=yesterday"
    async with opened(chromium, query, logged_in=False, forced_colors="active") as one:
        await one.page.locator("#user").fill("bea")
        await one.page.locator("#password").fill("secret")
        await one.page.keyboard.press("Enter")
        await expect(one.page.locator("#command")).to_have_text("warmline report missed --day yesterday")
        assert one.page.url.endswith(f"/workspace/reports.html{query}")
        await expect(one.page.locator("tbody tr")).to_have_count(3)
        assert await one.axe(only_colors=True) == []
        one.server.answers["past-calls/01JD0/timeline"] = one.server.answers[f"past-calls/{CALL}/timeline"]
        await one.page.locator("tbody a").first.click()
        await expect(one.page.locator(".lanes rect")).to_have_count(11)
        await expect(one.page.locator(".talks li").nth(2)).to_contain_text("Anna Berg 1000 (muted)")
        audio = one.page.locator("audio")
        await expect(audio).to_have_attribute("src", "../api/v1/recordings/20261120-155000_1")
        assert await one.axe() == []
        await one.page.keyboard.press("b")
        await expect(one.page.locator(".outcome.missed")).to_have_count(1)
        assert await one.axe() == []
        await one.page.set_viewport_size({"width": 360, "height": 740})
        assert not await one.page.evaluate(WIDE)


async def test_a_comment_is_written_deleted_and_shown_as_text(chromium: Browser) -> None:
    query = f"?call={CALL}"
    async with opened(chromium, query, markup=MARKUP, file="calls.html", viewport=NARROW, color_scheme="dark") as one:
        page, path = one.page, f"past-calls/{CALL}/comments"
        await expect(page.locator(".written").first).to_contain_text(MARKUP)
        await expect(page.locator("img, #page script")).to_have_count(0)
        await page.keyboard.press("w")
        await page.keyboard.type("It's <b>good</b>")
        await page.locator("#mark-of").select_option("praise")
        command = f"warmline call comment {CALL} 'It'\\''s <b>good</b>' --mark praise"
        await expect(page.locator("#comment-command")).to_have_text(command)
        assert await one.axe() == [] and not await page.evaluate(WIDE)
        await page.locator("#do-comment").click()
        await expect(page.locator(".said")).to_have_text("The comment is stored.")
        assert one.server.requests[-1] == ("POST", path, {"comment": "It's <b>good</b>", "mark": "praise"})
        await expect(page.locator("#comment")).to_have_value("")
        one.server.answers[f"{path}/3"] = (403, {"detail": MARKUP, "code": "comment_of_another"})
        await page.locator("#delete-3").click()
        deletion = f"warmline call delete-comment {CALL} 3"
        await expect(page.locator("#delete-command-3")).to_have_text(deletion)
        await expect(page.locator("#really-3")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_have_text(MARKUP)
        assert one.server.requests[-1][:2] == ("DELETE", f"{path}/3")
        await page.keyboard.press("b")
        await page.locator("#mark").select_option("coaching")
        await expect(page.locator("#command")).to_have_text("warmline audit calls --day today --mark coaching")
        await expect(page.locator("tbody tr").first).to_contain_text("coaching")


async def test_an_agent_finds_own_calls_and_hears_the_recordings_of_today(chromium: Browser) -> None:
    async with opened(chromium, "?since=7d", markup=MARKUP, me=AGENT, file="calls.html") as one:
        page = one.page
        heard = {"id": "R1", "call": CALL, "status": "kept", "reason": MARKUP}
        one.server.answers["recordings"] = (200, [heard, heard | {"id": "R2", "status": "failed"}])
        await page.reload()
        await expect(page.locator("tbody tr").first).to_contain_text(MARKUP)
        await expect(page.locator("tbody audio")).to_have_count(1)
        assert (await page.locator("audio").get_attribute("src") or "").endswith("/recordings/R1")
        await expect(page.locator("tbody a, #agent, #campaign, .menu")).to_have_count(0)
        assert await one.axe() == []
        await page.set_viewport_size(NARROW)
        assert not await page.evaluate(WIDE)
        asked_for = page.expect_request(lambda request: "number=555" in request.url)
        async with asked_for as told:
            await page.locator("#number").fill("555")
            await page.keyboard.press("Enter")
        assert asked((await told.value).url)["since"] == "7d"


async def test_an_agent_sees_no_other_page_of_leaders(chromium: Browser) -> None:
    for file in ("reports.html", "people.html", "leads.html"):
        async with opened(chromium, me=AGENT, file=file) as one:
            await expect(one.page.get_by_text("Your role does not include this page.")).to_be_visible()
