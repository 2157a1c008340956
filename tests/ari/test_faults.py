"""The client against faults: a script sees an exception or event of the page, and no task is left behind."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.ari import script_asterisk
from tests.ari.left_tasks import no_task_left
from tests.ari.script_asterisk import APP, ScriptAsterisk, channel, script
from warmline.ari import (
    Ari,
    AriError,
    Called,
    Channel,
    ChannelGone,
    ConnectionLost,
    NotPlayed,
    Reconnected,
    events,
)
from warmline.ari.client import ari_event_stream, request_timeout

LATER = "2026-11-20T12:00:00.000+0000"
OF_STREAM = "GET /asterisk", "GET /events", "POST /events", "PUT /applications", "GET /channels", "GET /bridges"
WAIT_SECONDS = 40.0  # seconds: a wait that never ends fails
RINGS = "4930555000"
WAITS_ON = "waits on"
Test = Callable[[ScriptAsterisk, Ari], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path, demo_database: Path) -> Callable[[Test], None]:
    """Return a function that runs a test with a script, and checks that the script leaves no task."""

    async def main(test: Test) -> None:
        async with script_asterisk.asterisk() as fake:
            fake.rings.add(RINGS)
            with no_task_left():
                async with script(fake, tmp_path, demo_database) as ari, asyncio.timeout(WAIT_SECONDS):
                    await test(fake, ari)

    return lambda test: asyncio.run(main(test))


async def party(ari: Ari) -> Channel:
    return (await ari.call("4930555123")).channel


async def requests(ari: Ari) -> dict[str, Coroutine[Any, Any, Any]]:
    """Return one of each request of a script, each for a party of its own."""
    a, b, c, d, e, f, g, h, i = [await party(ari) for _ in range(9)]
    return {
        "answer": a.answer(),
        "ring": b.ring(),
        "music": c.music(),
        "set_variable": d.set_variable("A", "b"),
        "play": e.play("hello"),
        "record": f.record("b"),
        "hang_up": g.hang_up(),
        "hand_over": ari.hand_over(h, "ingroup:SALESLINE"),
        "bridge": ari.bridge(i),
        "call": ari.call("4930555124"),
        "request": ari.request("GET", "endpoints"),
    }


async def begin_each_wait(ari: Ari) -> dict[str, Coroutine[Any, Any, Any]]:
    """Return one of each wait of a script."""
    a, b, c, d, e, f, g, h = [await party(ari) for _ in range(8)]
    bridge = await ari.bridge()
    return {
        "play": a.play("hello"),
        "play with keys": b.play("hello", keys="1"),
        "get_key": c.get_key(60),
        "get_keys": d.get_keys(4, seconds=60),
        "record": e.record("a"),
        "until_hangup": f.until_hangup(),
        "talk": ari.talk(g, h),
        "call": ari.call(RINGS),
        "bridge.play": bridge.play("hello"),
        "arrivals": anext(aiter(ari.arrivals())),  # type: ignore[arg-type]  # an awaitable, no coroutine
        "events": anext(ari.events(events.ChannelHold)),
    }


async def outcome(coroutine: Coroutine[Any, Any, Any]) -> str:
    """Return the result or the documented error; others are raised."""
    try:
        result = await coroutine
    except AriError as error:
        return f"AriError {error.status}"
    except (ChannelGone, ConnectionLost, NotPlayed) as error:
        return type(error).__name__
    return f"{result.outcome.value}: {result.why}" if isinstance(result, Called) else str(result)


def begin(coroutines: dict[str, Coroutine[Any, Any, Any]]) -> dict[str, "asyncio.Task[str]"]:
    return {name: asyncio.create_task(outcome(coroutine), name=name) for name, coroutine in coroutines.items()}


async def begin_waits(fake: ScriptAsterisk, ari: Ari) -> dict[str, "asyncio.Task[str]"]:
    """Begin each wait, and return when Asterisk has performed the requests for them."""
    tasks = begin(await begin_each_wait(ari))
    await fake.wait_until(lambda: sum(line.endswith("/addChannel") for line in fake.asked) == 2)
    await fake.wait_until(lambda: len(fake.playing) == 4)
    await fake.wait_until(
        lambda: any(channel_fields["state"] == "Ringing" for channel_fields in fake.channels.values())
    )
    while len(ari.script_events.begun) < 4:  # the answers are on their way
        await ari.request("GET", "bridges")
    return tasks


async def wait_for_outcomes(
    tasks: dict[str, "asyncio.Task[str]"], unfinished: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return how each ended; those in `waiting` have not."""
    async with asyncio.timeout(10):
        for name in tasks.keys() - unfinished:
            await tasks[name]
    outcomes = {name: task.result() if task.done() else WAITS_ON for name, task in tasks.items()}
    for name in unfinished:
        tasks[name].cancel()
        with suppress(asyncio.CancelledError):
            await tasks[name]
    return outcomes


