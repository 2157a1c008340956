"""The feed of the workspace: whole at first, then changes; any cut and resume equals a fresh one."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError, web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ari_app.http.screen.screen_views import ScreenViews
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.workspace import feed, feed_heartbeat
from ari_app.http.workspace.feed import FEEDS
from ari_app.http.workspace.open_pages import PAGES, OpenPage
from tests.http.json_site import JsonSite
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.browser import Browser
from tests.soak import examples
from warmline.core.messages.commands import Kind

DAY = 24 * 3600 * 10**9  # nanoseconds
HELLO = {"hello": {"page": "p1", "phone": False}}
Screen = dict[str, Any]
Connection = ClientWebSocketResponse[Any]


@asynccontextmanager
async def page(
    site: JsonSite, query: str = "?agent=1000", token: str | None = None, hello: object = HELLO, **how: Any
) -> AsyncIterator[Connection]:
    """Yield a page's connection, after its first message."""
    headers = {"Authorization": f"Bearer {site.token if token is None else token}"}
    async with site.client.ws_connect(f"/workspace/feed{query}", headers=headers, **how) as connection:
        await connection.send_str(json.dumps(hello))
        yield connection


async def message(connection: Connection) -> Screen:
    async with asyncio.timeout(5):
        while (told := await connection.receive()).type is WSMsgType.PING:
            pass
    found: Screen = json.loads(told.data)
    return found


async def until(connection: Connection, screen: Screen, is_there: Callable[[Screen], bool]) -> Screen:
    """Take messages into a screen until something is there; return the screen."""
    while not is_there(screen):
        screen = taken(screen, await message(connection))
    return screen


def taken(screen: Screen, told: Screen) -> Screen:
    """Return the screen of a page after a message."""
    assert told.get("whole", False) == (told["seq"] == 1)
    sections = {name: value for name, value in told.items() if name not in ("seq", "now", "whole")}
    return sections if told.get("whole") else screen | sections


def feeds(site: JsonSite) -> int:
    assert site.client.app
    return len(site.client.app[FEEDS])


async def all_gone(site: JsonSite) -> None:
    async with asyncio.timeout(5):
        while feeds(site):  # noqa: ASYNC110 - the end of a feed is told to no client
            await asyncio.sleep(0.01)


def test_a_change_brings_its_sections_only(site: JsonSite) -> None:
    site.customer()

    async def read() -> Screen:
        async with page(site) as connection:
            await message(connection)
            site.driver.ask(Kind.MUTE)
            return await message(connection)

    told = site.do(read())
    assert told["seq"] == 2 and told["agent"]["muted"]
    assert told.keys() <= {"seq", "now", "agent", "hears", "commands", "call"}


def test_a_request_for_help_is_on_the_agents_screen_and_in_the_overview_at_once(site: JsonSite) -> None:
    site.customer()

    async def read() -> tuple[Screen, Screen]:
        async with page(site) as agent, page(site, "?view=overview") as overview:
            await message(agent)
            first = taken({}, await message(overview))
            site.driver.ask(Kind.ASK_HELP)
            asks = await until(overview, first, lambda screen: any(one["help_since"] for one in screen["agents"]))
            return await message(agent), asks

    told, seen = site.do(read())
    [row] = [one for one in seen["agents"] if one["user"] == "1000"]
    assert row["help_since"] == told["agent"]["help_since"] and row["help_since"]
    assert (told["commands"]["ask-help"]["allowed"], told["commands"]["end-help"]["allowed"]) == (True, True)
    events = site.ask("GET", "/events?follow=false&after=0").body
    assert f'"help_since":"{row["help_since"]}"' in events
    assert site.ask("GET", "/agents/1000").body["help_since"] == row["help_since"]
    assert site.ask("POST", "/agents/1000/end-help").status == 201
    assert site.ask("GET", "/agents/1000").body["help_since"] is None


def test_the_end_of_an_earlier_call_is_told(site: JsonSite) -> None:
    """The agent left that call, and takes the customer's second one. No record of the agent changes when it ends."""
    site.customer()
    site.driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    site.driver.wait(1)
    site.driver.ask(Kind.LEAVE_3WAY_CALL)
    site.driver.ask(Kind.STATUS, status="SALE")
    site.driver.customer(name="again")

    async def read() -> Screen:
        async with asyncio.timeout(10), page(site) as connection:
            screen = await until(connection, {}, lambda screen: bool(screen.get("lead") and screen["lead"]["calls"]))
            assert [one["ended"] for one in screen["lead"]["calls"]] == [None]
            site.driver.hang_up("cust")
            return await until(connection, screen, lambda screen: screen["lead"]["calls"][0]["ended"] is not None)

    assert site.do(read())["agent"]["state"] == "INCALL"


