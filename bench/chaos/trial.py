"""One scenario with one fault in it: what is found to be wrong afterwards."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import permutations
from pathlib import Path
from random import Random

from bench.chaos.centre import AGAIN, AGENT, CLOSER, Centre, soon
from bench.chaos.faults import FAULTS, WEIGHTS
from bench.chaos.scenarios import IN_ROOM, SCENARIOS, Scenario, Step
from bench.dialplan import DID
from bench.result import CannotMeasureError
from warmline.lab.parties import Call, Hearing, Late, Refused, tones
from warmline.lab.parties.hearing import sequence_gaps

SETTLED = 20.0  # seconds after a fault until all must be as it was asked for
HEARD = 6.0  # seconds until people must hear each other then
WINDOW = 0.3
ALLOWED = 2  # packets beyond the control's: what a busy machine may cost two whom nobody touches
FILES = "SELECT * FROM recording WHERE call IN (SELECT id FROM call WHERE number LIKE '%' || ?)"
ENDED = "SELECT id, ended, ended_by FROM call WHERE number LIKE '%' || ?"
AWAY = "SELECT id FROM fallback WHERE number LIKE '%' || ?"


@dataclass
class Findings:
    """What one scenario came to; `lost`, `untrue` and `left` are texts that say what, empty when all is well."""

    scenario: str
    fault: str
    lost: list[str] = field(default_factory=list)  # calls
    receipts: list[str] = field(default_factory=list)  # and calls and recordings without an end
    untrue: list[str] = field(default_factory=list)  # recordings whose row does not say what there is
    orphans: list[str] = field(default_factory=list)
    packets: int = 0  # lost by people who were talking
    control: int = 0  # lost by the control's two at the same time
    back: float = 0.0  # seconds from the end of the fault until the command that fell into it was done

    @property
    def beyond(self) -> int:
        """Packets lost beyond the control's."""
        return max(0, self.packets - self.control)

    @property
    def wrong(self) -> list[str]:
        """Everything that should not be, on a busy machine either."""
        packets = [f"{self.packets} packets lost, the control {self.control}"] if self.beyond > ALLOWED else []
        return [*self.lost, *self.receipts, *self.untrue, *self.orphans, *packets]


