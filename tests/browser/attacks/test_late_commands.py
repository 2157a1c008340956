"""A command that the network holds back until the next customer talks, on a real Asterisk."""

import asyncio

from playwright.async_api import Request, Route, expect

from tests.browser.routed import set_route
from tests.browser.stage import WITHIN, Stage
from tests.browser.working_agent import working


async def test_a_code_that_the_network_holds_back_does_not_reach_the_next_caller(stage: Stage) -> None:
    async with working(stage, "3141") as agent:
        await agent.talks()
        await agent.parties_hang_up()
        await agent.shows("dispo")
        held, goes_on = asyncio.Event(), asyncio.Event()

        async def hold(route: Route, _request: Request) -> None:
            held.set()
            await goes_on.wait()
            await route.continue_()

        await set_route(agent.page, "**/disposition*", hold)
        await agent.page.locator("#code-NI").click()
        await held.wait()
        await agent.orders("disposition", status="SALE")  # as the limit of the wrap-up, or the phone
        await agent.talks()
        goes_on.set()
        await expect(agent.page.locator(".receipts .bad")).to_contain_text("another call", timeout=WITHIN * 1000)
        await agent.parties_hang_up()
        await agent.shows("dispo")
        assert (await agent.screen())["last"]["status"] == "", "the next call waits for a code of its own"
        await agent.orders("disposition", status="OTHER")