ACTIONS: dict[str, Callable[[JsonSite], object]] = {
    "customer": lambda site: None if site.driver.world.calls else site.driver.customer(),
    "hang up": lambda site: site.driver.hang_up("cust"),
    "pause": lambda site: site.driver.ask(Kind.PAUSE),
    "resume": lambda site: site.driver.ask(Kind.RESUME),
    "hold": lambda site: site.driver.ask(Kind.PARK_CUSTOMER),
    "third": lambda site: site.driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500"),
    "mute": lambda site: site.driver.ask(Kind.MUTE),
    "dispo": lambda site: site.driver.ask(Kind.STATUS, status="SALE", amends=True),
    "time": lambda site: site.driver.wait(1),
    "logout": lambda site: site.driver.ask(Kind.LOGOUT),
    "login": lambda site: None if "1000" in site.driver.world.sessions else site.driver.log_in("1000"),
}
CUT, READ = "cut", "read"
AGENT, OVERVIEW = "?agent=1000", "?view=overview"


steps_of = st.lists(st.sampled_from([*ACTIONS, CUT, READ]), max_size=25)
on_one_site = settings(
    max_examples=examples(10, by_night=25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


async def fresh(site: JsonSite, query: str) -> Screen:
    """Return a screen as a server computes it that has just started."""
    views = ScreenViews(site.api)
    with views.agent("1000") if query == AGENT else views.overview(None) as (view, _):
        await view.read()
        return {name: json.loads(body) for name, body in view.sections().items()}


def live(screen: Screen) -> Screen:
    """Return an overview without the figures of the database, which may be old."""
    of_the_day = ("offered", "answered", "abandoned", "service_level")
    ingroups = [one | dict.fromkeys(of_the_day) for one in screen["ingroups"]]
    return screen | {"ingroups": ingroups, "today": None}


async def follow(site: JsonSite, query: str, steps: list[str], is_fresh: Callable[[Screen], Awaitable[bool]]) -> None:
    """Take the steps beside a reader until its screen is fresh."""
    async with AsyncExitStack() as stack, asyncio.timeout(20):
        connection = await stack.enter_async_context(page(site, query))
        screen = taken({}, await message(connection))
        for step in steps:
            if step == CUT:
                await connection.close()
                connection = await stack.enter_async_context(page(site, query))
                screen = taken({}, await message(connection))
            elif step == READ:
                await asyncio.sleep(0)  # one turn of the loop between two steps
            else:
                ACTIONS[step](site)
        while not await is_fresh(screen):
            screen = taken(screen, await message(connection))


@on_one_site
@given(steps=steps_of)
def test_any_cut_and_resume_equals_a_fresh_one(site: JsonSite, steps: list[str]) -> None:
    async def is_fresh(screen: Screen) -> bool:
        now = await fresh(site, AGENT)
        assert (await site.asking("GET", "/agents/1000/screen")).body == now
        return screen == now

    site.do(follow(site, AGENT, steps, is_fresh))


@on_one_site
@given(steps=steps_of)
def test_any_cut_and_resume_of_an_overview_equals_a_fresh_one(site: JsonSite, steps: list[str]) -> None:
    async def is_fresh(screen: Screen) -> bool:
        now = live(await fresh(site, OVERVIEW))
        assert live((await site.asking("GET", "/overview")).body) == now
        return live(screen) == now

    site.do(follow(site, OVERVIEW, steps, is_fresh))


def test_a_reader_that_is_silent_has_gone(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_heartbeat, "PING", 0.05)
    monkeypatch.setattr(feed_heartbeat, "GONE", 0.2)

    async def vanish() -> None:
        async with page(site, autoping=False) as connection:
            await message(connection)
            assert feeds(site) == 1
            await all_gone(site)

    site.do(vanish())


def test_changes_outside_turns_are_sent_at_a_heartbeat(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_heartbeat, "PING", 0.02)

    async def read() -> list[Screen]:
        async with page(site) as agent, page(site, OVERVIEW) as supervisor:
            screens = [taken({}, await message(one)) for one in (agent, supervisor)]
            monkeypatch.setattr(site.board, "connected", False)
            lost = {"connected": True, "asterisk": False, "storage": None}
            both = zip((agent, supervisor), screens, strict=True)
            return [await until(one, screen, lambda screen: screen["server"] == lost) for one, screen in both]

    assert len(site.do(read())) == 2


def test_a_session_that_is_over_by_its_hour_ends_at_a_beat(people: PeopleSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_heartbeat, "PING", 0.02)
    token = people.token_of("anna")

    async def follow() -> int | None:
        async with page(people, "", token) as connection:
            await message(connection)
            later = time.time_ns() + 1000 * DAY
            monkeypatch.setattr(time, "time_ns", lambda: later)
            async with asyncio.timeout(5):
                while not connection.closed:
                    await connection.receive()
            return connection.close_code

    assert people.do(follow()) == feed.SESSION_ENDED


def test_a_reader_who_takes_nothing_is_cut_off(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "SLOW", 0.05)

    async def stuck(*_: object) -> None:
        await asyncio.get_running_loop().create_future()

    async def read() -> Any:
        async with page(site) as connection:
            await message(connection)
            monkeypatch.setattr(web.WebSocketResponse, "send_frame", stuck)
            site.driver.ask(Kind.PAUSE)
            return (await asyncio.wait_for(connection.receive(), 5)).type

    assert site.do(read()) in (WSMsgType.CLOSED, WSMsgType.ERROR, WSMsgType.CLOSE)
    site.do(all_gone(site))


@pytest.mark.parametrize("sent", ["{", "[]", '{"hello": 1}', '{"hello": {"page": "a b", "phone": true}}', "[" * 3000])
def test_another_protocol_is_told_to_load_the_page_again(site: JsonSite, sent: str) -> None:
    async def speak() -> Connection:
        headers = {"Authorization": f"Bearer {site.token}"}
        async with site.client.ws_connect("/workspace/feed?agent=1000", headers=headers) as connection:
            await connection.send_str(sent)
            await asyncio.wait_for(connection.receive(), 5)
            return connection

    assert site.do(speak()).close_code == feed.OTHER_PROTOCOL


def refused(site: JsonSite, query: str, token: str | None = None) -> int:
    async def knock() -> int:
        with pytest.raises(WSServerHandshakeError) as error:
            async with page(site, query, token):
                pass
        return error.value.status

    return site.do(knock())


def test_a_feed_that_there_is_not(site: JsonSite) -> None:
    assert refused(site, "?agent=4711") == 404
    assert refused(site, "?view=floor") == 422
    assert refused(site, "?agent=1000", "A" * 43) == 401


def test_the_cookie_of_a_page_opens_its_feed_and_the_logout_of_the_page_ends_it(people: PeopleSite) -> None:
    browser = Browser(people)
    browser.log_in()

    async def follow() -> tuple[Screen, int | None]:
        cookie = f"{browser.cookie.key}={browser.cookie.value}"
        headers = {"Cookie": cookie, "Origin": browser.origin, "Host": browser.host}
        async with people.client.ws_connect("/workspace/feed", headers=headers) as connection:
            await connection.send_str(json.dumps(HELLO))
            told = await message(connection)
            await browser.asking("POST", "/workspace/logout", {})
            await asyncio.wait_for(connection.receive(), 5)
            return told, connection.close_code

    told, code = people.do(follow())
    assert (told["agent"]["user"], code) == ("1000", feed.SESSION_ENDED)


def test_a_session_has_eight_feeds(people: PeopleSite) -> None:
    token = people.token_of("anna")

    async def open_all() -> int:
        async with AsyncExitStack() as stack:
            for _ in range(feed.OF_SESSION):
                await message(await stack.enter_async_context(page(people, "", token)))
            with pytest.raises(WSServerHandshakeError) as error:
                await stack.enter_async_context(page(people, "", token))
            return error.value.status

    assert people.do(open_all()) == 429
    people.do(all_gone(people))


def test_open_pages_are_told_to_the_browser_phone(site: JsonSite) -> None:
    assert site.client.app
    pages, told = site.client.app[PAGES], list[tuple[str, tuple[OpenPage, ...]]]()
    pages.followers.append(lambda user, now: told.append((user, now)))

    async def come_and_go() -> None:
        hello = {"hello": {"page": "p2", "phone": True}}
        async with page(site) as one, page(site, hello=hello) as other:
            await message(one)
            await message(other)
            assert set(pages.of("1000")) == {OpenPage("p1", False), OpenPage("p2", True)}
        await all_gone(site)

    site.do(come_and_go())
    assert (told[-1], len(told)) == (("1000", ()), 4)


def test_a_page_that_has_gone_before_its_feed_begins_is_no_error() -> None:
    """Found by the search with frames: each such page wrote a traceback into the log."""
    socket = Mock(prepare=AsyncMock(side_effect=ConnectionResetError))
    with pytest.raises(ProblemRaised) as gone:
        asyncio.run(feed._prepare(socket, Mock()))
    assert gone.value.problem.code == "feed_reader_gone"
