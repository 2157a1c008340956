"""The client against faults: a script sees an exception or event of the page, and no task is left behind."""

import asyncio
import tracemalloc
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
    EventReader,
    EventsLost,
    NotPlayed,
    Reconnected,
    UnknownEvent,
    events,
)
from warmline.ari.client import ari_event_stream, http_connections, request_timeout

LATER = "2026-11-20T12:00:00.000+0000"
OF_STREAM = "GET /asterisk", "GET /events", "POST /events", "PUT /applications", "GET /channels", "GET /bridges"
LIMIT = 40.0  # seconds: a wait that never ends fails
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
                async with script(fake, tmp_path, demo_database) as ari, asyncio.timeout(LIMIT):
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


async def waits(ari: Ari) -> dict[str, Coroutine[Any, Any, Any]]:
    """Return one of each wait of a script."""
    a, b, c, d, e, f, g, h = [await party(ari) for _ in range(8)]
    room = await ari.bridge()
    return {
        "play": a.play("hello"),
        "play with keys": b.play("hello", keys="1"),
        "get_key": c.get_key(60),
        "get_keys": d.get_keys(4, seconds=60),
        "record": e.record("a"),
        "until_hangup": f.until_hangup(),
        "talk": ari.talk(g, h),
        "call": ari.call(RINGS),
        "bridge.play": room.play("hello"),
        "arrivals": anext(aiter(ari.arrivals())),  # type: ignore[arg-type]  # an awaitable, no coroutine
        "events": anext(ari.events(events.ChannelHold)),
    }


async def outcome(work: Coroutine[Any, Any, Any]) -> str:
    """Return the result or the documented error; others are raised."""
    try:
        result = await work
    except AriError as error:
        return f"AriError {error.status}"
    except (ChannelGone, ConnectionLost, NotPlayed) as error:
        return type(error).__name__
    return f"{result.outcome.value}: {result.why}" if isinstance(result, Called) else str(result)


def begin(works: dict[str, Coroutine[Any, Any, Any]]) -> dict[str, "asyncio.Task[str]"]:
    return {name: asyncio.create_task(outcome(work), name=name) for name, work in works.items()}


async def begin_waits(fake: ScriptAsterisk, ari: Ari) -> dict[str, "asyncio.Task[str]"]:
    """Begin each wait, and return when Asterisk has performed the requests for them."""
    tasks = begin(await waits(ari))
    await fake.until(lambda: sum(line.endswith("/addChannel") for line in fake.asked) == 2)
    await fake.until(lambda: len(fake.playing) == 4)
    await fake.until(lambda: any(one["state"] == "Ringing" for one in fake.channels.values()))
    while len(ari.heard.placed) < 4:  # the answers are on their way
        await ari.request("GET", "bridges")
    return tasks


