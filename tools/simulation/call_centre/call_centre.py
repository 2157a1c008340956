"""The call centre of a scenario: commands to Warmline, its answers and records, and its configuration."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from tools.simulation.call_centre import call_records, command_requests
from tools.simulation.call_centre.call_records import CallRecording, Row
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import USERONLY, Callback
from warmline.core.model.call_states import State
from warmline.store.calls.call_story import CallStory
from warmline.store.configuration import config
from warmline.store.leads import callbacks

T = TypeVar("T")

WITHIN = 5.0  # seconds until awaited changes must have happened


class Party:
    """A party on the line: agent, customer or third party. `name` is the agent's user, or the number."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


class CallCentre(ABC):
    """One call centre with the demo configuration; `database` is its file, `patience` is in seconds."""

    def __init__(self, database: str | Path) -> None:
        self.database = database
        self.patience = WITHIN
        self._changed: list[tuple[str, str, dict[str, str]]] = []

    # -- commands to Warmline, and its answers --

    async def ask(
        self, kind: Kind, agent: Party, number: str = "", status: str = "", ingroup: str = "", keys: str = ""
    ) -> str:
        """Give a command by the agent API; return "" for SUCCESS, otherwise the reason.

        With an in-group, a dialling command is consultative.
        """
        query = command_requests.query(kind, agent.name, number, ingroup, status or keys)
        return command_requests.reason(await self.api(**query), query["function"])

    async def order(self, kind: Kind, customer: Party, **given: str) -> str:
        """Give a command to a customer's call by the JSON API; return "" when it is done, otherwise the reason."""
        return await self.json(kind, await self._call_id(customer), **given)

    @abstractmethod
    async def own(self, kind: Kind, agent: Party, **given: str) -> str:
        """Give an agent's command by the JSON API; return "" when it is done, otherwise the reason."""

    @abstractmethod
    async def json(self, kind: Kind, call: str, **given: str) -> str:
        """Return the reason why the JSON API refuses this command to the call, or ""."""

    @abstractmethod
    async def api(self, **query: str) -> str:
        """Return the agent API's answer, one line."""

    @abstractmethod
    async def live(self, what: str) -> list[Row]:
        """Return the app's list of live `calls` or `agents`."""

    @abstractmethod
    async def live_call(self, customer: Party) -> Row:
        """Return the customer's live call as the app shows it, with its legs and data."""

    async def _is_live(self, call: str) -> bool:
        return any(live_call["id"] == call for live_call in await self.live("calls"))

    async def _call_id(self, customer: Party) -> str:
        return str(next(call["id"] for call in await self.live("calls") if call["customer"] == customer.name))

    async def promise(self, agent: Party, seconds: int, comments: str) -> str:
        """Give a disposition that promises the agent's own callback in this many seconds; return "" or the reason."""
        at = datetime.fromtimestamp(self.clock() // 1_000_000 + seconds, UTC)
        promised = {"callback_datetime": f"{at:%Y-%m-%d %H:%M:%S}", "callback_type": USERONLY}
        asked = {"function": "external_status", "agent_user": agent.name, "value": "CALLBK"}
        return command_requests.reason(
            await self.api(**asked, **promised, callback_comments=comments), "external_status"
        )

    async def callback(self, customer: Party, state: str) -> Callback:
        """Wait for a callback to the customer in this state."""

        async def find() -> Callback | None:
            found = callbacks.listed(self.database, self.clock(), state=state)
            return next((one for one in found if one.number == customer.name), None)

        return await self.until(find, f"a callback of {customer} is to be {state}")

    @abstractmethod
    def clock(self) -> int:
        """Return Warmline's clock, microseconds UTC."""

    @abstractmethod
    async def call_back(self, agent: Party, wanted: Callback) -> str:
        """Let the agent dial a callback by the JSON API; return "" once dialling has begun, otherwise the reason."""

    async def call_state(self, customer: Party) -> str | None:
        """Return the state of the customer's call, None if it is over."""
        return next((call["state"] for call in await self.live("calls") if call["customer"] == customer.name), None)

    async def call_is(self, customer: Party, state: State) -> None:
        """Wait until the customer's call is in this state."""
        await self._comes_to_be(f"the call of {customer}", self.call_state, customer, (state,))

    async def agent_state(self, agent: Party) -> str | None:
        """Return the agent's state for people, with a pause code if there is one; None if not logged in."""
        agents = (one for one in await self.live("agents") if one["user"] == agent.name)
        return next((f"{one['state']} {one['pause_code']}".strip() for one in agents), None)

    async def agent_is(self, agent: Party, *states: str) -> None:
        """Wait until the agent is in one of these states."""
        await self._comes_to_be(f"agent {agent}", self.agent_state, agent, states)

    async def _comes_to_be(
        self, what: str, state: Callable[[Party], Awaitable[str | None]], party: Party, wanted: tuple[str, ...]
    ) -> None:
        seen: dict[str | None, None] = {}

        async def find() -> bool | None:
            seen[now := await state(party)] = None
            return now in wanted or None

        await self.until(find, f"{what} is to be {' or '.join(wanted)}, was", seen)

    # -- the records --

    async def story(self, customer: Party) -> CallStory:
        """Return all records of the customer's call so far."""

        async def find() -> CallStory | None:
            return call_records.find(self.database, customer.name)

        return await self.until(find, f"a record of the call of {customer}")

    async def rows(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Return rows of the database, once all changes until now are in it."""
        await self.written()
        return call_records.rows(self.database, sql, *values)

    @abstractmethod
    async def written(self) -> None:
        """Return once all changes until now are on disk; an answer does not always wait for a slow disk."""

    async def receipt(self, customer: Party, kind: Kind) -> Row:
        """Return the last receipt of this kind in the customer's call, once it has ended."""
        await self.written()  # otherwise an older receipt of this kind could be found

        async def find() -> Row | None:
            told = call_records.find(self.database, customer.name)
            return call_records.last_receipt(told, kind) if told else None

        return await self.until(find, f"receipt of {kind}")

    async def ended(self, customer: Party) -> CallStory:
        """Return all records of the customer's call, once it is over and its recordings are measured.

        The app's interfaces know of the end as well then: another process than that of calls answers there. It learns
        of a turn a moment after the database has it.
        """

        async def find() -> CallStory | None:
            story = call_records.find(self.database, customer.name)
            if not (story and story.call and story.call["ended"]):
                return None
            over = all(recording["status"] != "running" for recording in story.recordings)
            return story if over and not await self._is_live(story.call["id"]) else None

        return await self.until(find, f"end of the call of {customer}")

    async def fallback(self, customer: Party) -> Row:
        """Return the note of a call that took the fallback, once it is in the audit."""

        async def find() -> Row | None:
            told = call_records.find(self.database, customer.name)
            return told.fallback if told else None

        return await self.until(find, f"fallback of {customer}")

    async def tapes(self, customer: Party, *parties: Party) -> list[CallRecording]:
        """Return the recordings of the customer's call after its end, with the parties heard in each."""
        return [self.listen_to(row, parties) for row in (await self.ended(customer)).recordings]

    @abstractmethod
    def listen_to(self, row: Row, parties: tuple[Party, ...]) -> CallRecording:
        """Return a recording with the parties heard in it."""

    async def nothing_left(self) -> None:
        """Check that no call, bridge or recording is left, and no channel except those of idle agents."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            found = await self.leftovers() or call_records.still_open(self.database)
            seen.update(dict.fromkeys(found))
            return not found or None

        await self.until(find, "nothing is to be left, there was", seen)

    @abstractmethod
    async def leftovers(self) -> list[str]:
        """Return everything that exists now except idle agents, from the app and from Asterisk."""

    # -- the administrator's actions --

    async def configure(self, kind: str, name: str, **options: str) -> None:
        """Change options as the command line does; return once they are in force. The end of the world undoes them."""
        before = config.show(self.database, kind, name)
        self._changed.append((kind, name, {option: _typed(before[option]) for option in options}))
        await self._change(kind, name, options)

    async def unconfigure(self) -> None:
        """Undo every change, the last one first."""
        while self._changed:
            await self._change(*self._changed.pop())

    async def _change(self, kind: str, name: str, options: Mapping[str, str]) -> None:
        if config.set_options(self.database, kind, name, options, who="test"):
            await self.in_force()

    @abstractmethod
    async def in_force(self) -> None:
        """Return once the app has the current configuration."""

    @abstractmethod
    async def kill_app(self) -> None:
        """Kill the app, between any two instructions."""

    @abstractmethod
    async def start_app(self) -> None:
        """Start the app again."""

    @abstractmethod
    async def kill_asterisk(self) -> None:
        """Kill Asterisk, and with it all lines."""

    @abstractmethod
    async def stop_asterisk(self) -> None:
        """Tell Asterisk to end; it hangs up all lines first."""

    @abstractmethod
    async def start_asterisk(self) -> None:
        """Start another Asterisk in its place."""

    @abstractmethod
    def stuck_app(self) -> AbstractAsyncContextManager[None]:
        """Stop the app within the block; it gets the events afterwards."""

    # -- time --

    async def until(
        self, find: Callable[[], Awaitable[T | None]], what: str, seen: Mapping[Any, None] | None = None
    ) -> T:
        """Wait until `find` returns a value. The failure names what was awaited, and what was `seen` instead."""
        limit = self.now() + self.patience
        while (found := await find()) is None:
            assert self.now() < limit, f"{what} {list(seen or '')}, for {self.patience:g} s"
            await self.moment()
        return found

    @abstractmethod
    def now(self) -> float:
        """Return seconds; only differences are meaningful."""

    @abstractmethod
    async def moment(self) -> None:
        """Let some time pass before the next check."""


def _typed(value: Any) -> str:
    """Return a value as a user types it after `option=`."""
    return ",".join(value) if isinstance(value, list | tuple) else "" if value is None else str(value)
