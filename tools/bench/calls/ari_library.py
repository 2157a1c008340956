"""Measures what an event and a request of an ARI script cost, beside a script of aiohttp by hand and one of asyncari.

A program on loopback plays the same events to each, and answers the same requests. Each side takes as many turns, in
pairs whose order alternates. The figures are the time and the processor time of the script's process. The goal compares
the median of the pairs' ratios. asyncari takes part if it can be imported; Warmline does not depend on it.
"""

import asyncio
import gc
import itertools
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from math import comb
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import aiohttp
from aiohttp import web

from lab import asterisk
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from tools.simulation.asterisk import websocket_frames
from warmline.ari import connect, events
from warmline.ari.client.ari_event_stream import BEAT
from warmline.system import settings
from warmline.system.asterisk_requirements import MODULES

COUNT = 40  # pairs of turns
RATIO = 1.2
CALLS = 400  # of a turn, with the events of KINDS each
REQUESTS = 200  # of a turn, one after the other
PIECE = 100  # events that are sent at once
STARTED = "2026-11-20T10:00:00.000+0000"
HOST = "127.0.0.1"
KINDS = (
    "StasisStart",
    "ChannelStateChange",
    "ChannelDialplan",
    "PlaybackStarted",
    "ChannelDtmfReceived",
    "PlaybackFinished",
    "ChannelHold",
    "ChannelUnhold",
    "StasisEnd",
    "ChannelDestroyed",
)


class Cost(NamedTuple):
    """Microseconds of the clock and of the processor, for each event or request of a turn."""

    clock: float
    processor: float


class Side(NamedTuple):
    """A script. `read` returns when that many events have been read, with their types; `ask` sends a request."""

    read: Callable[[int], Any]
    ask: Callable[[], Any]


async def measure(count: int, step: Step) -> BenchResult:
    """Let each side take `count` turns. Raises CannotMeasureError."""
    took: dict[str, list[tuple[Cost, Cost]]] = {}
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(_served())
        http = await stack.enter_async_context(aiohttp.ClientSession())
        sides = {"warmline": await stack.enter_async_context(_warmline(url))}
        sides["bare"] = await stack.enter_async_context(_bare(url))
        if find_spec("asyncari"):
            sides["asyncari"] = await stack.enter_async_context(_asyncari(url))
        else:
            print("asyncari cannot be imported: it takes no part", file=sys.stderr)
        for number in range(count + 1):
            for name in list(sides) if number % 2 else reversed(sides):
                cost = await _turn(sides[name], http, url, name)
                if number:  # the first round is a warm-up
                    took.setdefault(name, []).append(cost)
            if number:
                step()
    return BenchResult("ari", "aiohttp by hand", judge(took))


def judge(took: dict[str, list[tuple[Cost, Cost]]]) -> list[ResultRow]:
    """Return a row for each figure; those beside asyncari have no goal."""
    rows = []
    for other in [name for name in ("bare", "asyncari") if name in took]:
        beside = "" if other == "bare" else f", beside {other}"
        for place, what in enumerate(("an event", "a request")):
            for field, said in (("processor", "processor time"), ("clock", "time")):
                ours, theirs = ([getattr(one[place], field) for one in took[name]] for name in ("warmline", other))
                ratio, low, high = interval([mine / its for mine, its in zip(ours, theirs, strict=True)])
                figures = {"median": median(ours), "ratio": ratio, "ratio from": low, "ratio to": high}
                baseline: Figures = {"median": median(theirs), "ratio": 1.0, "ratio from": 1.0, "ratio to": 1.0}
                goal, met = ("", None) if beside else (f"{RATIO} or less", ratio <= RATIO)
                text = f"{said} of {what}{beside}; ratio {ratio:.2f} ({low:.2f} to {high:.2f})"
                rows.append(ResultRow(text, "µs", figures, baseline, goal, met))
    return rows


def interval(values: list[float]) -> tuple[float, float, float]:
    """Return the median, and the ends of an interval that has the true median in 95 % of cases.

    The ends are values by their ranks, from the binomial distribution; of fewer than six values, the outermost.
    """
    ordered, number = sorted(values), len(values)
    outside, rank = 0.0, 0
    while rank < number // 2 and (outside := outside + comb(number, rank) / 2**number) <= 0.025:
        rank += 1
    rank = max(0, rank - 1)
    return median(ordered), ordered[rank], ordered[-1 - rank]


