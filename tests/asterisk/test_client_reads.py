"""Reads for clients of the APIs: few, shared, never older than their request, and no call waits for them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from aiohttp import web

from ari_app.calls import client_reads
from ari_app.calls.client_reads import EVERY, ClientReads
from ari_app.switchboard.clock import Clock
from tests.asterisk import jumping
from tests.asterisk.fake import FakeAri, fake_ari, refuses, says
from warmline.ari.client.ari_client import MAX_PARALLEL_REQUESTS, AriClient, AriError
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.world.world import World

MANY = 2 * MAX_PARALLEL_REQUESTS


def channel(name: str, ident: str, data: str = "") -> dict[str, Any]:
    """Return a channel as ARI lists it; with `data`, one in that Stasis application."""
    dialplan = {"exten": "s", "app_name": "Stasis" if data else "", "app_data": data}
    created = f"2026-11-22T08:00:00.{ident[-1]}00+0000"
    return {"id": ident, "name": name, "state": "Up", "creationtime": created, "dialplan": dialplan}


LOST = channel("PJSIP/1000-00000009", "1.9", "warmline,adopted")
TWO = [channel("PJSIP/trunk-00000001", "1.1"), channel("PJSIP/1001-00000002", "1.2"), LOST]
ROOM = {"id": "b", "name": "", "channels": ["1.1", "1.2"]}


class Gate:
    """Holds every read of channels and bridges until it is opened; `most` is how many were there at a time."""

    def __init__(self, fake: FakeAri) -> None:
        self.opened = asyncio.Event()
        self._now = self.most = 0
        fake.replies["GET /channels"] = self._held(says(TWO))
        fake.replies["GET /bridges"] = self._held(says([ROOM]))

    def _held(self, reply: Callable[[web.Request], Awaitable[web.Response]]) -> Any:
        async def answer(request: web.Request) -> web.Response:
            self._now += 1
            self.most = max(self.most, self._now)
            await self.opened.wait()
            self._now -= 1
            return await reply(request)

        return answer


def reads_of(client: AriClient) -> ClientReads:
    return ClientReads({MAIN_SERVER: client}, lambda: {MAIN_SERVER}, lambda: World(), Clock())


async def test_many_requests_share_two_reads_and_no_action_waits_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_reads, "EVERY", 0.0)
    async with fake_ari() as (fake, client):
        gate, reads = Gate(fake), reads_of(client)
        first = asyncio.create_task(reads.orphans())
        await fake.until_asked("GET /channels")
        orphans = [asyncio.create_task(reads.orphans()) for _ in range(MANY)]
        found = [asyncio.create_task(reads.conversation("1001")) for _ in range(MANY)]
        await client.request("DELETE", "channels", "a")
        assert not first.done() and fake.asked == ["GET /channels", "DELETE /channels/a"]
        gate.opened.set()
        assert {one.channels for one in await asyncio.gather(first, *orphans)} == {("1.9",)}
        for talk in await asyncio.gather(*found):
            assert isinstance(talk, OutsideTalk)
            assert (talk.named.id, talk.other.id, talk.caller) == ("1.2", "1.1", "1.1")
        assert (fake.asked.count("GET /channels"), fake.asked.count("GET /bridges")) == (2, 2)
        assert gate.most == 1


async def test_reads_for_clients_have_slots_of_their_own() -> None:
    async with fake_ari() as (fake, client):
        gate = Gate(fake)
        asked = [asyncio.create_task(client.request("GET", "channels", for_client=True)) for _ in range(MANY)]
        await fake.until_asked("GET /channels", 2)
        await client.request("DELETE", "channels", "a")
        assert fake.asked.count("GET /channels") == 2
        gate.opened.set()
        await asyncio.gather(*asked)
        assert gate.most == 2


async def test_a_request_sees_the_state_at_its_arrival() -> None:
    async with fake_ari() as (fake, client):
        gate, reads = Gate(fake), reads_of(client)
        early = asyncio.create_task(reads.conversation("1001"))
        await fake.until_asked("GET /channels")
        fake.replies["GET /channels"] = says([*TWO, channel("PJSIP/1002-00000003", "1.3")])
        late = asyncio.create_task(reads.conversation("1.3"))
        gate.opened.set()
        assert isinstance(await early, OutsideTalk)
        assert await late == "channel PJSIP/1002-00000003 talks to no other channel"


async def test_a_client_that_goes_ends_the_read_of_no_other() -> None:
    async with fake_ari() as (fake, client):
        gate, reads = Gate(fake), reads_of(client)
        gone, stays = asyncio.create_task(reads.orphans()), asyncio.create_task(reads.orphans())
        await fake.until_asked("GET /channels")
        gone.cancel()
        await asyncio.wait({gone})
        gate.opened.set()
        assert (await stays).channels == ("1.9",) and gone.cancelled()
        assert fake.asked == ["GET /channels", "GET /bridges"]


async def test_an_error_of_a_shared_read_reaches_all_its_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_reads, "EVERY", 0.0)
    async with fake_ari() as (fake, client):
        reads = reads_of(client)
        fake.replies["GET /channels"] = refuses(500, "broken")
        errors = await asyncio.gather(reads.orphans(), reads.orphans(), return_exceptions=True)
        assert [isinstance(error, AriError) and error.text for error in errors] == ["broken", "broken"]
        fake.replies["GET /channels"] = fake.replies["GET /bridges"] = says([])
        assert (await reads.orphans()).channels == ()


def test_one_client_after_the_other_reads_ten_times_a_second_at_most() -> None:
    began: list[float] = []

    class Listed:
        app, server = "warmline", "main"

        async def request(self, method: str, what: str, **how: bool) -> bytes:
            if what == "channels":
                began.append(asyncio.get_running_loop().time())
            return b"[]"

    async def main() -> None:
        reads = reads_of(cast("AriClient", Listed()))
        for _ in range(5):
            await reads.orphans()

    jumping.run(main())
    assert began == pytest.approx([EVERY * number for number in range(5)])
