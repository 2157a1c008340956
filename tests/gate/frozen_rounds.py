"""Rounds in which the app that leads is frozen, replaced by an app with a copy of its database, and woken.

The frozen app finds a caller in its event stream when it wakes. A relay behind the gate notes each piece that goes to
ARI with its epoch.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import web

from ari_app.gate.gate import Gate
from tests.asterisk.fake import FakeAri, says, served
from tests.gate.app_trees import AppTree
from tests.gate.gate_site import PASSWORD, USER, running, settings_of
from tests.gate.recording_relay import RecordingRelay, recording

APP = "warmline"
READY = "/ari/events/user/warmline-beat"  # the last request before the app takes events
LISTS = ("GET /channels", "GET /bridges", "GET /recordings/live", "GET /endpoints", "GET /deviceStates")


class TakingAri(FakeAri):
    """Replaces the earlier client of the app's application, as Asterisk does."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: list[tuple[web.WebSocketResponse, web.Request]] = []

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        if request.query["app"] != APP:
            return await super()._listen(request)
        if self.streams and not (earlier := self.streams[-1][0]).closed:
            await earlier.send_json({"type": "ApplicationReplaced", "application": APP})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.streams.append((socket, request))
        async for _ in socket:
            pass
        return socket

    async def send(self, event: dict[str, Any]) -> None:
        """Send an event to the app that has the application."""
        if self.streams and not self.streams[-1][0].closed:
            await self.streams[-1][0].send_json(event)

    def give_up(self) -> None:
        """Break the current event stream."""
        if transport := self.streams[-1][1].transport:
            transport.abort()


class Findings(NamedTuple):
    """The pieces of older epochs that reached ARI, the rounds, and the rounds in which the new app lost its place."""

    rounds: int
    late: list[tuple[int, str]]
    replaced: int


class Stage(NamedTuple):
    """A simulated ARI with what goes to it; `url` is for apps."""

    fake: TakingAri
    relay: RecordingRelay
    url: str


@asynccontextmanager
async def stage(folder: Path, *, gated: bool = True) -> AsyncIterator[Stage]:
    """Provide a simulated ARI, with a gate before it or, as a control, without."""
    made = TakingAri()
    async with served(made):
        for line in LISTS:
            made.replies[line] = says([])
        async with recording(made.url) as relay:
            behind = f"http://127.0.0.1:{relay.port}/ari"
            if not gated:
                yield Stage(made, relay, behind)
                return
            async with running(lambda: Gate(settings_of(folder, behind))) as gate:
                yield Stage(made, relay, gate.url)


async def rounds(folder: Path, db: Path, count: int, seed: int, *, gated: bool = True) -> Findings:
    """Play this many rounds, and return what reached ARI too late."""
    draw = random.Random(seed)  # noqa: S311 - it is no secret
    replaced = 0
    async with stage(folder, gated=gated) as site:
        leader = AppTree(folder / "app-0", db, site.url, (USER, PASSWORD))
        try:
            await _leads(site, leader, 1)
            for number in range(1, count + 1):
                leader, lost = await _round(site, leader, number, draw, gated=gated)
                replaced += lost
        finally:
            await leader.end()
        return Findings(count, site.relay.late(), replaced)


async def _round(site: Stage, old: AppTree, number: int, draw: random.Random, *, gated: bool) -> tuple[AppTree, bool]:
    """Replace the leader; return the new one, and whether it lost its place."""
    old.freeze()
    sent = asyncio.create_task(site.fake.send(caller(f"L{number}")))
    if number % 2:  # Asterisk gives the socket of a client up that reads nothing
        site.fake.give_up()
    new = AppTree(old.folder.with_name(f"app-{number}"), old.db, site.url, (USER, PASSWORD))
    try:
        await _leads(site, new, number + 1)
        await asyncio.sleep(draw.uniform(0.0, 0.5))
        stream, _ = site.fake.streams[-1]
        old.wake()
        if gated:
            await old.until("stands down")
        else:
            await asyncio.sleep(3.0)
        sent.cancel()
        return new, stream is not site.fake.streams[-1][0] or stream.closed
    except BaseException:
        await new.end()
        raise
    finally:
        await old.end()


async def _leads(site: Stage, tree: AppTree, epoch: int) -> None:
    await tree.until(f"this app leads with epoch {epoch}")
    await site.relay.until(epoch, READY)
    await tree.until("connected to Asterisk, application warmline")


def caller(leg: str) -> dict[str, Any]:
    """Return the event of a caller who arrives."""
    channel = {
        "id": leg,
        "name": f"PJSIP/trunk-{leg}",
        "state": "Ring",
        "caller": {"name": "", "number": "15551234567"},
        "connected": {"name": "", "number": ""},
        "dialplan": {"context": "warmline-from-trunk", "exten": "800", "priority": 1},
        "creationtime": "2026-11-20T10:00:00.000+0000",
        "channelvars": {"WARMLINE_CALL": f"CALL{leg}"},
    }
    return {
        "type": "StasisStart",
        "application": APP,
        "timestamp": "2026-11-20T10:00:00.000+0000",
        "args": ["ingroup", "NOGROUP"],
        "channel": channel,
    }
