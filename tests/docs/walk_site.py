"""The whole app on the simulated Asterisk: the AGI script, HTTP, ARI and the journal are the product's own.

ARI's requests go to a server that accepts each of them. The simulated Asterisk performs the core's requests, and its
events return as ARI's JSON. One thing happens at a time, so the files run in the same order at each run.
"""

import asyncio
import os
import re
import runpy
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest
from aiohttp import web

from ari_app.api_process import ApiProcess
from ari_app.app import App
from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.background.metrics import Metrics
from ari_app.calls import no_audio_repair
from ari_app.link import call_client, call_server
from ari_app.link.call_client import CallLink
from ari_app.link.call_server import CallServer
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.servers import asterisk_server
from ari_app.servers.asterisk_server import Server
from ari_app.switchboard import turn_commit
from ari_app.switchboard.switchboard import Switchboard
from tests.asterisk import fake
from tests.asterisk.fake import FakeAri, says
from tests.docs.file_trace import PROJECT
from tests.free_port import free_port
from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.world.world import World
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system import settings

T = TypeVar("T")

ELSEWHERE = (do.Reply, do.MeasureRecording, do.ConvertRecording, do.SendWebhook, do.SendDtmf)
LOOK_UPS = (do.FindLead, FindDialFacts)
LIMIT = 30.0  # seconds that one step may take on a busy machine
REPLIES = 50  # of Asterisk's to an AGI script's commands; it sends fewer
CALM = 20  # turns of the event loop
PAUSE = 0.002  # seconds in which threads of low priority, which are traced, get Python's lock
NEEDED = (Switchboard, Server, CallServer, CallLink)  # classes with tasks that a call needs
KEPT = tuple(one.__name__ for one in NEEDED)


class ConsentingAri(FakeAri):
    """Answers requests over the event stream too."""

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for text in socket:
            asked = text.json()["request_id"]
            await socket.send_json({"type": "RESTResponse", "request_id": asked, "status_code": 204})
        return socket


class PromptJournal(JournalWriter):
    """Writes its input before anything else happens."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.given: list[asyncio.Future[Any]] = []  # futures that other tasks wait for
        self._done = threading.Event()

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        self._done.clear()
        future = super().record(entries)
        if entries:
            assert self._done.wait(LIMIT)
        return future

    def do(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        self._done.clear()
        future = super().do(work)
        self.given.append(future)
        assert self._done.wait(LIMIT)
        return future

    def _write(self, batch: list[Any]) -> None:
        super()._write(batch)
        self._done.set()


class WalkSite:
    """`asked` has the core's actions in order; `variables` are those of the next channel."""

    def __init__(self, app: App, journal: PromptJournal, ari: FakeAri, url: str) -> None:
        self.asterisk = SimulatedAsterisk(far_ends={"8500": [(0.0, "up")]})
        self.asked: list[do.Action] = []
        self.variables: dict[str, str] = {}
        self.waits = False  # whether the switchboard waits for an event
        self._app, self._journal, self._ari, self._url = app, journal, ari, url
        self._todo: list[do.Action] = []
        self._heard = asyncio.Event()
        self._answer: asyncio.Task[str] | None = None

    @property
    def world(self) -> World:
        """Return the state of the app."""
        return self._app._board.world

    def perform(self, action: do.Action) -> None:
        """Record the core's actions; Asterisk performs them when the requests have been answered."""
        self.asked.append(action)
        if not isinstance(action, (*ELSEWHERE, *LOOK_UPS)):
            self._todo.append(action)

    def heard(self) -> None:
        """Note that the app has handled an event."""
        self._heard.set()

    async def come_in(self, channel: str, *args: str) -> None:
        """Let a channel enter Stasis with these arguments, and run all that follows."""
        self.asterisk.come_in(channel, *args)
        await self.quiet()

    async def wait(self, seconds: float) -> None:
        """Let time pass at the far ends."""
        until = self.asterisk.now + int(seconds * SECOND)
        while self.asterisk.pass_time(until):
            await self.quiet()

    async def ask(self, **query: str) -> str:
        """Send one request to the agent API, and run all that follows."""
        fields = {"source": "test", "user": "6666", "pass": "1234"} | query
        async with aiohttp.ClientSession() as session:
            self._answer = asyncio.create_task(_text(session, f"{self._url}/agc/api.php", fields))
            async with asyncio.timeout(LIMIT):
                while not self._answer.done():
                    await self.quiet()
                    await asyncio.wait({self._answer}, timeout=PAUSE)
            await self.quiet()
            return self._answer.result()

    async def quiet(self) -> None:
        """Run everything that follows, one event after the other."""
        while True:
            await self._settled()
            if self._todo:
                done, self._todo = self._todo, []
                for action in done:
                    self.asterisk.perform(action)
                consent = ev.ActionDone | ev.BridgeDestroyed  # the app takes the answer to its request for it
                self.asterisk.out = [one for one in self.asterisk.out if not isinstance(one, consent)]
            elif self.asterisk.out:
                self._heard.clear()
                await self._ari.send(message(self.asterisk.out.pop(0), self.variables))
                async with asyncio.timeout(LIMIT):
                    await self._heard.wait()
            else:
                return

    async def _settled(self) -> None:
        """Wait until nothing in the app is under way, nor begins in the next turns of the event loop."""
        calm = 0
        async with asyncio.timeout(LIMIT):
            while calm < CALM:
                await asyncio.sleep(0)
                calm = 0 if self._is_busy() else calm + 1

    def _is_busy(self) -> bool:
        app = self._app
        answered = any(isinstance(action, do.Reply) for action in self.asked)
        return (
            bool(app._board._inputs or any(order._running for order in app._performer._orders.values()))
            or not self.waits
            or any(not future.done() for future in self._journal.given)
            or bool(self._answer and answered and not self._answer.done())
        )


