"""Web forms: a page of another program opens with the data of the call, in a tab or beside the call."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.internals.browser import webhook_url

HOSTILE = 'A&id=9"><script>alert(1)</script>'
TEMPLATE = "{crm}/form?id=--A--lead_id--B--&name=--A--first_name--B--"


class Crm:
    """A CRM of this test: its address, and the query of each page that was opened."""

    def __init__(self) -> None:
        self.address = ""
        self.opened: list[dict[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.opened.append(dict(request.query))
        return web.Response(text="<p id=crm>Order</p><input id=order>", content_type="text/html")

    def form(self, option: str = "web_form_address", **fields: object) -> dict[str, object]:
        facts = {"lead_id": "41", "first_name": HOSTILE}
        address = webhook_url.filled(TEMPLATE.format(crm=self.address), facts)
        return {"option": option, "address": address, "target": "PANEL", "opens": False} | fields


@asynccontextmanager
async def crm() -> AsyncIterator[Crm]:
    one = Crm()
    app = web.Application()
    app.add_routes([web.get("/form", one.answer)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        one.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield one
    finally:
        await runner.cleanup()


WHOLE = {"id": "41", "name": HOSTILE}


async def test_a_form_opens_beside_the_call_with_its_data_and_keeps_its_fields(chromium: Browser) -> None:
    async with crm() as other, drawn(chromium, frames=[other.address]) as one:
        await one.show("talking", web_forms=[other.form(opens=True), other.form("web_form_address_two")])
        frame = one.page.frame_locator("#web-form")
        await expect(frame.locator("#crm")).to_have_text("Order")
        assert other.opened == [WHOLE]
        await frame.locator("#order").fill("two lamps")
        await one.show("dispo", web_forms=[other.form()])
        await expect(frame.locator("#order")).to_have_value("two lamps")
        assert other.opened == [WHOLE], "it is not loaded again when the address changes"
        await one.page.locator("#close-form").click()
        await expect(one.page.locator("#web-form")).to_have_count(0)


async def test_a_form_opens_in_a_tab_by_its_button(chromium: Browser) -> None:
    async with crm() as other, drawn(chromium) as one:
        await one.show("talking", web_forms=[other.form(target="TAB")])
        async with one.page.context.expect_page() as opened:
            await one.page.locator("#web_form_address").click()
        page = await opened.value
        await expect(page.locator("#crm")).to_have_text("Order")
        assert other.opened == [WHOLE]
        assert await page.evaluate("window.opener") is None
        await page.close()


async def test_a_page_of_this_server_is_never_shown_in_a_panel(chromium: Browser) -> None:
    async with drawn(chromium) as one:
        own = {"option": "web_form_address", "address": f"{one.page.url}?x=1", "target": "PANEL", "opens": False}
        await one.show("talking", web_forms=[own])
        await expect(one.page.locator("a#web_form_address")).to_have_attribute("target", "_blank")
