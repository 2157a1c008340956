"""Reads for clients concern all servers, those for the dialplan its own, and none waits for a frozen one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from ari_app.asterisk.endpoint_reachability import EndpointChange
from ari_app.calls.client_reads import ALSO, ClientReads
from ari_app.calls.handoff_requests import HandoffRequests
from ari_app.servers import phone_registrations
from ari_app.servers.phone_reachability_monitor import ReachabilityMonitor
from ari_app.servers.status_text import TAKES, UNSEEN, WAITS, StatusText
from ari_app.switchboard.clock import Clock
from tests.asterisk.fake import FakeAri, fake_ari, says
from tests.servers.app_with_servers import B
from tools.simulation.asterisk.core_driver import Driver
from warmline.ari.client import request_timeout
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.phone_messages import PhoneReachable, PhoneUnreachable
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.rules import reasons
from warmline.core.world.world import World


def has_talk(server: FakeAri, leg: str, phone: str = "1001") -> None:
    """Let a phone talk to a trunk on this server."""
    names = {f"{leg}1": "PJSIP/trunk-00000001", f"{leg}2": f"PJSIP/{phone}-00000002"}
    server.replies["GET /channels"] = says([{"id": one, "name": name, "state": "Up"} for one, name in names.items()])
    server.replies["GET /bridges"] = says([{"id": "dialplan", "name": "", "channels": list(names)}])


def has_orphan(server: FakeAri, leg: str) -> None:
    place = {"app_name": "Stasis", "app_data": "warmline,made"}
    server.replies["GET /channels"] = says([{"id": leg, "dialplan": place}])
    server.replies["GET /bridges"] = says([{"id": f"room-{leg}", "name": "warmline"}])


@asynccontextmanager
async def reads(reached: set[str]) -> AsyncIterator[tuple[dict[str, FakeAri], ClientReads]]:
    async with fake_ari() as (main, on_main), fake_ari(B) as (b, on_b):
        for fake in (main, b):
            fake.replies |= {"GET /channels": says([]), "GET /bridges": says([])}
        yield (
            {MAIN_SERVER: main, B: b},
            ClientReads({MAIN_SERVER: on_main, B: on_b}, lambda: reached, lambda: World(), Clock()),
        )
        b.thawed.set()


@pytest.mark.parametrize("server", [MAIN_SERVER, B])
def test_a_conversation_is_found_on_each_server(server: str) -> None:
    async def go() -> None:
        async with reads({MAIN_SERVER, B}) as (servers, found):
            has_talk(servers[server], "x")
            talk = await found.conversation("1001")
            assert isinstance(talk, OutsideTalk) and (talk.server, talk.named.id) == (server, "x2")
            assert await found.conversation("1002") == reasons.CHANNEL_UNKNOWN.text(channel="1002")

    asyncio.run(go())


def test_a_phone_that_talks_on_two_servers_is_not_guessed() -> None:
    async def go() -> None:
        async with reads({MAIN_SERVER, B}) as (servers, found):
            has_talk(servers[MAIN_SERVER], "x")
            has_talk(servers[B], "y")
            why = await found.conversation("1001")
            assert isinstance(why, str) and "(main)" in why and "(b)" in why

    asyncio.run(go())


def test_a_frozen_server_delays_no_conversation_of_another_one() -> None:
    async def go() -> None:
        async with reads({MAIN_SERVER, B}) as (servers, found):
            has_talk(servers[MAIN_SERVER], "x")
            servers[B].thawed.clear()
            loop = asyncio.get_running_loop()
            begun = loop.time()
            assert isinstance(await found.conversation("1001"), OutsideTalk)
            assert loop.time() - begun < ALSO + 0.5 < request_timeout.REQUEST_TIMEOUT_SECONDS
            with pytest.raises(AriError):
                await found.conversation("1002")

    asyncio.run(go())


def test_a_server_that_is_away_is_not_asked() -> None:
    async def go() -> None:
        async with reads({MAIN_SERVER}) as (servers, found):
            has_orphan(servers[MAIN_SERVER], "x")
            has_orphan(servers[B], "y")
            assert (await found.orphans()).channels == ("x",) and servers[B].asked == []

    asyncio.run(go())


def test_the_orphans_of_all_servers_are_listed() -> None:
    async def go() -> None:
        async with reads({MAIN_SERVER, B}) as (servers, found):
            has_orphan(servers[MAIN_SERVER], "x")
            has_orphan(servers[B], "y")
            orphans = await found.orphans()
            assert (orphans.channels, orphans.bridges) == (("x", "y"), ("room-x", "room-y"))

    asyncio.run(go())


def test_the_dialplan_of_a_server_asks_for_a_conversation_there() -> None:
    asked: list[tuple[str, str]] = []

    async def go() -> None:
        async def find(server: str, wanted: str) -> str:
            asked.append((server, wanted))
            raise AriError(0, "ari_no_answer", "no answer")

        requests = HandoffRequests(lambda: cast("Any", None), find)
        requests.heard(LegArrived("b-1", ("handoff", "PJSIP/1001-00000002"), server=B))
        await asyncio.gather(*requests._running)

    asyncio.run(go())
    assert asked == [(B, "PJSIP/1001-00000002")]


class Phones:
    """Agent 1002, on_hook, whose phone two servers may know."""

    def __init__(self) -> None:
        self.lab = Driver()
        self.lab.log_in("1002")
        self.told: list[Event] = []
        clients = {MAIN_SERVER: cast("AriClient", None), B: cast("AriClient", None)}
        self.monitor = ReachabilityMonitor(clients, lambda: self.lab.world, self._post)
        self.main, self.b = self.monitor.registrations[MAIN_SERVER], self.monitor.registrations[B]

    def _post(self, event: Event) -> None:
        self.told.append(event)
        self.lab.feed(event)

    def look(self) -> list[Event]:
        before = len(self.told)
        asyncio.run(self.monitor.look())
        return self.told[before:]


def test_a_phone_is_reachable_while_any_server_knows_a_contact() -> None:
    phones = Phones()
    phones.main.picture({"1002": "offline"})
    assert phones.look() == [], "the other server may know it"
    phones.b.picture({"1002": "online"})
    assert phones.look() == []
    phones.monitor.changed(B, EndpointChange("1002", reachable=False, endpoint=True))
    assert phones.look() == [PhoneUnreachable("1002")]
    phones.monitor.changed(MAIN_SERVER, EndpointChange("1002", reachable=True, endpoint=True))
    assert phones.look() == [PhoneReachable("1002")]


def test_a_phone_that_only_a_server_away_knows_is_unreachable_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    phones = Phones()
    phones.main.picture({"1002": "offline"})
    phones.b.picture({"1002": "online"})
    phones.b.lost()
    assert phones.look() == []
    monkeypatch.setattr(phone_registrations, "AWAY", 0.0)
    assert phones.look() == [PhoneUnreachable("1002")]


def test_the_status_names_the_servers_that_are_away() -> None:
    reached: set[str] = set()
    told: list[str] = []
    status = StatusText((MAIN_SERVER, B, "c"), lambda: reached, told.append)
    status.beaten()
    status.changed()
    reached.add(B)
    status.changed()
    status.beaten()
    status.beaten()
    reached.update({MAIN_SERVER, "c"})
    status.changed()
    reached.clear()
    status.changed()
    away = f"{TAKES}; waits for main, c"
    assert told == [WAITS, f"{UNSEEN}; waits for main, c", away, TAKES, WAITS]
