"""Plain calls in the simulated world: a caller, an agent whose line stays up, a beep, a disposition, the hang-up.

The real core, writer, feed and copy of the API process work beside the simulated Asterisk. Each action of the core also
makes its ARI requests, of a client that only counts them.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import msgspec

from ari_app.asterisk.action_requests import REQUESTS
from ari_app.link.messages import State
from ari_app.link.record_feed import RecordFeed
from ari_app.link.remote_calls import RemoteCalls
from lab import configure
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.ari.client.ari_client import AriClient
from warmline.core.engine.engine import Input
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.world.turn import Turn
from warmline.store.journal.journal_codec import entry_of
from warmline.store.journal.journal_entry import ChainHead, append, head
from warmline.system.socket_messages.frame import LENGTH

AGENTS = tuple(str(number) for number in range(2000, 2010))
NAMED = ("addChannel", "removeChannel", "answer", "silence", "play", "snoop", "moh", "variable", "continue", "record")

_read = msgspec.msgpack.Decoder[Any](State).decode


class CountingClient(AriClient):
    """Counts the requests of actions by kind, and sends none."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1/ari", "nobody", "", "warmline")
        self.requests: Counter[str] = Counter()

    async def request(self, method: str, *path: str, quick: bool = False, **_: Any) -> bytes:
        shape = "/".join(part if not place or part in NAMED else "*" for place, part in enumerate(path))
        self.requests[f"{method} {shape}, over {'the event stream' if quick else 'HTTP'}"] += 1
        return b"{}"


class CountedCalls(RecordedDriver):
    """Runs plain calls one after the other. Ten agents are logged in; each of them is READY before a call."""

    def __init__(self, database: Path) -> None:
        """Create it. Raises LabError."""
        options = {"campaign": "TESTCAMP", "ingroups": "SALESLINE", "phone_mode": "nailed_up"}
        phones: list[configure.Change] = [("phone", user, {}) for user in AGENTS]
        configure.fill(database, [*phones, *(("agent", user, {"phone": user, **options}) for user in AGENTS)])
        self.client = CountingClient()
        self.statements: Counter[str] = Counter()  # by their beginning
        self.copy = RemoteCalls("", "api")
        self._feed = RecordFeed(lambda: self.world, self.last_row)
        self._last = ChainHead(0, "", 0)
        super().__init__(database)
        self._last = head(self.journal)
        self._feed.follow(self._take)
        self.journal.set_trace_callback(self._count_statement)
        for user in AGENTS:
            self.log_in(user)
        self._calls = 0

    def plain_call(self) -> None:
        """Run one call until it has ended. Raises AssertionError if the story went otherwise."""
        self._calls += 1
        customer = self.customer("ingroup", "SALESLINE", name=f"cust{self._calls}")
        self.wait(0.2)
        agent = self.call_of(customer).agent
        assert agent and self.copy.world.sessions[agent].call  # the API process reads before it gives a command
        assert self.ask(Kind.STATUS, agent, status="SALE") == ""
        self.wait(0.3)
        self.hang_up(customer)
        self.wait(0.1)
        assert not self.world.calls and not self.asterisk.bridges

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        """Write the turn, and tell the copy of the API process, as the app does."""
        written = entry_of(entry, turn, base)
        entries = [written] if written else []
        frames = self._feed.prepared(entries)
        if written:
            self._last = append(self.journal, self._last, entries, self.rows)
        frames.committed()

    def last_row(self) -> int:
        return self._last.seq

    def perform(self, action: do.Action) -> None:
        if request := REQUESTS.get(type(action)):
            asyncio.run(_made(request(self.client, action)))
        super().perform(action)

    def _take(self, frames: bytes) -> None:
        while frames:
            end = LENGTH + int.from_bytes(frames[:LENGTH], "big")
            self.copy.take(_read(frames[LENGTH:end]))
            frames = frames[end:]

    def _count_statement(self, sql: str) -> None:
        words = sql.split()
        named = {"INSERT": 3, "UPDATE": 2, "DELETE": 3}.get(words[0], 1)
        self.statements[" ".join(words[:named])] += 1


async def _made(request: Awaitable[None]) -> None:
    await request