class Trial:
    """A call in a centre, with what is needed to follow it."""

    def __init__(self, centre: Centre, scenario: Scenario, fault: str, random: Random) -> None:
        self._centre, self._scenario, self._random = centre, scenario, random
        self._fault = FAULTS[fault]
        self._dies = fault == "Asterisk killed"
        self._line: Call | None = None  # the customer's
        self.found = Findings(scenario.name, fault)

    async def run(self) -> Findings:
        """Play it. Nothing that goes wrong in it is an error here."""
        try:
            await self._play()
        except (Late, Refused, CannotMeasureError) as problem:
            self.found.lost.append(f"{problem}")
        await self._tidy()
        return self.found

    async def _play(self) -> None:
        moments = max(1, len(self._scenario.steps))
        struck = self._random.randrange(moments)
        await self._begin(meanwhile=not self._scenario.steps)
        for number, step in enumerate(self._scenario.steps):
            if number == struck:
                await self._struck(step)
                if self._dies:
                    return
            else:
                await self._reach(step, time.monotonic() + SETTLED)
            if self.found.lost:
                return
            await self._all_hear(step)

    # -- who is there --

    async def _begin(self, *, meanwhile: bool) -> None:
        """The customer and the agent talk; `meanwhile` the fault comes as the customer calls."""
        self._number, customer = await self._centre.customer()
        await self._centre.agent_is(AGENT, "READY")
        if self._scenario.outbound:
            await self._dial_out()
            return
        fault = asyncio.create_task(self._fault(self._centre, self._random)) if meanwhile else None
        if fault:
            await asyncio.sleep(self._random.choice([0.0, 0.1, 0.5]))
        self._line = await customer.call(DID)
        if fault:
            await fault
            await self._inbound_ended_well()
        else:
            await self._is_in(Step("", "", "talking"))
            await self._all_hear(Step("", "", "talking"))

    async def _dial_out(self) -> None:
        await self._centre.ask("external_pause", "PAUSE")
        await self._centre.agent_is(AGENT, "PAUSED")
        options = {"search": "NO", "preview": "NO", "focus": "NO", "phone_code": "1"}
        told = await self._centre.ask("external_dial", self._number, **options)

        async def look() -> Call | None:
            return self._centre.third()

        line = await soon(look, SETTLED)
        if line is None:
            raise Late(f"nobody was called: {told}")
        self._line = line
        self._line.tone(tones.CUSTOMER)
        self._centre.thirds.clear()
        await self._is_in(Step("", "", "talking"))

    async def _inbound_ended_well(self) -> None:
        """He talks, or the fallback has taken him and the audit says so."""
        if self._dies:
            return

        async def look() -> str:
            if self._centre.rows(AWAY, self._number):
                return "fallback"
            state = await self._centre.state(self._number)
            return state if state == "talking" else ""

        match await soon(look, SETTLED):
            case "talking":
                await self._all_hear(Step("", "", "talking"))
            case "":
                self.found.lost.append(f"{self._number} neither talks nor is he at the fallback: {self._story()}")

    def _people(self, roles: str, step: Step) -> dict[str, Call]:
        agent = self._centre.seats[CLOSER if step.to_closer else AGENT]
        third = self._centre.third()
        everybody = {"a": agent, "c": self._line, "t": third}
        return {role: line for role in roles if (line := everybody[role])}

    def _story(self) -> str:
        return self._line.story() if self._line else "never called"

    # -- what is asked --

    async def _struck(self, step: Step) -> None:
        """The fault, and at some time in it the command; who is in the room before and after must not notice."""
        if step.to_closer:
            await self._centre.ask("external_pause", "RESUME", CLOSER)
        before = await self._centre.state(self._number)
        stays = "".join(role for role in IN_ROOM.get(before, "") if role in IN_ROOM[step.state])
        people = list(self._people(stays, step).values()) if len(stays) == 2 and not step.to_closer else []
        since = time.monotonic()
        fault = asyncio.create_task(self._fault(self._centre, self._random))
        await asyncio.sleep(self._random.choice([0.0, 0.0, 0.1, 0.5]))
        reaching = asyncio.create_task(self._reach(step, float("inf")))
        await fault
        over = time.monotonic()
        if self._dies:
            reaching.cancel()
            with suppress(asyncio.CancelledError):
                await reaching
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(reaching), SETTLED)
        self.found.back = time.monotonic() - over
        if not reaching.done():
            reaching.cancel()
            at = await self._centre.state(self._number)
            self.found.lost.append(f"{self._number} is {at}, not {step.state}; he: {self._story()}")
        if people:
            await self._count(people, since)

    async def _reach(self, step: Step, limit: float) -> None:
        """Ask for the step, again and again if it has to be, until the call is where it leads."""
        before = await soon(partial(self._centre.state, self._number), SETTLED)
        while not await self._is_there(step) and time.monotonic() < limit:
            at = await self._centre.state(self._number)
            if at == before:
                if step.to_closer:
                    await self._centre.ask("external_pause", "RESUME", CLOSER)
                await self._centre.ask(step.function, step.value, **dict(step.fields))
            await asyncio.sleep(AGAIN)
        if time.monotonic() >= limit and not await self._is_there(step):
            at = await self._centre.state(self._number)
            self.found.lost.append(f"{self._number} is {at}, not {step.state}")

    async def _is_in(self, step: Step) -> None:
        if not await soon(partial(self._is_there, step), SETTLED):
            raise Late(f"{self._number} is {await self._centre.state(self._number)}; {self._story()}")

    async def _is_there(self, step: Step) -> bool:
        if step.to_closer and not await self._centre.has(CLOSER, self._number):
            return False
        return await self._centre.state(self._number) == step.state

    # -- what is heard --

    async def _all_hear(self, step: Step) -> None:
        """Everybody in the room hears everybody there, in a moment at the latest."""
        people = self._people(IN_ROOM[step.state], step)
        limit = time.monotonic() + HEARD
        while time.monotonic() < limit:
            ear = Hearing(people)
            span = await ear.listen(WINDOW)
            deaf = [(a, b) for a, b in permutations(people, 2) if not ear.hears(people[a], people[b], *span)]
            if not deaf and len(people) == len(IN_ROOM[step.state]):
                return
            people = self._people(IN_ROOM[step.state], step)
        self.found.lost.append(f"in {step.state} do not hear each other: {deaf}, of {sorted(people)}")

    async def _count(self, people: list[Call], since: float) -> None:
        """Packets that two did not get of each other, and the control's two at the same time."""
        control = self._centre.control
        _, until = await Hearing({str(n): call for n, call in enumerate([*people, *control])}).listen(WINDOW)
        self.found.packets = _lost(people[0], people[1], since, until)
        self.found.control = _lost(*control, since, until)

    # -- what is left --

    async def _tidy(self) -> None:
        """Everybody hangs up; then nothing may be open, and what is written must be true."""
        if self._dies:
            for line in filter(None, (self._line, *self._centre.thirds)):
                line.end("Asterisk")
        elif self._line and self._line.ended.at and not self.found.lost and not self._centre.rows(AWAY, self._number):
            self.found.lost.append(f"{self._number} was cut off: {self._story()}")
        for line in filter(None, (self._line, *self._centre.thirds)):
            with suppress(Late, Refused):
                await line.hang_up()
        self._centre.thirds.clear()
        if not self._dies:
            await self._wrap_up()
        self.found.receipts = await _gone(self._centre.still_open, SETTLED)
        if not self._dies:
            self.found.orphans = await _gone(self._centre.orphans, HEARD)
        self._look_at_rows()

    async def _wrap_up(self) -> None:
        """Disposition and pause: the agents are in a state in which they can be asked."""
        for user in (AGENT, CLOSER):
            limit = time.monotonic() + SETTLED
            wanted = "READY" if user == AGENT else "PAUSED"
            while (at := await self._agent(user)) != wanted and time.monotonic() < limit:
                if wanted == "PAUSED" or at == "PAUSED":
                    await self._centre.ask("external_pause", "PAUSE" if user == CLOSER else "RESUME", user)
                if at == "DISPO":
                    await self._centre.ask("external_status", "A", user)
                await asyncio.sleep(AGAIN)
            if at != wanted:
                self.found.lost.append(f"agent {user} is {at}, not {wanted}")

    async def _agent(self, user: str) -> str:
        return next((str(one["state"]) for one in await self._centre.live("agents") or () if one["user"] == user), "")

    def _look_at_rows(self) -> None:
        for row in self._centre.rows(FILES, self._number):
            path = Path(row["path"])
            if row["status"] == "kept" and (not path.is_file() or path.stat().st_size != row["bytes"]):
                self.found.untrue.append(f"{row['id']} is kept, but {path} is not there as the row says")
            if row["status"] == "running" or (row["status"] == "failed" and not row["cause"]):
                self.found.untrue.append(f"{row['id']} is {row['status']} {row['cause']}")
        for row in self._centre.rows(ENDED, self._number):
            if not row["ended"] or (self._dies and row["ended_by"] != "asterisk"):
                self.found.lost.append(f"call {row['id']} ended {row['ended']} by {row['ended_by']}")


