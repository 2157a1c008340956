"""The example page of docs/how-to/crm.md in Chromium: a workspace in a frame, dials by a click, calls, and cookies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from aiohttp import web
from playwright.async_api import Browser, FrameLocator, Page, expect

from lab import configure
from tests.browser.drawing.kept_window import window
from tests.browser.drawn_page import drawn
from tests.browser.fake_server import FakeServer
from tests.browser.screens import PART
from tests.browser.stage import PASSWORD, add_users
from tests.docs.page_blocks import blocks
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from tests.http.certificates import made
from tests.internals.browser import policy

OWN, FRAMED, EVIL = "127.0.0.1", "localhost", "evil.localhost"  # three sites, for a browser
PLACE = "https://pbx.example.com:8089"  # of Warmline, in the example
MOST_LINES = 100
ADA = "15551230001"
[EXAMPLE] = [one.text for one in blocks("docs/how-to/crm.md") if one.language == "html"]
# Lets the page around read something of Warmline with the cookies of the browser.
READ = """async url => {
    try { return (await fetch(url, {credentials: "include"})).status; } catch { return "blocked"; }
}"""


class Crm(NamedTuple):
    """The page of the CRM, the softphone in it, and its server."""

    page: Page
    phone: FrameLocator
    server: FakeServer


@asynccontextmanager
async def pages(warmline: str) -> AsyncIterator[int]:
    """Serve the example on loopback, for this address of Warmline; provide the port."""

    async def example(_: web.Request) -> web.Response:
        return web.Response(text=EXAMPLE.replace(PLACE, warmline), content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", example)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def crm(browser: Browser, screen: str = "paused") -> AsyncIterator[Crm]:
    server = FakeServer(screen)
    warmline = (await server.start()).removesuffix("/workspace/")
    try:
        async with pages(warmline) as port, window(browser, keep=False) as page:
            server.policy = policy([], [f"http://{OWN}:{port}"])
            await page.goto(f"http://{OWN}:{port}/")
            yield Crm(page, page.frame_locator("#softphone"), server)
    finally:
        await server.stop()


def test_the_example_is_short() -> None:
    assert len(EXAMPLE.splitlines()) <= MOST_LINES


async def test_a_click_in_the_crm_dials_and_a_call_marks_its_customer(chromium: Browser) -> None:
    async with crm(chromium) as one:
        line, ada = one.page.locator("#line"), one.page.locator(f'tr[data-number="{ADA}"]')
        await expect(line).to_have_text("Agent 1000: PAUSED")
        one.server.allow("dial")
        await one.server.show("paused", commands={"dial": {"allowed": True, "code": "", "why": ""}})
        await ada.locator("button").click()
        await expect(one.phone.locator(".receipts")).to_contain_text("Dial")
        assert one.server.requests == [("POST", "agents/me/dial", {"number": ADA, "by_program": True})]
        await one.server.show("talking")
        await expect(line).to_have_text("Call with Ada Byron")
        await expect(ada).to_have_class("calls")
        await ada.locator("button").click()
        await expect(line).to_have_text("Not dialled: the agent is in a call")
        await one.server.show("ready")
        await expect(line).to_have_text("Agent 1000: READY")
        await expect(ada).not_to_have_class("calls")
        assert len(one.server.requests) == 1


async def test_the_softphone_in_the_crm_shows_what_was_handed_over(chromium: Browser) -> None:
    async with crm(chromium) as one:
        await one.server.show("handed-over")
        block = one.phone.locator(".handed-over")
        for text in ("From Alex Agent", "0:37, Handed over", PART["notes"], "4711"):
            await expect(block).to_contain_text(text)


async def test_messages_of_others_and_wrong_numbers_dial_nothing(chromium: Browser) -> None:
    async with crm(chromium) as one:
        await expect(one.page.locator("#line")).to_have_text("Agent 1000: PAUSED")
        await one.server.show("paused", commands={"dial": {"allowed": True, "code": "", "why": ""}})
        for number in ("javascript:1", "<b>1</b>", "1" * 33, ""):
            await one.page.evaluate("number => send({warmline: 'dial', number})", number)
            await expect(one.page.locator("#line")).to_have_text("Not dialled: this is no number to dial")
            await one.page.evaluate("line.textContent = ''")
        # A frame beside the softphone, of the CRM itself: it is not the page around.
        await one.page.evaluate(
            "to => { const near = document.createElement('iframe'); document.body.append(near);"
            "near.contentWindow.eval(`parent.frames[0].postMessage({warmline: 'dial', number: '8500'}, '*')`); }"
        )
        await one.page.evaluate("send({warmline: 'hello'})")
        await one.server.show("ready")
        await expect(one.page.locator("#line")).to_have_text("Agent 1000: READY")
        assert one.server.requests == []


async def test_a_link_only_fills_in_the_number(chromium: Browser) -> None:
    async with drawn(chromium, "paused", view="agent&dial=tel:%2B49%2030-555%20777") as one:
        await expect(one.page.locator("#number")).to_have_value("+4930555777")
        await one.has_focus("number")
        assert one.page.url.endswith("?view=agent")
        await one.sends_only()


async def test_the_session_of_a_frame_is_for_the_named_site_alone(chromium: Browser, tmp_path: Path) -> None:
    configure.fill(tmp_path / "warmline.db", [])
    add_users(tmp_path / "warmline.db")
    port = free_port()
    warmline, tls = f"https://{OWN}:{port}", made(tmp_path, hosts=f"IP:{OWN}")._asdict()
    async with pages(warmline) as crm_port, window(chromium, keep=False, ignore_https_errors=True) as page:
        named = f"http://{FRAMED}:{crm_port}"
        app = BareApp(tmp_path, port, **tls, workspace_frames=named, api_origins=named)
        try:
            phone = await works_in_a_frame(page, named)
            assert await page.evaluate(READ, f"{warmline}/api/v1/me") == "blocked"
            await page.goto(f"{warmline}/workspace/")  # a tab of the workspace has no session yet
            await expect(page.locator("[name=user]")).to_be_visible()
            await page.goto(f"http://{EVIL}:{crm_port}/")
            await expect(page.locator("#line")).to_have_text("The softphone is loading.")
            await expect(phone.locator("input")).to_have_count(0)
            assert await page.evaluate(READ, f"{warmline}/api/v1/me") == "blocked"
        finally:
            app.kill()


async def works_in_a_frame(page: Page, named: str) -> FrameLocator:
    """Log in within the frame; the session outlasts a reload of the CRM, and its cookies are partitioned."""
    await page.goto(f"{named}/")
    phone = page.frame_locator("#softphone")
    await phone.locator("[name=user]").fill("anna")
    await phone.locator("[name=password]").fill(PASSWORD)
    await phone.locator("#do-login").click()
    await expect(phone.get_by_role("heading", name="Anna Berg")).to_be_visible()
    await page.reload()
    await expect(phone.get_by_role("heading", name="Anna Berg")).to_be_visible()
    found = {one["name"]: one for one in await page.context.cookies()}
    assert set(found) == {"__Host-warmline-frame", "__Host-warmline-frame-device"}
    for one in found.values():
        assert (one["secure"], one["httpOnly"], one["sameSite"]) == (True, True, "None")
        assert one["partitionKey"] == f"http://{FRAMED}"
    return phone
