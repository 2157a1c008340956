"""The news of pages: a page that goes, comes back, is loaded again, or is not there after a start."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest

from ari_app.http.workspace.open_pages import OpenPage, OpenPages
from ari_app.http.workspace.phone import page_presence
from ari_app.http.workspace.phone.page_presence import PagePresence
from ari_app.link.call_control import CallControl, CallProcessAway
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.messages.page_messages import PageAway, PageBack

AGENT, PAGE = "1000", "page-1"


class CallProcess:
    """The call process with the core and an agent whose phone PAGE has brought."""

    def __init__(self) -> None:
        self.lab = Driver()
        self.lab.ask(Kind.LOGIN, AGENT, phone="browser")
        self.lab.asterisk.come_in("leg", "browser", AGENT, PAGE)
        self.lab.pump()
        self.told: list[bool] = []
        self.is_up = True
        self.came = asyncio.Event()

    @property
    def world(self) -> Any:
        return self.lab.world

    async def token(self, session: str, agent: str, page: str, offer: str, *, supervises: bool) -> Any:
        raise AssertionError((session, agent, page, offer, supervises))

    async def proof(self, token: str, challenge: str, uri: str) -> Any:
        raise AssertionError((token, challenge, uri))

    async def turn_credential(self, session: str) -> Any:
        raise AssertionError(session)

    async def tell(self, agent: str, page: str, *, here: bool) -> None:
        self.came.set()
        if not self.is_up:
            raise CallProcessAway("call_process_away", "away")
        self.told.append(here)
        self.lab.feed((PageBack if here else PageAway)(agent, page))

    @property
    def wanted(self) -> bool:
        return self.lab.session(AGENT).is_browser_phone_needed


Test = Callable[[CallProcess, OpenPages], Coroutine[Any, Any, None]]


def with_pages(test: Test) -> None:
    async def main() -> None:
        calls, pages = CallProcess(), OpenPages()
        running = asyncio.create_task(PagePresence(cast("CallControl", calls), pages, calls).run())
        try:
            async with asyncio.timeout(5):
                await test(calls, pages)
        finally:
            running.cancel()

    asyncio.run(main())


async def turns() -> None:
    """Let every task go on that can."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_page_goes_and_comes_back_with_its_phone() -> None:
    async def test(calls: CallProcess, pages: OpenPages) -> None:
        with pages.opened(AGENT, OpenPage(PAGE, phone=True)):
            await turns()
            assert not calls.told
        await turns()
        assert calls.told == [False] and calls.wanted
        with pages.opened(AGENT, OpenPage(PAGE, phone=True)):
            await turns()
            assert calls.told == [False, True] and not calls.wanted

    with_pages(test)


def test_a_page_that_got_its_phone_after_it_was_opened_has_it_until_it_goes() -> None:
    async def test(calls: CallProcess, pages: OpenPages) -> None:
        calls.lab.asterisk.come_in("new", "browser", AGENT, "page-2")
        with pages.opened(AGENT, OpenPage("page-2", phone=False)):
            calls.lab.pump()
            with pages.opened(AGENT, OpenPage("page-3", phone=False)):
                await turns()
            await turns()
            assert not calls.wanted
        await turns()
        assert calls.wanted

    with_pages(test)


def test_a_page_that_was_loaded_again_has_lost_its_phone() -> None:
    async def test(calls: CallProcess, pages: OpenPages) -> None:
        with pages.opened(AGENT, OpenPage(PAGE, phone=False)):
            await turns()
            assert calls.told == [False] and calls.wanted
            with pages.opened(AGENT, OpenPage("another", phone=False)):
                await turns()
            assert calls.told == [False] and calls.wanted
            calls.lab.asterisk.come_in("new", "browser", AGENT, PAGE)
            calls.lab.pump()
            with pages.opened(AGENT, OpenPage("another", phone=False)):
                await turns()
            assert calls.told == [False] and not calls.wanted

    with_pages(test)


def test_after_a_start_pages_have_time_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_presence, "CONNECT_WITHIN", 0.0)

    async def test(calls: CallProcess, _: OpenPages) -> None:
        await calls.came.wait()
        assert calls.told == [False] and calls.wanted

    with_pages(test)


def test_news_wait_for_the_call_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_presence, "RETRY", 0.0)

    async def test(calls: CallProcess, pages: OpenPages) -> None:
        calls.is_up = False
        with pages.opened(AGENT, OpenPage(PAGE, phone=True)):
            await turns()
        await calls.came.wait()
        assert not calls.told
        calls.is_up = True
        await turns()
        assert calls.told == [False]

    with_pages(test)
