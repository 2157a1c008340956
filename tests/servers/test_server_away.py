"""A server dies, freezes or cannot be used: its calls end in time, and nothing of another server waits for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ari_app.servers import asterisk_server
from tests.asterisk.fake import FakeAri, info, refuses, says, stalls
from tests.servers.app_with_servers import ANSWER, LIMIT, B, Site, app_with_servers, arrives, channel, comes_back, dies
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.ari_event_stream import ReplacedError
from warmline.ari.client.preflight import UnusableAsteriskError
from warmline.core.messages import actions as do
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system.heartbeat_file import get_age_seconds

Talk = Callable[[Site], Awaitable[None]]


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that runs a test on a running app; without names, the servers are `main` and `b`."""

    def run(talk: Talk, *names: str, **how: object) -> None:
        async def go() -> None:
            async with app_with_servers(tmp_path, monkeypatch, *(names or (MAIN_SERVER, B)), **how) as site:  # type: ignore[arg-type]
                await talk(site)

        asyncio.run(go())

    return run


Serve = Callable[..., None]


async def freezes(server: FakeAri) -> None:
    server.thawed.clear()


@pytest.mark.parametrize("fault", [dies, freezes])
@pytest.mark.parametrize("away", [MAIN_SERVER, B])
def test_the_calls_of_a_server_that_is_away_for_too_long_end_alone(
    serve: Serve, fault: Callable[[FakeAri], Awaitable[None]], away: str
) -> None:
    other = {MAIN_SERVER: B, B: MAIN_SERVER}[away]

    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(MAIN_SERVER, "1.1")
        await site.come_in(B, "b-1.1")
        begun = asyncio.get_running_loop().time()
        await fault(site.servers[away])
        await site.until(lambda: {call.server for call in site.world.calls.values()} == {other})
        took = asyncio.get_running_loop().time() - begun
        assert 0.4 < took < 0.5 + 1 + ANSWER
        await site.come_in(other, "1.2")
        assert site.status.told[-1] == f"STATUS=takes calls; waits for {away}"

    serve(talk)


@pytest.mark.parametrize("fault", [dies, freezes])
def test_a_server_that_is_back_in_time_loses_no_call(serve: Serve, fault: Callable[[FakeAri], Awaitable[None]]) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(B, "b-1.1")
        site.b.replies["GET /channels"] = says([channel("b-1.1")])
        calls = set(site.world.calls)
        await fault(site.b)
        await site.until_reached(MAIN_SERVER)
        site.b.thawed.set()
        if fault is dies:
            comes_back(site.b)
        await site.until_reached(MAIN_SERVER, B)
        await asyncio.sleep(1.2)  # longer than it takes to be lost
        assert set(site.world.calls) == calls and "b-1.1" in site.world.legs

    serve(talk, lost_after=1.0)


def test_a_lost_server_that_is_back_is_cleared_of_the_legs_of_closed_calls(serve: Serve) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(B, "b-1.1")
        room = f"room-{next(iter(site.world.calls))}"
        asked = channel("b-1.2") | {"dialplan": made()}  # a leg that the app requested, beside that of the caller
        new = channel("b-1.3")
        of_call = {"channelvars": {"WARMLINE_CALL": next(iter(site.world.calls))}}
        site.b.replies["GET /channels"] = says([channel("b-1.1") | of_call, asked, new])
        site.b.replies["GET /bridges"] = says([{"id": room, "name": "warmline", "channels": ["b-1.1", "b-1.2"]}])
        await dies(site.b)
        await site.until(lambda: not site.world.calls)
        comes_back(site.b)
        for leg in ("b-1.1", "b-1.2"):
            await site.b.until_asked(f"DELETE /channels/{leg}")
        await site.b.until_asked(f"DELETE /bridges/{room}")
        await site.until_reached(MAIN_SERVER, B)
        assert [call.customer for call in site.world.calls.values()] == ["b-1.3"]
        assert "DELETE /channels/b-1.3" not in site.b.asked

    serve(talk)


