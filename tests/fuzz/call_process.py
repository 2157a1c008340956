"""The call process's end of its socket, on a simulated Asterisk: for entry points behind the socket."""

import asyncio
import os
from collections.abc import Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.checked_phones import CheckedPhones
from ari_app.calls.turn_credentials import TurnCredentials
from ari_app.http.server.bearer_tokens import TokenAuthentication
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.link import unix_sockets
from ari_app.link.call_control import Orphans
from ari_app.link.call_requests import CallAnswers, CallRequests
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.command_rights import Client
from ari_app.link.idempotency import IdempotentCommands
from ari_app.link.phone_requests import CallProcessPhones
from ari_app.link.record_feed import RecordFeed
from ari_app.link.remote_calls import RemoteCalls
from ari_app.link.requests import Handler, served
from ari_app.process.dial_stop_requests import DialStops
from ari_app.records.agent_api_tickets import AgentApiTickets, TicketMaker
from ari_app.records.checked_clients import CheckedClients
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.record_writes import RecordThreads
from ari_app.records.recording_audio import AudioThreads
from ari_app.records.session_writes import SessionThreads
from tests.fuzz.dial_oracle import DENIED, judge
from tests.http.core_call_control import CoreBoard
from tests.link.sent_requests import record_handlers
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.engine.engine import Input
from warmline.core.messages import actions as do
from warmline.core.messages.events import Event
from warmline.core.world.turn import Turn
from warmline.store.journal import receipt_lookup
from warmline.store.journal.journal_codec import entry_of
from warmline.store.journal.storage_state import GOOD

T = TypeVar("T")


class FollowedDriver(RecordedDriver):
    """The core, which tells other processes of each turn."""

    source: RecordFeed | None = None

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        written = entry_of(entry, turn, base)
        frames = self.source.prepared([written]) if self.source and written else None
        super().record(entry, turn, base)
        if frames:
            frames.committed()


class CallProcess:
    """Agent 1000 is logged in. The socket is in the folder of the database."""

    def __init__(self, database: Path) -> None:
        self.folder = database.parent
        self.path = str(self.folder / "calls-api")
        self.driver = FollowedDriver(database)
        self.driver.source = feed = RecordFeed(lambda: self.driver.world, self.driver.last_row)
        self.driver.configure("campaigns", "TESTCAMP", dial_deny=DENIED)
        self.driver.log_in("1000")
        self.board = CoreBoard(self.driver)
        self.loop = uvloop.new_event_loop()
        self.lost: list[str] = []
        self.loop.set_exception_handler(lambda _loop, context: self.lost.append(str(context)))
        self._server = CallServer(feed, lambda: (True, 7, {}, GOOD))
        self._judged = 0
        find = partial(receipt_lookup.find_by_key, database)
        once = IdempotentCommands(self.board, lambda by, key: asyncio.to_thread(find, by, key))
        db = str(database)
        records, audio, privileged = RecordThreads(db), AudioThreads(str(self.folder), db), PrivilegedThread(db)
        sessions, tickets = SessionThreads(db), AgentApiTickets(db)
        askers = TokenAuthentication("", db, RateLimit(0), RateLimit(0), threads := WorkerThreads())
        self._threads = records, audio, privileged, sessions, tickets, threads
        stops = DialStops(str(self.folder), db)

        async def client(token: str) -> Client | None:
            return await tickets.holder(token) or await askers.holder(token)

        checked = CheckedClients(client, _conversation, lambda: self.driver.world, db, str(self.folder))
        answers = CallAnswers(once, checked, _orphans, _conversation, lambda: b"warmline_calls 1\n", stops)
        own = BrowserPhones(self._post), TurnCredentials("secret"), "secret"
        phones = CheckedPhones(*own, db, str(self.folder))
        handlers: Mapping[str, Handler] = {
            **served(CallRequests)(answers),
            **record_handlers(records, audio, privileged, sessions),
            **served(TicketMaker)(tickets),
            **served(CallProcessPhones)(phones),
        }
        role = SocketRole("api", lambda uid: uid == os.getuid(), handlers, follows=True)
        serving = self._server.serve(role, unix_sockets.bind(self.path, 0o600))
        self.running = [self.loop.create_task(one) for one in (self._server.send_heartbeats(), serving)]
        self.do(asyncio.sleep(0))  # their first step is to listen

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a function on its loop."""
        return self.loop.run_until_complete(work)

    def check(self) -> None:
        """Check that it runs, and that it dialled no forbidden number. Raises AssertionError, ForbiddenDial."""
        for action in self.driver.asked[self._judged :]:
            if isinstance(action, do.CreateChannel):
                judge(action, self.driver.world.rules)
        self._judged = len(self.driver.asked)
        lost, self.lost = self.lost, []
        assert not lost, lost
        assert not any(task.done() for task in self.running), self.running

    def _post(self, event: Event) -> None:
        self.driver.feed(event)

    def close(self) -> None:
        """End it."""
        for task in self.running:
            task.cancel()
        self.do(asyncio.wait(self.running))
        for one in self._threads:
            one.close()
        self.do(self.loop.shutdown_default_executor())
        self.loop.close()
        self.driver.close()


async def connected(path: str) -> tuple[RemoteCalls, "asyncio.Task[None]"]:
    """Return a well-behaved API process's end of the socket, and the task that keeps it connected."""
    calls = RemoteCalls(path, "good")
    running = asyncio.create_task(calls.link.run())
    await calls.link.up()
    return calls, running


async def _orphans() -> Orphans:
    return Orphans((), ())


async def _conversation(channel: str) -> str:
    return f"channel {channel} does not exist"
