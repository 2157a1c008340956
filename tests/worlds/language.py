"""The language of the scenarios: what people do, what they hear, and what Warmline says of it.

A scenario runs in any `World`. What has to come is awaited within bounds; what must hold is said by words that
fail with what was there instead.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

from tests.worlds import records, requests
from tests.worlds.far_ends import FarEnd, answers, rings
from tests.worlds.records import Row, Tape
from warmline.core.call.states import State
from warmline.core.commands import Kind
from warmline.store import config
from warmline.store.reports import Story

T = TypeVar("T")

WITHIN = 5.0  # seconds until what has to come has come


class Party:
    """Somebody on the line: the agent, a customer, a third. `name`: the agent's user, or the number."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


class World(ABC):
    """One call centre with the demo configuration; `database` is its file."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.seats: dict[str, Party] = {}
        self._changed: list[tuple[str, str, dict[str, str]]] = []

    # -- who comes and goes --

    @abstractmethod
    async def phone(self, user: str) -> Party:
        """This phone dials the login extension."""

    async def agent(self, user: str = "1000") -> Party:
        """An agent who is logged in and takes calls: READY, or in a call that waited for him."""
        agent = self.seats.get(user)
        if agent is None or not self.on_the_line(agent):
            agent = self.seats[user] = await self.phone(user)
        elif await self.agent_state(agent) == "PAUSED":
            assert await self.ask(Kind.RESUME, agent) == ""
        await self.at_work(agent)
        return agent

    @abstractmethod
    def on_the_line(self, party: Party) -> bool:
        """Whether his line is not over."""

    async def at_work(self, agent: Party) -> None:
        """Await that the agent takes calls."""

        seen: dict[str | None, None] = {}

        async def find() -> bool | None:
            seen[state := await self.agent_state(agent)] = None
            return state in ("READY", "QUEUE", "INCALL", "3-WAY", "PARK") or None

        await self.until(find, f"agent {agent} is to take calls, was", seen)

    @abstractmethod
    async def customer(self, did: str = "8005550100") -> Party:
        """A customer calls this number; not every world has him answered at once."""

    @abstractmethod
    def far_end(self, number: str, does: FarEnd) -> None:
        """Say what a number does when it is dialled; one that nobody spoke of answers.

        An agent's user is his phone, which is busy unless something else is said.
        """

    @abstractmethod
    async def third(self, number: str) -> Party:
        """Await that this number's phone is called."""

    @abstractmethod
    async def sees_number(self, third: Party) -> str:
        """The number that a third sees on his phone."""

    def takes_calls(self, agent: Party) -> None:
        """From now on in this scenario, this agent's phone answers when it is called."""
        self.far_end(agent.name, answers(0.2))

    async def on_hook(self, user: str = "1002") -> Party:
        """An agent whose phone rings for each call, until he or the scenario takes it: logged in, READY."""
        await self.configure("agent", user, phone_mode="on_hook")
        agent = await self.phone(user)
        self.far_end(user, rings())
        await self.agent_is(agent, "READY")
        await self.is_gone(agent)
        return agent

    @abstractmethod
    async def phone_rings(self, agent: Party) -> None:
        """Await that the agent's phone is called and does not refuse: it rings, or has answered."""

    @abstractmethod
    async def called_back(self, agent: Party) -> None:
        """Await that the agent's phone, which takes calls, is on the line again."""

    @abstractmethod
    async def answer(self, party: Party) -> None:
        """A third, or an agent, whose phone rings picks up."""

    @abstractmethod
    async def hang_up(self, party: Party) -> None:
        """A party hangs up, by itself."""

    @abstractmethod
    async def refer(self, party: Party, target: str) -> str:
        """He presses his phone's transfer key; what the phone is told: answered, declined or unavailable."""

    @abstractmethod
    async def is_gone(self, party: Party, within: float = WITHIN) -> None:
        """Await that a party's line is over."""

    @abstractmethod
    async def talk(self, seconds: float) -> None:
        """Let people talk."""

    # -- what they hear --

    @abstractmethod
    async def hears(self, listener: Party, *speakers: Party) -> None:
        """He comes to hear all of them at once."""

    @abstractmethod
    async def silent_to(self, listener: Party, *speakers: Party) -> None:
        """From now on he hears none of them."""

    @abstractmethod
    async def hears_music(self, listener: Party) -> None:
        """He comes to hear the music of a queue."""

    @abstractmethod
    async def no_music(self, *listeners: Party) -> None:
        """None of them hears music, or not any more in a moment."""

    @abstractmethod
    async def dialplan(self) -> str:
        """A piece of dialplan, extension@context, that plays to whoever comes there for three seconds."""

    @abstractmethod
    async def hears_dialplan(self, listener: Party) -> None:
        """He comes to hear what that plays."""

    @abstractmethod
    async def hears_ring_tone(self, listener: Party) -> None:
        """He comes to hear that somebody's phone rings."""

    @abstractmethod
    async def no_ring_tone(self, listener: Party) -> None:
        """He hears no ring tone, or not any more in a moment."""

    @abstractmethod
    async def hears_silence(self, listener: Party) -> None:
        """He comes to hear nothing, on a line that lives."""

    @abstractmethod
    async def beeps(self, listener: Party) -> int:
        """How many beeps he has heard in this scenario."""

    @abstractmethod
    async def alerts(self, listener: Party) -> int:
        """How often he has heard in this scenario that something happened to his call: the tone that is no beep."""

    async def hears_alert(self, listener: Party) -> None:
        """He has heard such a tone, or hears one now."""

        async def find() -> bool | None:
            return await self.alerts(listener) > 0 or None

        await self.until(find, f"{listener} hears no alert")

    @abstractmethod
    async def keys(self, listener: Party) -> str:
        """The keys that were pressed for him in this scenario, as his phone got them."""

    async def gets_keys(self, listener: Party, keys: str) -> None:
        """He comes to have got exactly these keys."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            seen[await self.keys(listener)] = None
            return keys in seen or None

        await self.until(find, f"{listener} is to get the keys {keys}, got", seen)

    @abstractmethod
    async def prompts(self, listener: Party) -> list[str]:
        """The prompts he has heard in this scenario, in order; a prompt heard twice is there twice."""

    async def hears_prompt(self, listener: Party, name: str) -> None:
        """He comes to hear this prompt."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            seen.update(dict.fromkeys(await self.prompts(listener)))
            return name in seen or None

        await self.until(find, f"{listener} is to hear {name}, heard", seen)

    @abstractmethod
    def unbroken(self, one: Party, other: Party) -> AbstractAsyncContextManager[None]:
        """They hear each other all the time that is spent in here."""

    # -- what is asked of Warmline, and what it says --

    async def ask(
        self, kind: Kind, agent: Party, number: str = "", status: str = "", ingroup: str = "", keys: str = ""
    ) -> str:
        """Give a command by the agent API; "" when that says SUCCESS, else its reason.

        With an in-group, a dialling command is consultative.
        """
        query = requests.query(kind, agent.name, number, ingroup, status or keys)
        return requests.reason(await self.api(**query), query["function"])

    async def order(self, kind: Kind, customer: Party) -> str:
        """Give a command to a customer's call by the JSON API; "" when it has been done, else why not."""
        call = next(call["id"] for call in await self.live("calls") if call["customer"] == customer.name)
        return await self.json(kind, call)

    @abstractmethod
    async def json(self, kind: Kind, call: str) -> str:
        """Why the JSON API refuses this command to the call, or ""."""

    @abstractmethod
    async def api(self, **query: str) -> str:
        """The agent API's answer, one line."""

    @abstractmethod
    async def live(self, what: str) -> list[Row]:
        """The app's own list of live `calls` or `agents`."""

    async def call_state(self, customer: Party) -> str | None:
        """The state of his call, None if it is over."""
        return next((call["state"] for call in await self.live("calls") if call["customer"] == customer.name), None)

    async def call_is(self, customer: Party, state: State) -> None:
        """His call comes to be in this state."""
        await self._comes_to_be(f"the call of {customer}", self.call_state, customer, state)

    async def agent_state(self, agent: Party) -> str | None:
        """The agent's state as people read it, with his pause code if he has one; None if not logged in."""
        shown = (f"{one['state']} {one['pause_code']}".strip() for one in await self._agents(agent.name))
        return next(shown, None)

    async def _agents(self, user: str) -> list[Row]:
        return [one for one in await self.live("agents") if one["user"] == user]

    async def agent_is(self, agent: Party, state: str) -> None:
        """The agent comes to be in this state."""
        await self._comes_to_be(f"agent {agent}", self.agent_state, agent, state)

    async def _comes_to_be(
        self, what: str, state: Callable[[Party], Awaitable[str | None]], party: Party, wanted: str
    ) -> None:
        seen: dict[str | None, None] = {}

        async def find() -> bool | None:
            seen[await state(party)] = None
            return wanted in seen or None

        await self.until(find, f"{what} is to be {wanted}, was", seen)

    # -- what stays of it --

    async def receipt(self, customer: Party, kind: Kind) -> Row:
        """The last command of this kind in his call, once it has come to an end."""

        async def find() -> Row | None:
            told = records.find(self.database, customer.name)
            return records.last_receipt(told, kind) if told else None

        return await self.until(find, f"receipt of {kind}")

    async def ended(self, customer: Party) -> Story:
        """All that is recorded of his call, once it is over and its recordings are measured."""

        async def find() -> Story | None:
            told = records.find(self.database, customer.name)
            over = told and told.call and told.call["ended"] and all(r["status"] != "running" for r in told.recordings)
            return told if over else None

        return await self.until(find, f"end of the call of {customer}")

    async def fallback(self, customer: Party) -> Row:
        """The note of a call that the fallback took, once it is in the audit."""

        async def find() -> Row | None:
            told = records.find(self.database, customer.name)
            return told.fallback if told else None

        return await self.until(find, f"fallback of {customer}")

    async def tapes(self, customer: Party, *parties: Party) -> list[Tape]:
        """The recordings of his call, once it is over, and which of the parties are heard on each."""
        return [self.listen_to(row, parties) for row in (await self.ended(customer)).recordings]

    @abstractmethod
    def listen_to(self, row: Row, parties: tuple[Party, ...]) -> Tape:
        """Play a recording."""

    async def nothing_left(self) -> None:
        """No call is left, no channel but those of agents in their seats, no bridge and no recording."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            found = [*await self.leftovers(), *records.still_open(self.database)]
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
    async def close(self) -> None:
        """Everybody hangs up; nothing may be left."""

    # -- time --

    async def until(
        self, find: Callable[[], Awaitable[T | None]], what: str, seen: object = "", within: float = WITHIN
    ) -> T:
        """Await that `find` gives something. Fails naming what was awaited, and what was `seen` instead."""
        limit = self.now() + within
        while (found := await find()) is None:
            assert self.now() < limit, f"{what} {list(seen) if isinstance(seen, dict) else seen}, for {within:g} s"
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