async def _turn(side: Side, http: aiohttp.ClientSession, url: str, app: str) -> tuple[Cost, Cost]:
    """Let a script read the events of a turn, then send its requests."""
    number = CALLS * len(KINDS)
    gc.collect()  # the garbage of another side is not this one's work
    begun = time.perf_counter(), time.process_time()
    reading = asyncio.create_task(side.read(number))
    async with http.post(f"{url}/play", params={"app": f"script-{app}"}) as response:
        await response.read()
    seen: Counter[str] = await reading
    ended = time.perf_counter(), time.process_time()
    if seen != Counter(dict.fromkeys(KINDS, CALLS)):
        raise CannotMeasureError(f"{app} has read {dict(seen)}")
    event = _cost(begun, ended, number)
    begun = time.perf_counter(), time.process_time()
    for _ in range(REQUESTS):
        await side.ask()
    return event, _cost(begun, (time.perf_counter(), time.process_time()), REQUESTS)


def _cost(begun: tuple[float, float], ended: tuple[float, float], number: int) -> Cost:
    clock, processor = ((end - start) * 1e6 / number for start, end in zip(begun, ended, strict=True))
    return Cost(clock, processor)


# -- the scripts --


@asynccontextmanager
async def _bare(url: str) -> AsyncIterator[Side]:
    login = {"Authorization": aiohttp.encode_basic_auth("bench", "bench")}
    async with (
        aiohttp.ClientSession(headers=login) as session,
        session.ws_connect(f"{url}/events", params={"app": "script-bare"}) as socket,
    ):

        async def read(number: int) -> Counter[str]:
            seen: Counter[str] = Counter()
            async for message in socket:
                event = json.loads(message.data)
                seen[event["type"]] += 1
                if event["type"] == "ChannelDestroyed" and seen.total() == number:
                    break
            return seen

        async def ask() -> None:
            async with session.get(f"{url}/channels/one") as response:
                data = await response.read()
            if response.status >= 400 or json.loads(data)["id"] != "one":
                raise CannotMeasureError(f"the answer is {data!r}")

        yield Side(read, ask)


@asynccontextmanager
async def _warmline(url: str) -> AsyncIterator[Side]:
    with tempfile.TemporaryDirectory() as spool:
        given = {"ARI_URL": url, "ARI_USER": "bench", "ARI_PASSWORD": "bench", "SPOOL": spool}
        known = settings.load_with_secrets({f"WARMLINE_{name}": value for name, value in given.items()})
        async with connect("warmline", known) as ari:
            all_events = ari.events(events.Event)

            async def read(number: int) -> Counter[str]:
                seen: Counter[str] = Counter()
                async for event in all_events:
                    seen[type(event).__name__] += 1
                    if isinstance(event, events.ChannelDestroyed) and seen.total() == number:
                        break
                return seen

            async def ask() -> None:
                answer = await ari.request("GET", "channels", "one")
                if answer["id"] != "one":
                    raise CannotMeasureError(f"the answer is {answer!r}")

            yield Side(read, ask)


@asynccontextmanager
async def _asyncari(url: str) -> AsyncIterator[Side]:
    library: Any = import_module("asyncari")
    logging.getLogger("asyncari").setLevel(logging.ERROR)  # its warnings about types of events would cost it more
    async with library.connect(url.removesuffix("ari"), "script-asyncari", "bench", "bench") as client:
        all_events = aiter(client)

        async def read(number: int) -> Counter[str]:
            seen: Counter[str] = Counter()
            async for event in all_events:
                seen[event.type] += 1
                if event.type == "ChannelDestroyed" and seen.total() == number:
                    break
            return seen

        async def ask() -> None:
            answer = await client.channels.get(channelId="one")
            if answer.id != "one":
                raise CannotMeasureError(f"the answer is {answer!r}")

        yield Side(read, ask)


# -- the program that plays Asterisk --