def test_a_killed_asterisk_ends_the_waits_for_its_parties(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        tasks, reconnect_reader = await begin_waits(fake, ari), ari.events(Reconnected)
        known_channels = set(ari.channels.values())
        await fake.kill()
        with pytest.raises(AriError) as refusal:
            await ari.request("GET", "channels")
        assert refusal.value.status == 0
        await fake.start(LATER)
        reconnect = await anext(reconnect_reader)
        assert reconnect.restarted and set(reconnect.gone) == known_channels
        gone = dict.fromkeys(("play", "play with keys", "get_key", "get_keys", "record"), "ChannelGone")
        reason = "ended while the connection was lost"
        assert await wait_for_outcomes(tasks, frozenset({"arrivals", "events"})) == gone | {
            "until_hangup": reason,
            "talk": "None",
            "call": f"refused: {reason}",
            "bridge.play": "NotPlayed",
            "arrivals": WAITS_ON,
            "events": WAITS_ON,
        }
        assert await party(ari)

    play(test)


def test_a_cut_in_the_middle_of_an_answer_is_an_error(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        async def half(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Length": "1000"})
            await response.prepare(request)
            await response.write(b'[{"id": ')
            assert request.transport
            request.transport.close()
            return response

        fake.replies["GET /endpoints"] = half  # type: ignore[assignment]  # the only reply that is streamed
        assert await outcome(ari.request("GET", "endpoints")) == "AriError 0"

    play(test)


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 2000 + b"]" * 2000])
def test_an_answer_that_is_no_json_is_an_error(play: Callable[[Test], None], body: bytes) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=body)

        fake.replies["GET /endpoints"] = answer
        assert await outcome(ari.request("GET", "endpoints")) == "AriError 0"

    play(test)


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time limits pass soon, so that a test need not wait for seconds."""
    for name in ("REQUEST_TIMEOUT_SECONDS", "DIAL_TIMEOUT_SECONDS", "PATIENT_TIMEOUT_SECONDS"):
        monkeypatch.setattr(request_timeout, name, 0.3)
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.3)
    for name in ("CONNECT_TIMEOUT_SECONDS", "HEARTBEAT_TIMEOUT_SECONDS"):
        monkeypatch.setattr(ari_event_stream, name, 0.5)
    monkeypatch.setattr(ari_event_stream, "HEARTBEAT_SECONDS", 0.05)


def test_a_frozen_asterisk_refuses_requests_and_keeps_the_waits(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        request_coroutines, wait_tasks, reconnect_reader = (
            await requests(ari),
            await begin_waits(fake, ari),
            ari.events(Reconnected),
        )
        with monkeypatch.context() as patch:
            shorten(patch)
            fake.freeze()
            assert await wait_for_outcomes(begin(request_coroutines)) == dict.fromkeys(request_coroutines, "AriError 0")
            await fake.wait_until(lambda: fake.in_hand.count("GET /events") > 1)
        fake.thawed.set()
        assert not (await anext(reconnect_reader)).restarted
        assert not any(task.done() for task in wait_tasks.values())
        for name in [*fake.channels]:
            await fake.hang_up(name)
        outcomes = await wait_for_outcomes(wait_tasks, frozenset({"arrivals", "events", "bridge.play"}))
        assert outcomes["get_key"] == "ChannelGone" and outcomes["call"].startswith("no answer: ")

    play(test)


def test_an_asterisk_that_is_frozen_at_the_end_does_not_hold_the_end(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        speaker = await party(ari)
        shorten(monkeypatch)
        fake.freeze()
        play_task = asyncio.create_task(speaker.play("hello"))
        await fake.wait_until(lambda: fake.in_hand)
        for _ in range(2):  # the second one comes while the first one stops the sound
            play_task.cancel()
            await asyncio.wait((play_task,), timeout=0.05)
        assert play_task.done()

    play(test)


def test_a_call_that_was_given_up_does_not_ring_on(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        reconnect_reader = ari.events(Reconnected)
        late_channel = channel(f"{APP}-0123456789abcdef")
        late_channel["dialplan"] |= {"app_name": "AppDial2", "app_data": "(Outgoing Line)"}
        fake.channels[late_channel["id"]] = late_channel | {
            "state": "Ringing"
        }  # performed after the script had given it up
        fake.cut()
        await anext(reconnect_reader)
        await fake.wait_until(lambda: not fake.channels)
        assert ari.channels == {}

    play(test)


def test_a_caller_who_came_while_the_connection_was_lost_arrives(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        fake.channels["1764143221.7"] = channel("1764143221.7", "8005550101", "blue") | {"state": "Ring"}
        fake.cut()
        caller = await anext(aiter(ari.arrivals()))
        assert (caller.number, caller.arguments) == ("8005550101", ("blue",))

    play(test)


def test_an_application_that_was_taken_ends_every_wait(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        tasks = await begin_waits(fake, ari)
        await fake.event("ApplicationReplaced")
        assert await wait_for_outcomes(tasks) == dict.fromkeys(tasks, "ConnectionLost")

    play(test)


def test_an_event_that_is_too_large_ends_the_connection_and_it_comes_back(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        reconnect_reader = ari.events(Reconnected)
        with suppress(ConnectionError):
            await fake.event("ChannelUserevent", eventname="x" * 5_000_000)
        assert not (await anext(reconnect_reader)).gone

    play(test)