async def _gone(look: Callable[[], Awaitable[list[str]]], within: float) -> list[str]:
    """What is still there after so many seconds."""
    left: list[str] = []

    async def none() -> bool:
        left[:] = await look()
        return not left

    await soon(none, within)
    return left


def _lost(one: Call, other: Call, since: float, until: float) -> int:
    """The packets that did not come, came without the other's voice, or were due after the last that came."""
    ear, missed = Hearing({"one": one, "other": other}), 0
    for listener, speaker in ((one, other), (other, one)):
        heard = [packet.time for packet in ear.carrying(listener, speaker, since, until)]
        came = listener.audio.between(since, until)
        late = max(0.0, until - (heard[-1] if heard else since) - WINDOW / 2)
        missed += sequence_gaps(came) + len(came) - len(heard) + int(late / tones.PACKET_SECONDS)
    return missed


async def trial(centre: Centre, seed: str, fault: str = "", scenario: str = "") -> Findings:
    """One scenario with one fault, as the seed chooses what is not named."""
    random = Random(seed)  # noqa: S311 - chance that can be had again, no secret
    drawn = random.choices(list(FAULTS), [WEIGHTS.get(name, 1) for name in FAULTS])[0]
    plot = random.choice(SCENARIOS)
    named = next((one for one in SCENARIOS if one.name == scenario), plot)
    return await Trial(centre, named, fault or drawn, random).run()
