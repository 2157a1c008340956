"""The call centre of a scenario: what is asked of Warmline, what it says and records, and what is configured."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from simulation.call_centre import call_records, command_requests
from simulation.call_centre.call_records import CallRecording, Row
from warmline.core.model.call_states import State
from warmline.core.model.callback import USERONLY, Callback
from warmline.core.model.commands import Kind
from warmline.store.configuration import config
from warmline.store.leads import callbacks
from warmline.store.reports.call_story import CallStory

T = TypeVar("T")

WITHIN = 5.0  # seconds until what has to come must have come


class Party:
    """Somebody on the line: the agent, a customer, a third. `name`: the agent's user, or the number."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


class CallCentre(ABC):
    """One call centre with the demo configuration; `database` is its file, `patience` in seconds."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.patience = WITHIN
        self._changed: list[tuple[str, str, dict[str, str]]] = []

    # -- what is asked of Warmline, and what it says --

    async def ask(
        self, kind: Kind, agent: Party, number: str = "", status: str = "", ingroup: str = "", keys: str = ""
    ) -> str:
        """Give a command by the agent API; "" when that says SUCCESS, else its reason.

        With an in-group, a dialling command is consultative.
        """
        query = command_requests.query(kind, agent.name, number, ingroup, status or keys)
        return command_requests.reason(await self.api(**query), query["function"])

    async def order(self, kind: Kind, customer: Party, **given: str) -> str:
        """Give a command to a customer's call by the JSON API; "" when it has been done, else why not."""
        call = next(call["id"] for call in await self.live("calls") if call["customer"] == customer.name)
        return await self.json(kind, call, **given)

    @abstractmethod
    async def own(self, kind: Kind, agent: Party, **given: str) -> str:
        """Give a command in the agent's name by the JSON API; "" when it has been done, else why not."""

    @abstractmethod
    async def json(self, kind: Kind, call: str, **given: str) -> str:
        """Why the JSON API refuses this command to the call, or ""."""

    @abstractmethod
    async def api(self, **query: str) -> str:
        """The agent API's answer, one line."""

    @abstractmethod
    async def live(self, what: str) -> list[Row]:
        """The app's own list of live `calls` or `agents`."""

    async def promise(self, agent: Party, seconds: int, comments: str) -> str:
        """A disposition by the agent API that promises the agent's own callback in so many seconds; "" or why not."""
        at = datetime.fromtimestamp(self.clock() // 1_000_000 + seconds, UTC)
        promised = {"callback_datetime": f"{at:%Y-%m-%d %H:%M:%S}", "callback_type": USERONLY}
        asked = {"function": "external_status", "agent_user": agent.name, "value": "CALLBK"}
        return command_requests.reason(
            await self.api(**asked, **promised, callback_comments=comments), "external_status"
        )

    async def callback(self, customer: Party, state: str) -> Callback:
        """Await that the customer is to be called back, or has been, in this state."""

        async def find() -> Callback | None:
            found = callbacks.listed(self.database, self.clock(), state=state)
            return next((one for one in found if one.number == customer.name), None)

        return await self.until(find, f"a callback of {customer} is to be {state}")

    @abstractmethod
    def clock(self) -> int:
        """Warmline's clock, microseconds UTC."""

    @abstractmethod
    async def call_back(self, agent: Party, wanted: Callback) -> str:
        """The agent dials whom he is to call back, by the JSON API; "" when that has begun, else why not."""

    async def call_state(self, customer: Party) -> str | None:
        """The state of his call, None if it is over."""
        return next((call["state"] for call in await self.live("calls") if call["customer"] == customer.name), None)

    async def call_is(self, customer: Party, state: State) -> None:
        """His call comes to be in this state."""
        await self._comes_to_be(f"the call of {customer}", self.call_state, customer, (state,))

    async def agent_state(self, agent: Party) -> str | None:
        """The agent's state as people read it, with his pause code if he has one; None if not logged in."""
        agents = (one for one in await self.live("agents") if one["user"] == agent.name)
        return next((f"{one['state']} {one['pause_code']}".strip() for one in agents), None)

    async def agent_is(self, agent: Party, *states: str) -> None:
        """The agent comes to be in one of these states."""
        await self._comes_to_be(f"agent {agent}", self.agent_state, agent, states)

    async def _comes_to_be(
        self, what: str, state: Callable[[Party], Awaitable[str | None]], party: Party, wanted: tuple[str, ...]
    ) -> None:
        seen: dict[str | None, None] = {}

        async def find() -> bool | None:
            seen[now := await state(party)] = None
            return now in wanted or None

        await self.until(find, f"{what} is to be {' or '.join(wanted)}, was", seen)

    # -- what stays of it --

    async def story(self, customer: Party) -> CallStory:
        """All that is recorded of his call so far."""

        async def find() -> CallStory | None:
            return call_records.find(self.database, customer.name)

        return await self.until(find, f"a record of the call of {customer}")

    async def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """What the database says once all is in it that has happened until now."""
        await self.written()
        return call_records.rows(self.database, sql, *values)

    @abstractmethod
    async def written(self) -> None:
        """Return once all that has happened until now is on disk: an answer does not always wait for a slow one."""

    async def receipt(self, customer: Party, kind: Kind) -> Row:
        """The last command of this kind that was given in his call, once it has come to an end."""
        await self.written()  # or it is an older one of this kind

        async def find() -> Row | None:
            told = call_records.find(self.database, customer.name)
            return call_records.last_receipt(told, kind) if told else None

        return await self.until(find, f"receipt of {kind}")

    async def ended(self, customer: Party) -> CallStory:
        """All that is recorded of his call, once it is over and its recordings are measured."""

        async def find() -> CallStory | None:
            told = call_records.find(self.database, customer.name)
            over = told and told.call and told.call["ended"] and all(r["status"] != "running" for r in told.recordings)
            return told if over else None

        return await self.until(find, f"end of the call of {customer}")

    async def fallback(self, customer: Party) -> Row:
        """The note of a call that the fallback took, once it is in the audit."""

        async def find() -> Row | None:
            told = call_records.find(self.database, customer.name)
            return told.fallback if told else None

        return await self.until(find, f"fallback of {customer}")

    async def tapes(self, customer: Party, *parties: Party) -> list[CallRecording]:
        """The recordings of his call, once it is over, and which of the parties are heard on each."""
        return [self.listen_to(row, parties) for row in (await self.ended(customer)).recordings]

    @abstractmethod
    def listen_to(self, row: Row, parties: tuple[Party, ...]) -> CallRecording:
        """Play a recording."""

    async def nothing_left(self) -> None:
        """No call is left, no channel but those of agents in their seats, no bridge and no recording."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            found = [*await self.leftovers(), *call_records.still_open(self.database)]
            seen.update(dict.fromkeys(found))
            return not found or None

        await self.until(find, "nothing is to be left, there was", seen)

    @abstractmethod
    async def leftovers(self) -> list[str]:
        """What is there now and belongs to no agent in his seat: asked of the app and of Asterisk."""

    # -- what an administrator does --

    async def configure(self, kind: str, name: str, **options: str) -> None:
        """Change options as the command line does; returns when they are in force. The end of the world undoes it."""
        before = config.show(self.database, kind, name)
        self._changed.append((kind, name, {option: _typed(before[option]) for option in options}))
        await self._change(kind, name, options)

    async def unconfigure(self) -> None:
        """Take back every change, the last one first."""
        while self._changed:
            await self._change(*self._changed.pop())

    async def _change(self, kind: str, name: str, options: Mapping[str, str]) -> None:
        if config.set_options(self.database, kind, name, options, who="test"):
            await self.in_force()

    @abstractmethod
    async def in_force(self) -> None:
        """Return once the app has the configuration as it is now."""

    @abstractmethod
    async def kill_app(self) -> None:
        """The app is gone, between any two instructions."""

    @abstractmethod
    async def start_app(self) -> None:
        """The app runs again."""

    @abstractmethod
    async def kill_asterisk(self) -> None:
        """Asterisk is gone, and with it everybody's line."""

    @abstractmethod
    async def stop_asterisk(self) -> None:
        """Asterisk is told to end: it hangs everybody up first."""

    @abstractmethod
    async def start_asterisk(self) -> None:
        """Another Asterisk runs in its place."""

    @abstractmethod
    def stuck_app(self) -> AbstractAsyncContextManager[None]:
        """While in here, the app is there and does nothing at all; what happens meanwhile it learns afterwards."""

    # -- time --

    async def until(
        self, find: Callable[[], Awaitable[T | None]], what: str, seen: Mapping[Any, None] | None = None
    ) -> T:
        """Await that `find` gives something. Fails naming what was awaited, and what was `seen` instead."""
        limit = self.now() + self.patience
        while (found := await find()) is None:
            assert self.now() < limit, f"{what} {list(seen or '')}, for {self.patience:g} s"
            await self.moment()
        return found

    @abstractmethod
    def now(self) -> float:
        """Seconds; only differences mean something."""

    @abstractmethod
    async def moment(self) -> None:
        """Let a little time pass before looking again."""


def _typed(value: Any) -> str:
    """A value as it would be typed after `option=`."""
    return ",".join(value) if isinstance(value, list | tuple) else "" if value is None else str(value)
