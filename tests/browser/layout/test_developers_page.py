"""The page for developers in Chromium: the real OpenAPI document, read with a mouse, with keys, and by axe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request, expect

from ari_app.http.openapi import openapi_document
from tests.browser.drawing.kept_window import window
from tests.browser.drawn_page import DrawnPage
from tests.browser.fake_server import FakeServer

DOCUMENT = openapi_document.document()
ALL = sum(len(methods) for methods in DOCUMENT["paths"].values())


def matches(operation: dict[str, Any], path: str) -> bool:
    """Return whether the words of the test's filter are those of an operation."""
    told = f"{path} {operation['operationId']} {operation['summary']} {operation['tags'][0]}".lower()
    return operation["security"] == [{"token": ["leads:write"]}] and "list" in told


@asynccontextmanager
async def opened(browser: Browser, place: str = "", **how: Any) -> AsyncIterator[Page]:
    """Open the page; it may ask for its own files and the document, and for nothing else."""
    server, asked, faults = FakeServer(), list[str](), list[str]()
    server.answers["openapi.json"] = (200, DOCUMENT)
    address = await server.start()

    def follow_request(request: Request) -> None:
        asked.append(request.url)

    def follow_error(error: Error) -> None:
        faults.append(str(error))

    def follow_console(told: ConsoleMessage) -> None:
        if told.type in ("error", "warning"):
            faults.append(told.text)

    followed: tuple[tuple[Any, Any], ...] = (
        ("request", follow_request),
        ("pageerror", follow_error),
        ("console", follow_console),
    )
    try:
        async with window(browser, **how) as page:
            for event, follow in followed:
                page.on(event, follow)
            await page.goto(f"{address}developers.html{place}")
            await expect(page.get_by_role("status")).to_have_text(f"{ALL} operations")
            yield page
            assert faults == []
            root = address.removesuffix("workspace/")
            assert all(one.startswith((f"{root}workspace/", f"{root}api/v1/openapi.json")) for one in asked)
            for event, follow in followed:
                page.remove_listener(event, follow)
    finally:
        await server.stop()


async def test_every_operation_is_there_and_the_filter_finds_one(chromium: Browser) -> None:
    async with opened(chromium) as page:
        await expect(page.locator("details .method")).to_have_count(ALL)
        await page.get_by_role("searchbox").fill("POST leads:write list")
        wanted = [path for path, of in DOCUMENT["paths"].items() if "post" in of and matches(of["post"], path)]
        shown = page.locator("details .path")
        await expect(shown).to_have_count(len(wanted))
        assert sorted(await shown.all_inner_texts()) == sorted(wanted)
        await page.get_by_role("searchbox").fill("no such words")
        await expect(page.get_by_role("status")).to_have_text("No operation has these words.")


async def test_an_operation_shows_its_scope_its_fields_and_examples(chromium: Browser) -> None:
    async with opened(chromium, "#createLead") as page:
        one = page.locator("#createLead")
        await expect(one).to_contain_text("Scope leads:write")
        await expect(one.locator("pre").first).to_contain_text("curl -s")
        await expect(one.locator("pre").first).to_contain_text("/api/v1/leads")
        await expect(one.get_by_role("table", name="Parameters")).to_contain_text("on_duplicate")
        await expect(one.get_by_role("table", name="Request body")).to_contain_text("phone_number")
        await one.get_by_role("link", name="LeadRecord").first.click()
        await expect(page.locator("#LeadRecord").get_by_role("table")).to_contain_text("called_count")


async def test_the_page_is_read_with_keys_alone(chromium: Browser) -> None:
    async with opened(chromium) as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("searchbox")).to_be_focused()
        await page.keyboard.type("getAgentScreen")
        summary = page.locator("#getAgentScreen summary")
        await expect(page.locator("details")).to_have_count(1)
        for _ in range(10):
            if await summary.evaluate("one => one === document.activeElement"):
                break
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("#getAgentScreen .inside")).to_be_visible()


async def test_axe_finds_nothing(chromium: Browser) -> None:
    async with opened(chromium, "#transferCall") as page:
        for wanted in ("AgentStatus", "followEvents"):
            await page.evaluate("to => { location.hash = to }", wanted)
            await expect(page.locator(f"#{wanted} .inside")).to_be_visible()
        assert await DrawnPage(page, FakeServer()).axe_in_each_scheme() == []
        await page.set_viewport_size({"width": 640, "height": 360})
        assert await page.evaluate("document.documentElement.scrollWidth") <= 640


async def test_a_document_that_cannot_be_loaded_is_reported(chromium: Browser) -> None:
    server = FakeServer()
    server.answers["openapi.json"] = (503, {})
    address = await server.start()
    page = await chromium.new_page()
    await page.goto(f"{address}developers.html")
    await expect(page.get_by_role("status")).to_contain_text("cannot be read now")
    await page.close()
    await server.stop()