async def ends(tasks: dict[str, "asyncio.Task[str]"], waiting: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return how each ended; those in `waiting` have not."""
    async with asyncio.timeout(10):
        for name in tasks.keys() - waiting:
            await tasks[name]
    found = {name: task.result() if task.done() else WAITS_ON for name, task in tasks.items()}
    for name in waiting:
        tasks[name].cancel()
        with suppress(asyncio.CancelledError):
            await tasks[name]
    return found


def test_a_killed_asterisk_ends_the_waits_for_its_parties(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        tasks, seen = await begin_waits(fake, ari), ari.events(Reconnected)
        known = set(ari.channels.values())
        await fake.kill()
        with pytest.raises(AriError) as refused:
            await ari.request("GET", "channels")
        assert refused.value.status == 0
        await fake.start(LATER)
        missed = await anext(seen)
        assert missed.restarted and set(missed.gone) == known
        gone = dict.fromkeys(("play", "play with keys", "get_key", "get_keys", "record"), "ChannelGone")
        lost = "ended while the connection was lost"
        assert await ends(tasks, frozenset({"arrivals", "events"})) == gone | {
            "until_hangup": lost,
            "talk": "None",
            "call": f"refused: {lost}",
            "bridge.play": "NotPlayed",
            "arrivals": WAITS_ON,
            "events": WAITS_ON,
        }
        assert await party(ari)

    play(test)


def test_a_killed_asterisk_that_does_not_come_back_does_not_hold_the_end(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        tasks = await begin_waits(fake, ari)
        await fake.kill()
        assert set((await ends(tasks, frozenset(tasks))).values()) == {WAITS_ON}

    play(test)


def test_a_cut_in_the_middle_of_requests_is_an_error_of_each(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the last ones come when the first ones have failed.
    monkeypatch.setattr(http_connections, "MAX_OPENING_CONNECTIONS", 20)
    for name in ("REQUEST_TIMEOUT_SECONDS", "DIAL_TIMEOUT_SECONDS", "PATIENT_TIMEOUT_SECONDS"):
        monkeypatch.setattr(request_timeout, name, LIMIT)
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", LIMIT)

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        works, seen = await requests(ari), ari.events(Reconnected)
        fake.freeze(*OF_STREAM)
        tasks = begin(works)
        await fake.until(lambda: len(fake.in_hand) == len(tasks))
        fake.cut()
        assert await ends(tasks) == dict.fromkeys(tasks, "AriError 0")
        fake.thawed.set()
        assert not (await anext(seen)).restarted
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
        works, waiting, seen = await requests(ari), await begin_waits(fake, ari), ari.events(Reconnected)
        with monkeypatch.context() as patched:
            shorten(patched)
            fake.freeze()
            assert await ends(begin(works)) == dict.fromkeys(works, "AriError 0")
            await fake.until(lambda: fake.in_hand.count("GET /events") > 1)
        fake.thawed.set()
        assert not (await anext(seen)).restarted
        assert not any(task.done() for task in waiting.values())
        for name in [*fake.channels]:
            await fake.hang_up(name)
        found = await ends(waiting, frozenset({"arrivals", "events", "bridge.play"}))
        assert found["get_key"] == "ChannelGone" and found["call"].startswith("no answer: ")

    play(test)


def test_an_asterisk_that_is_frozen_at_the_end_does_not_hold_the_end(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        speaker = await party(ari)
        shorten(monkeypatch)
        fake.freeze()
        playing = asyncio.create_task(speaker.play("hello"))
        await fake.until(lambda: fake.in_hand)
        for _ in range(2):  # the second one comes while the first one stops the sound
            playing.cancel()
            await asyncio.wait((playing,), timeout=0.05)
        assert playing.done()

    play(test)


def test_a_call_that_was_given_up_does_not_ring_on(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        seen = ari.events(Reconnected)
        late = channel(f"{APP}-0123456789abcdef")
        late["dialplan"] |= {"app_name": "AppDial2", "app_data": "(Outgoing Line)"}
        fake.channels[late["id"]] = late | {"state": "Ringing"}  # performed after the script had given it up
        fake.cut()
        await anext(seen)
        await fake.until(lambda: not fake.channels)
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
        assert await ends(tasks) == dict.fromkeys(tasks, "ConnectionLost")

    play(test)


def key(n: int, **more: Any) -> dict[str, Any]:
    """Return the fields of a key's event, with a number."""
    return {"channel": channel("one"), "digit": "1", "duration_ms": n} | more


def test_unknown_events_and_fields_come_to_the_script(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        seen = ari.events(events.ChannelDtmfReceived, UnknownEvent)
        await fake.event("ChannelLevitated", height=3)
        await fake.event("ChannelDtmfReceived", **key(5, pressure={"unit": "N"}))
        await fake.event("StasisStart", channel=5)
        first, second, third = [await anext(seen) for _ in range(3)]
        assert isinstance(first, UnknownEvent) and (first.type, first.fields["height"]) == ("ChannelLevitated", 3)
        assert isinstance(second, events.ChannelDtmfReceived) and second.duration_ms == 5
        assert isinstance(third, UnknownEvent) and third.type == "StasisStart"

    play(test)


def test_an_event_that_is_too_large_ends_the_connection_and_it_comes_back(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        seen = ari.events(Reconnected)
        with suppress(ConnectionError):
            await fake.event("ChannelUserevent", eventname="x" * 5_000_000)
        assert not (await anext(seen)).gone

    play(test)


def test_ten_thousand_events_a_second_are_all_read(play: Callable[[Test], None]) -> None:
    """No pause is between them: they come as fast as one processor can send and read them."""

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        seen, missed = ari.events(events.ChannelDtmfReceived), ari.events(Reconnected)
        sending = asyncio.create_task(flood(fake, 0, 10_000))
        assert [(await anext(seen)).duration_ms for _ in range(10_000)] == list(range(10_000))
        await sending
        assert not missed._waiting and await ari.request("GET", "bridges") == []

    play(test)


async def flood(fake: ScriptAsterisk, first: int, end: int) -> None:
    for n in range(first, end):
        await fake.event("ChannelDtmfReceived", **key(n))


def test_a_script_that_does_not_read_holds_no_more_than_its_limit(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EventReader.__init__, "__defaults__", (500,))

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        unread, ends = ari.events(events.ChannelDtmfReceived), ari.events(events.ChannelHold)

        async def held_after(first: int, end: int) -> int:
            await flood(fake, first, end)
            await fake.event("ChannelHold", channel=channel("one"))
            await anext(ends)
            return tracemalloc.get_traced_memory()[0]

        tracemalloc.start()
        try:
            full, more = await held_after(0, 500), await held_after(500, 2000)
        finally:
            tracemalloc.stop()
        assert more - full < full / 4
        assert [(await anext(unread)).duration_ms for _ in range(500)] == list(range(500))
        with pytest.raises(EventsLost, match="1500 events"):
            await anext(unread)

    play(test)