@asynccontextmanager
async def _served() -> AsyncIterator[str]:
    """Start the program, and yield its address of ARI. Raises CannotMeasureError."""
    running = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, stdout=subprocess.PIPE)
    try:
        assert running.stdout
        if not (port := (await running.stdout.readline()).decode().strip()):
            raise CannotMeasureError("the program that plays Asterisk has ended")
        yield f"http://{HOST}:{port}/ari"
    finally:
        running.terminate()
        await running.wait()


class PlayedAsterisk:
    """Answers as Asterisk does, as far as the scripts ask, and sends the events of a turn at the request `play`."""

    def __init__(self) -> None:
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._lines: dict[str, asyncio.Transport] = {}  # below the sockets: a frame each would be the slower side
        self._turns = itertools.count()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/ari/")
        match request.method, path.split("/"):
            case "GET", ["events"]:
                return await self._listen(request)
            case "POST", ["events", "user", name] if name == BEAT:
                await self._sockets[request.query["application"]].send_json(
                    {"type": "ChannelUserevent", "eventname": BEAT}
                )
            case "POST", ["play"]:
                await self._play(request.query["app"])
            case "GET", ["channels", name]:
                return web.json_response(_channel(name, ""))
            case "GET", ["channels" | "bridges"]:
                return web.json_response([])
            case "GET", ["asterisk", "info"]:
                return web.json_response({"system": {"version": "22.10.1"}, "status": {"startup_time": STARTED}})
            case "GET", ["asterisk", "modules"]:
                return web.json_response([{"name": name, "status": "Running"} for name in MODULES])
            case "GET", ["api-docs", name]:
                return web.json_response(text=_description(name, f"http://{request.host}/ari"))
        return web.Response(status=204)

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        self._sockets[request.query["app"]] = socket
        self._lines[request.query["app"]] = request.transport
        async for message in socket:
            await socket.send_json(_answer(json.loads(message.data)))
        return socket

    async def _play(self, app: str) -> None:
        turn = next(self._turns)
        frames = [
            websocket_frames.text(json.dumps(_event(kind, f"{turn}.{call}", app)).encode())
            for call in range(CALLS)
            for kind in KINDS
        ]
        for at in range(0, len(frames), PIECE):
            self._lines[app].write(b"".join(frames[at : at + PIECE]))
            await asyncio.sleep(0)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request over the event stream. The scripts read one channel there."""
    found = json.dumps(_channel(asked["uri"].rpartition("/")[2], ""))
    names = {name: asked[name] for name in ("transaction_id", "request_id", "uri")}
    ok = {"status_code": 200, "reason_phrase": "OK", "content_type": "application/json", "message_body": found}
    return {"type": "RESTResponse", **names, **ok}


def _channel(name: str, app: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": f"PJSIP/trunk-{name}",
        "state": "Up",
        "protocol_id": "3a21bb1c6d6b4f0f9d3e5c7a",
        "caller": {"name": "", "number": "8005550100"},
        "connected": {"name": "", "number": ""},
        "accountcode": "",
        "dialplan": {"context": "trunk", "exten": "s", "priority": 1, "app_name": "Stasis", "app_data": app},
        "creationtime": STARTED,
        "language": "en",
    }


def _event(kind: str, call: str, app: str) -> dict[str, Any]:
    own: dict[str, Any] = {"channel": _channel(call, app)}
    if kind.startswith("Playback"):
        own = {"playback": {"id": call, "media_uri": "sound:beep", "target_uri": f"channel:{call}", "state": "done"}}
    more: dict[str, dict[str, Any]] = {
        "StasisStart": {"args": []},
        "ChannelDialplan": {"dialplan_app": "Stasis", "dialplan_app_data": app},
        "ChannelDtmfReceived": {"digit": "1", "duration_ms": 100},
        "ChannelDestroyed": {"cause": 16, "cause_txt": "Normal Clearing"},
    }
    own |= more.get(kind, {})
    return {"type": kind, "timestamp": STARTED, **own, "asterisk_id": "02:00:00:00:00:01", "application": app}


def _description(name: str, url: str) -> str:
    """Return a part of Asterisk's own description of ARI, which asyncari reads."""
    found = asterisk.find()
    text = (found.data / "rest-api" / Path(name).name).read_text() if found else "{}"
    return text.replace("http://localhost:8088/ari", url)


async def _serve() -> None:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", PlayedAsterisk().answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