def test_a_lost_server_is_cleared_after_a_restart_of_the_app_as_well(serve: Serve) -> None:
    calls: list[str] = []

    async def lose(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(B, "b-1.1")
        calls.extend(site.world.calls)
        await freezes(site.b)
        await site.until(lambda: not site.world.calls)

    async def come_back(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.b.until_asked("DELETE /channels/b-1.1")
        assert not site.world.calls

    def of_the_lost_call(servers: dict[str, FakeAri]) -> None:
        servers[B].replies["GET /channels"] = says([channel("b-1.1") | {"channelvars": {"WARMLINE_CALL": calls[0]}}])

    serve(lose)
    serve(come_back, before=of_the_lost_call)


def made() -> dict[str, str]:
    return {"exten": "", "app_name": "Stasis", "app_data": "warmline,made"}


def test_a_server_that_was_not_there_at_the_start_is_lost(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER)
        await site.until(lambda: "server b is lost: 0 calls and 0 legs have ended" in caplog.text)
        assert "no connection to the server b for 0.5 s" in caplog.text
        assert site.app._board.servers[B].lost and not site.app._board.servers[MAIN_SERVER].lost

    serve(talk, before=lambda fakes: fakes[B].thawed.clear())


def test_the_time_in_which_the_app_was_stopped_counts_for_no_server(serve: Serve) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(B, "b-1.1")
        server, now = site.app._servers[B], time.monotonic()
        server._stream.heartbeat_requested_at = now - 60  # the app was stopped behind the request of a heartbeat
        server._lost()
        await dies(site.b)
        await asyncio.sleep(0.5)
        assert len(site.world.calls) == 1

    serve(talk, lost_after=5.0)


def test_a_call_that_is_begun_on_a_lost_server_ends_too(serve: Serve) -> None:
    """Such as one to an emergency number, whose agent would wait for that server for ever."""

    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await freezes(site.b)
        await site.until(lambda: site.app._board.servers[B].lost)
        await site.app._board.post_and_wait(LegArrived("b-1.1", ("ingroup", "SALESLINE"), server=B))
        await site.until(lambda: "b-1.1" in site.world.legs)
        await site.until(lambda: not site.world.calls)

    serve(talk)


def test_a_late_database_ends_no_call_of_a_server_that_was_cut_off(serve: Serve) -> None:
    """The database does not say who leads, so that the app may not connect to a server that is there."""

    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(B, "b-1.1")
        site.b.replies["GET /channels"] = says([channel("b-1.1")])
        client, asked = site.app._servers[B].client, list[float]()

        async def late() -> None:
            asked.append(time.monotonic())
            raise AriError(0, "leader_unknown", "the database does not say which app leads")

        async def leads() -> None:
            pass

        client.check_leads = late
        await site.b.sockets[-1].close()
        await site.until(lambda: bool(asked) and time.monotonic() > asked[0] + 1.5)  # three times as long
        assert len(site.world.calls) == 1 and len(asked) > 1
        client.check_leads = leads
        await site.until_reached(MAIN_SERVER, B)
        assert len(site.world.calls) == 1
        await dies(site.b)
        await site.until(lambda: not site.world.calls)

    serve(talk)


@pytest.mark.parametrize(("names", "lost_after"), [((MAIN_SERVER, B), 0), ((MAIN_SERVER,), 0.1)])
def test_no_server_is_lost_without_the_setting_or_alone(
    serve: Serve, names: tuple[str, ...], lost_after: float
) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(*names)
        await site.come_in(names[-1], "1.1")
        await dies(site.servers[names[-1]])
        await site.until_reached(*names[:-1])
        await asyncio.sleep(1.0)  # several times as long
        assert len(site.world.calls) == 1

    serve(talk, *names, lost_after=lost_after)


@pytest.mark.parametrize("away", [MAIN_SERVER, B])
def test_callers_are_taken_while_a_server_is_away_at_the_start(serve: Serve, away: str) -> None:
    other = {MAIN_SERVER: B, B: MAIN_SERVER}[away]

    async def talk(site: Site) -> None:
        await site.until_reached(other)
        await site.until(lambda: get_age_seconds(str(site.run)) is not None)
        await site.come_in(other, "1.1")
        assert site.status.told[-1].endswith(f"; waits for {away}")

    serve(talk, before=lambda fakes: fakes[away].thawed.clear())


def test_a_channel_with_the_id_of_another_servers_channel_changes_no_call(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(MAIN_SERVER, "1.1")
        before = site.world.legs["1.1"]
        await site.b.send(arrives("1.1"))
        await site.b.send({"type": "ChannelDestroyed", "cause": 16, "channel": channel("1.1")})
        await site.come_in(B, "1.2")
        assert site.world.legs["1.1"] == before and len(site.world.calls) == 2
        await site.b.until_asked("DELETE /channels/1.1")
        await site.app._performer.settled()
        await site.come_in(B, "1.3")
        assert site.world.legs["1.1"] == before, "the other one has ended before, which Asterisk answers with 404"

    def has_ended(servers: dict[str, FakeAri]) -> None:
        servers[B].replies["DELETE /channels/1.1"] = refuses(404, "Channel not found")

    serve(talk, before=has_ended)
    assert "channel 1.1 of server b has the id of a channel of server main and is hung up" in caplog.text


def test_a_server_that_is_the_asterisk_of_another_one_is_not_used(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    """Its address leads there by another way, and each would hang up the channels of the other."""

    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER)
        await site.until(lambda: "servers main and b are one Asterisk" in caplog.text)
        assert not site.b.sockets and site.main.sockets

    def are_one(servers: dict[str, FakeAri]) -> None:
        of_both = info()
        of_both["system"]["entity_id"] = "02:42:ac:11:00:02"
        for fake in servers.values():
            fake.replies["GET /asterisk/info"] = says(of_both)

    serve(talk, before=are_one)


def test_requests_to_a_frozen_server_hold_up_no_connection_and_no_request_of_another(serve: Serve) -> None:
    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        perform = site.app._performer.perform
        site.b.replies["POST /channels/b-1.1/answer"] = stalls(never := asyncio.Event())
        for number in range(50):  # more than the requests that a server is sent at once
            perform("lane", do.AnswerLeg(f"b-1.{number}", server=B))
        await site.b.until_asked("POST /channels/b-1.1/answer")
        site.b.replies["POST /recordings/live/b/stop"] = stalls(never)
        perform("lane", do.StopRecording("b", server=B))
        perform("lane", do.StopRecording("a"))  # in the same sequence, such as of a call with legs of both
        await asyncio.wait_for(site.main.until_asked("POST /recordings/live/a/stop"), ANSWER / 2)
        await asyncio.wait_for(site.app._performer.settled(MAIN_SERVER), ANSWER / 2)
        never.set()

    serve(talk)


def test_a_server_that_cannot_be_used_ends_nothing_of_another(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(asterisk_server, "FIRST_PAUSE", 0.05)
    old = info()
    old["system"]["version"] = "16.2.0"

    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER)
        await site.b.until_asked("GET /asterisk/info", 3)
        assert "server b: Asterisk 16.2.0 is too old" in caplog.text
        await site.come_in(MAIN_SERVER, "1.1")
        site.b.replies["GET /asterisk/info"] = says(info())
        await site.until_reached(MAIN_SERVER, B)

    serve(talk, before=lambda fakes: fakes[B].replies.update({"GET /asterisk/info": says(old)}))


def test_a_server_is_connected_again_after_a_takeover_of_the_application(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that was frozen may carry out an old connection, which takes the place of the current one."""
    monkeypatch.setattr(asterisk_server, "FIRST_PAUSE", 0.05)

    async def talk(site: Site) -> None:
        await site.until_reached(MAIN_SERVER, B)
        await site.b.send({"type": "ApplicationReplaced", "application": "warmline"})
        await site.b.until_connections(2)
        await site.until_reached(MAIN_SERVER, B)
        await site.come_in(B, "b-1.1")

    serve(talk)


@pytest.mark.parametrize(
    ("reply", "error"),
    [({"system": {"version": "16.2.0"}}, UnusableAsteriskError), (info(), ReplacedError)],
)
def test_the_only_server_ends_the_app_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: dict[str, object], error: type[Exception]
) -> None:
    async def go() -> None:
        how = {"before": lambda fakes: fakes[MAIN_SERVER].replies.update({"GET /asterisk/info": says(reply)})}
        async with app_with_servers(tmp_path, monkeypatch, MAIN_SERVER, **how) as site:
            [listening] = [one for one in asyncio.all_tasks() if one.get_coro().__qualname__ == "Server._listen"]  # type: ignore[union-attr]
            if error is ReplacedError:
                await site.until_reached(MAIN_SERVER)
                await site.main.send({"type": "ApplicationReplaced", "application": "warmline"})
            with pytest.raises(error):
                await asyncio.wait_for(asyncio.shield(listening), LIMIT)
            raise error("seen", "seen")

    with pytest.raises(error, match="seen"):
        asyncio.run(go())