async def _text(session: aiohttp.ClientSession, url: str, fields: dict[str, str]) -> str:
    async with session.get(url, params=fields) as response:
        return await response.text()


@asynccontextmanager
async def walk_site(database: Path, run: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WalkSite]:
    """The app with the demo configuration. Its periodic checks do not run."""
    begin, wait, hear = ActionPerformer.perform, Switchboard._wait_for_input, Server.hear

    def perform(self: ActionPerformer, lane: str, action: do.Action) -> None:
        site.perform(action)
        begin(self, lane, action)

    def heard(self: Server, text: str) -> None:
        hear(self, text)
        site.heard()

    async def wait_for_input(self: Switchboard) -> None:
        site.waits = True
        await wait(self)
        site.waits = False

    monkeypatch.setattr(fake, "FakeAri", ConsentingAri)
    monkeypatch.setattr(ActionPerformer, "perform", perform)
    monkeypatch.setattr(Switchboard, "_wait_for_input", wait_for_input)
    monkeypatch.setattr(Server, "hear", heard)
    monkeypatch.setattr(asterisk_server, "BEAT_EVERY", 3600.0)
    monkeypatch.setattr(call_server, "HEARTBEAT_EVERY", 3600.0)
    monkeypatch.setattr(call_client, "SILENT", 3600.0)
    monkeypatch.setattr(turn_commit, "COMMIT_WITHIN", LIMIT)
    monkeypatch.setattr(turn_commit, "SPILL_AFTER", LIMIT)
    monkeypatch.setattr(no_audio_repair, "BEGUN", 2 * LIMIT)
    async with AsyncExitStack() as stack:
        ari, _ = await stack.enter_async_context(fake.fake_ari())
        ari.replies |= {"GET /channels": says([]), "GET /bridges": says([])}
        port = free_port()
        (file := run / "settings.toml").write_text(f'db = "{database}"\nrun = "{run}"\nlisten_port = {port}\n')
        monkeypatch.setenv("WARMLINE_CONFIG", str(file))  # which the AGI script reads, too
        journal = PromptJournal(database)
        journal.open()
        stack.callback(journal.close)
        metrics = Metrics()
        client = AriClient(ari.url, "warmline", "secret", "warmline", metrics.ari_answered)
        clients = {client.server: await stack.enter_async_context(client)}
        app = App(settings.load(), journal, clients, metrics, SystemdNotifier({}))
        site = WalkSite(app, journal, ari, f"http://127.0.0.1:{port}")
        tasks = await app.start(stack)
        api = ApiProcess(settings.load(), SystemdNotifier({}), PassedSockets({}))
        tasks += await api.start(stack)
        for task in tasks:
            if not getattr(task.get_coro(), "__qualname__", "").startswith(KEPT):
                task.cancel()
        await app._known.wait()
        yield site
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def run_agi_script(name: str, *arguments: str, env: Mapping[str, str]) -> dict[str, str]:
    """Run a script of agi-bin as Asterisk does; the channel variables that it sets."""
    asked, reply = os.pipe()
    said = "".join(f"agi_{key}: {value}\n" for key, value in env.items()) + "\n" + "200 result=1\n" * REPLIES
    os.write(reply, said.encode())
    out, told = os.pipe()
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        open(asked) as stdin,
        open(told, "w") as stdout,
        open(out) as sent,
    ):
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stdout", stdout)
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        monkeypatch.setattr(sys, "path", [*sys.path])
        runpy.run_path(str(PROJECT / "agi-bin" / name))
        stdout.close()
        text = sent.read()
    os.close(reply)
    [pairs] = re.findall('^EXEC "MSet" "(.*)"$', text, re.MULTILINE)
    plain = (pair.split("=", 1) for pair in re.split(r"(?<!\\),", pairs.replace(r"\\", "\\")))
    return {name: value.replace("\\", "") for name, value in plain}


def message(event: ev.Event, variables: Mapping[str, str]) -> dict[str, Any]:
    """The event as ARI sends it."""
    match event:
        case ev.LegArrived(leg, args, number, dialled):
            channel = _channel(leg) | {"caller": {"number": number}, "channelvars": dict(variables)}
            return {"type": "StasisStart", "args": args, "channel": channel | {"dialplan": {"exten": dialled}}}
        case ev.LegJoined(leg, bridge):
            return {"type": "ChannelEnteredBridge", "channel": _channel(leg), "bridge": {"id": bridge}}
        case ev.LegLeft(leg, bridge):
            return {"type": "ChannelLeftBridge", "channel": _channel(leg), "bridge": {"id": bridge}}
        case ev.LegAnswered(leg):
            return {"type": "ChannelStateChange", "channel": _channel(leg) | {"state": "Up"}}
        case ev.PlayFinished(leg, _, play):
            return {"type": "PlaybackFinished", "playback": {"id": play, "target_uri": f"channel:{leg}"}}
        case ev.RecordingStarted(name):
            return {"type": "RecordingStarted", "recording": {"name": name}}
        case ev.RecordingFinished(name):
            return {"type": "RecordingFinished", "recording": {"name": name}}
        case ev.LegLeftStasis(leg):
            return {"type": "StasisEnd", "channel": _channel(leg)}
        case ev.LegDestroyed(leg, cause):
            return {"type": "ChannelDestroyed", "channel": _channel(leg), "cause": cause}
    raise AssertionError(f"no ARI event is known for {event}")


def _channel(leg: str) -> dict[str, Any]:
    return {"id": leg, "name": f"PJSIP/{leg}"}
