"""The streams of a session end within 100 ms of its logout, also for readers that do not help with it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import WSMsgType

from ari_app.http.workspace.feed import FEEDS
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.test_feed import message, page

AT_ONCE = 0.1  # seconds
TRIES = 5  # of which one is in time: the machine of the test may be busy
FAILS = 20.0  # seconds
Stream = Callable[[PeopleSite, str, Callable[[], Awaitable[None]]], Awaitable[None]]


async def _events(people: PeopleSite, token: str, log_out: Callable[[], Awaitable[None]], path: str) -> None:
    async with people.client.get(path, headers={"Authorization": f"Bearer {token}"}) as answer:
        await answer.content.readuntil(b"\n\n")
        await log_out()
        await answer.content.read()


async def live(people: PeopleSite, token: str, log_out: Callable[[], Awaitable[None]]) -> None:
    """Read the live state, in which nothing changes."""
    await _events(people, token, log_out, "/api/v1/live")


async def journal(people: PeopleSite, token: str, log_out: Callable[[], Awaitable[None]]) -> None:
    """Read events, of which none comes."""
    await _events(people, token, log_out, "/api/v1/events")


async def feed(people: PeopleSite, token: str, log_out: Callable[[], Awaitable[None]]) -> None:
    """Read the feed of a page, and leave its close frame without an answer."""
    async with page(people, "", token, autoclose=False) as connection:
        await message(connection)
        await log_out()
        while (await connection.receive()).type is not WSMsgType.CLOSE:
            pass
        assert people.client.app
        while len(people.client.app[FEEDS]):  # noqa: ASYNC110 - no event says so
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("read", [live, journal, feed])
def test_a_stream_ends_within_100_ms_of_the_logout(people: PeopleSite, read: Stream) -> None:
    async def ends_after(token: str) -> float:
        """Return the seconds from the answer of the logout to the end of the stream."""
        done = 0.0

        async def log_out() -> None:
            nonlocal done
            assert (await people.asking("DELETE", "/login", token=token)).body == {"ended": True}
            done = time.monotonic()

        async with asyncio.timeout(FAILS):
            await read(people, token, log_out)
        return time.monotonic() - done

    took: list[float] = []
    while len(took) < TRIES and not (took and took[-1] <= AT_ONCE):
        took.append(people.do(ends_after(people.log_in("anna").body["token"])))
    assert took[-1] <= AT_ONCE, took
