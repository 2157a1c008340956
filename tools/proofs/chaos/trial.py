"""One scenario with one fault in it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from random import Random

from lab.lab_error import LabError
from lab.sip import CallRefused, SipCall, WaitTimeout, tones
from tools.bench.tools.bench_dialplan import DID
from tools.proofs.chaos.aftermath import ENDED, SETTLED, tidy
from tools.proofs.chaos.chaos_centre import AGAIN, AGENT, AWAY, CLOSER, RINGS, ChaosCentre, soon
from tools.proofs.chaos.chaos_scenarios import HANG_UP, IN_ROOM, SCENARIOS, SLOW, ChaosScenario, ScenarioStep
from tools.proofs.chaos.faults import DEATHS, FAULTS, WEIGHTS
from tools.proofs.chaos.heard_gaps import People, all_hear, missed
from tools.proofs.chaos.trial_findings import Findings

TALKING = ScenarioStep("", "", "talking")
# Seconds from the start of the fault to the command; below 0 the command comes first.
MOMENTS = (-0.2, -0.03, -0.01, 0.0, 0.0, 0.1, 0.5)


class Trial:
    """A call in a call centre, and the state that is needed to follow it."""

    def __init__(self, centre: ChaosCentre, scenario: ChaosScenario, fault: str, random: Random) -> None:
        self._centre, self._scenario, self._random = centre, scenario, random
        self._fault = FAULTS[fault]
        self._dies = fault in DEATHS
        self._line: SipCall | None = None  # the customer's line
        self._number = ""
        self.found = Findings(scenario.name, fault)

    async def run(self) -> Findings:
        """Play the scenario; errors of Warmline are findings, not exceptions. Raises CannotMeasureError."""
        try:
            await self._play()
        except (WaitTimeout, CallRefused, LabError) as problem:
            self.found.lost.append(f"{problem}")
        await tidy(self._centre, self.found, self._number, self._line)
        return self.found

    async def _play(self) -> None:
        steps = self._scenario.steps
        struck = self._random.randint(0, len(steps))  # the last index: no command is given during the fault
        arriving = not steps and self._random.random() < 0.7
        await self._begin(meanwhile=arriving)
        if arriving:
            return
        for number, step in enumerate(steps):
            if number == struck:
                await self._strike(step)
                if self._dies:
                    return
            else:
                await self._reach(step, time.monotonic() + SETTLED)
            if self.found.lost:
                return
            await self._all_hear(step)
        if struck == len(steps):
            last = steps[-1] if steps else TALKING
            await self._strike(last)
            if not self._dies and not self.found.lost:
                await self._all_hear(last)

    # -- the parties --

    async def _begin(self, *, meanwhile: bool) -> None:
        """Let the customer and the agent talk; with `meanwhile`, the fault begins as the customer calls."""
        self._number, customer = await self._centre.customer()
        await self._centre.connected()
        await self._centre.agent_is(AGENT, "READY")
        if self._scenario.outbound:
            await self._dial_out()
        elif meanwhile:
            fault = asyncio.create_task(self._fault(self._centre, self._random))
            await asyncio.sleep(self._random.choice([0.0, 0.1, 0.5]))
            self._line = await customer.call(DID)
            await fault
            await self._inbound_ended_well()
        else:
            self._line = await customer.call(DID)
            await self._is_in(TALKING)
            await self._all_hear(TALKING)

    async def _dial_out(self) -> None:
        await self._centre.ask("external_pause", "PAUSE")
        await self._centre.agent_is(AGENT, "PAUSED")
        options = {"search": "NO", "preview": "NO", "focus": "NO", "phone_code": "1"}
        told = await self._centre.ask("external_dial", self._number, **options)

        async def look() -> SipCall | None:
            return self._centre.third()

        self._line = await soon(look, SETTLED)
        if self._line is None:
            raise WaitTimeout(f"nobody was called: {told}")
        self._line.tone(tones.CUSTOMER)
        self._centre.thirds.clear()
        await self._is_in(TALKING)
        await self._all_hear(TALKING)

    async def _inbound_ended_well(self) -> None:
        """Check that the customer talks, or took the fallback with a row in the audit."""
        if self._dies:
            return

        async def look() -> str:
            if self._centre.rows(AWAY, self._number):
                return "fallback"
            state = await self._centre.state(self._number)
            return state if state == "talking" else ""

        match await soon(look, SETTLED):
            case "talking":
                await self._all_hear(TALKING)
            case "":
                self.found.lost.append(f"{self._number} neither talks nor is at the fallback: {self._story()}")

    def _people(self, roles: str, step: ScenarioStep) -> People:
        agent = self._centre.seats[CLOSER if step.to_closer else AGENT]
        everybody = {"a": agent, "c": self._line, "t": self._centre.third()}
        return {role: line for role in roles if (line := everybody[role])}

    def _story(self) -> str:
        return self._line.story() if self._line else "never called"

    # -- the commands --

    async def _strike(self, step: ScenarioStep) -> None:
        """Run the fault, and give the command at some time in it; parties who stay in the bridge must not notice."""
        before = await self._centre.state(self._number)
        people = self._who_stays(before, step)
        if people:
            await self._centre.control.begin(len(IN_ROOM[before]))
        since = time.monotonic()
        moment = self._random.choice(MOMENTS)
        fault = asyncio.create_task(_after(-moment, partial(self._fault, self._centre, self._random)))
        reaching = asyncio.create_task(_after(moment, partial(self._reach, step, float("inf"))))
        try:
            if people:
                await _after(moment, partial(self._centre.control.change, len(IN_ROOM[step.state])))
            await fault
            if self._dies:
                return
            await self._end_of(reaching, step, time.monotonic())
        finally:
            reaching.cancel()
            fault.cancel()  # the fault undoes what it has begun
            await asyncio.gather(reaching, fault, return_exceptions=True)
        if people:
            ours, control = await missed([people, self._centre.control.pair], since)
            self.found.packets, self.found.control = ours.lost, control.lost
            self.found.when = [at - since for at in ours.when]
            self.found.listened = time.monotonic() - since

    def _who_stays(self, before: str, step: ScenarioStep) -> tuple[SipCall, SipCall] | None:
        """Return two parties who are in the bridge before and after the command, if there are any."""
        stays = [role for role in IN_ROOM.get(before, "") if role in IN_ROOM[step.state]]
        if self._dies or step.to_closer or len(stays) < 2:
            return None
        pair = tuple(self._people("".join(self._random.sample(stays, 2)), step).values())
        return (pair[0], pair[1]) if len(pair) == 2 else None

    async def _end_of(self, reaching: "asyncio.Task[None]", step: ScenarioStep, over: float) -> None:
        """Wait until the step is reached; `over` is when the fault ended."""
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(reaching), SETTLED)
        self.found.back = time.monotonic() - over - (RINGS if ("phone_number", SLOW) in step.fields else 0)
        if not reaching.done():
            at = await self._centre.state(self._number)
            self.found.lost.append(f"{self._number} is {at}, not {step.state}; he: {self._story()}")

    async def _reach(self, step: ScenarioStep, limit: float) -> None:
        """Give the step's command, repeatedly if needed, until the call is in the step's state."""
        by_command = step.function != HANG_UP
        before = await soon(partial(self._centre.state, self._number), SETTLED) if by_command else ""
        while not await self._is_there(step) and time.monotonic() < limit:
            if not by_command or await self._centre.state(self._number) == before:
                await self._ask(step)
            await asyncio.sleep(AGAIN)
        if time.monotonic() >= limit and not await self._is_there(step):
            at = await self._centre.state(self._number)
            self.found.lost.append(f"{self._number} is {at}, not {step.state}")

    async def _ask(self, step: ScenarioStep) -> None:
        if step.function == HANG_UP:
            for line in self._people(step.value, step).values():
                with suppress(WaitTimeout):  # Asterisk is away
                    await line.hang_up()
            return
        if step.to_closer:
            told = await self._centre.ask("external_pause", "RESUME", CLOSER)
            if not told.startswith("SUCCESS"):
                return  # the fault; the caller repeats both commands
        await self._centre.ask(step.function, step.value, **dict(step.fields))

    async def _is_in(self, step: ScenarioStep) -> None:
        if not await soon(partial(self._is_there, step), SETTLED):
            raise WaitTimeout(f"{self._number} is {await self._centre.state(self._number)}; {self._story()}")

    async def _is_there(self, step: ScenarioStep) -> bool:
        if step.to_closer and not await self._centre.has(CLOSER, self._number):
            return False
        if step.state == "ended":
            return any(row["ended"] for row in self._centre.rows(ENDED, self._number))
        return await self._centre.state(self._number) == step.state

    async def _all_hear(self, step: ScenarioStep) -> None:
        roles = IN_ROOM[step.state]
        if deaf := await all_hear(partial(self._people, roles, step), roles):
            self.found.lost.append(f"in {step.state} {deaf}")


async def _after(seconds: float, what: Callable[[], Awaitable[None]]) -> None:
    """Do it so many seconds from now, or now if that is past."""
    await asyncio.sleep(max(0.0, seconds))
    await what()


async def trial(centre: ChaosCentre, seed: str, fault: str = "", scenario: str = "") -> Findings:
    """One scenario with one fault, as the seed chooses what is not named. Raises CannotMeasureError."""
    random = Random(seed)  # noqa: S311 - chance that can be had again, no secret
    drawn = random.choices(list(FAULTS), [WEIGHTS.get(name, 1) for name in FAULTS])[0]
    plot = random.choice(SCENARIOS)
    named = next((one for one in SCENARIOS if one.name == scenario), plot)
    return await Trial(centre, named, fault or drawn, random).run()
