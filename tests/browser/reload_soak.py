"""Loads pages again in random states of calls: python -m tests.browser.reload_soak COUNT [--chaos] [--seed N].

Without --chaos, other calls come and go beside the pages. With it, a part of the app or Asterisk is killed around each
reload. No state may change without a fault that explains it, and the other party may miss the agent for a moment only.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

from lab import app_parts, instance, process
from lab.sip import SipCall, tones
from lab.sip.waiting import WaitTimeout
from tests.browser.call_load import call_load
from tests.browser.stage import Stage
from tests.browser.working_agent import WorkingAgent, add_agents, last_silence

USERS = tuple(str(number) for number in range(3201, 3207))
PACE = 10.5  # seconds between two offers of an agent, who may make six a minute
STATES = ("talking", "three_way", "consulting", "parked", "dispo", "ready")
SHOWN = {"talking": "incall", "three_way": "3-way", "consulting": "park", "parked": "park"}
FAULTS = ("api", "calls", "api", "calls", "asterisk")
MOST, USUAL = 1.0, 0.6  # seconds that a party may miss the agent: each time, and in the median
BACK = 1.5  # seconds until the voice is back, after the later of page loaded and parts up
LONGEST = 60.0  # seconds of one reload with its preparation
# Changes of state that a restart of Asterisk explains: all calls are over, and phones are called back.
BY_ASTERISK = {"call.ended", "agent.wrap_up", "agent.paused", "agent.ready", "agent.unreachable", "agent.logged_in"}


@dataclass
class Reload:
    """One reload. `missed`: seconds without the agent's voice; `back`: seconds until it was back, after all was up."""

    state: str
    fault: str = ""
    missed: float | None = None
    back: float | None = None
    changes: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def unexplained(self) -> list[str]:
        """Return the changes of state that the fault does not explain."""
        return [one for one in self.changes if self.fault != "asterisk" or one not in BY_ASTERISK]

    @property
    def is_right(self) -> bool:
        """Check states and voice."""
        missed = not self.fault and (self.missed or 0.0) > MOST
        return not (self.why or self.unexplained or missed or (self.back or 0.0) > BACK)


class ReloadSoak:
    """Agents whose pages are loaded again, one after the other."""

    def __init__(self, stage: Stage, seed: int, *, chaos: bool) -> None:
        self.stage, self._chaos = stage, chaos
        self._random = Random(seed)  # noqa: S311 - states and moments, no secrets
        self._agents = [WorkingAgent(stage, user) for user in USERS]
        self._free = dict.fromkeys(USERS, 0.0)  # by agent, when the next offer is allowed

    async def begins(self) -> None:
        """Log the agents in."""
        await asyncio.to_thread(add_agents, self.stage, USERS)
        for agent in self._agents:
            agent.person = await agent.opens()
            await agent.starts()

    async def ends(self) -> None:
        """Log the agents out."""
        for agent in self._agents:
            await agent.goes_home()

    async def reload(self, number: int) -> Reload:
        """Bring an agent into a state, load the page again, and say what came of it."""
        agent = self._agents[number % len(self._agents)]
        done = Reload(self._random.choice(STATES), self._random.choice(FAULTS) if self._chaos else "")
        try:
            async with asyncio.timeout(LONGEST):
                await self._at_rest(agent)
                await self._to(agent, done.state)
                await asyncio.sleep(self._free[agent.user] - time.monotonic())
                self._free[agent.user] = time.monotonic() + PACE
                await self._reload(agent, done)
        except (AssertionError, TimeoutError, WaitTimeout) as error:
            done.why = f"{type(error).__name__} {error}".strip().splitlines()[0][:200]
        return done

    async def _reload(self, agent: WorkingAgent, done: Reload) -> None:
        place, began = agent.place(), time.monotonic()
        up = asyncio.create_task(self._strikes(done.fault)) if done.fault else None
        await asyncio.sleep(self._random.uniform(0, 1) if up else 0)  # the reload may be before the fault, or after it
        await agent.page.reload(timeout=LONGEST * 1000)
        since = max(time.monotonic(), await up if up else began)
        if done.fault == "asterisk":
            await self._phone_is_up(agent)
            done.back = time.monotonic() - since
            await self._at_rest(agent)
        else:
            await agent.shows(SHOWN.get(done.state, done.state))
            await agent.on_the_line()
            if heard := self._listener(agent, done.state):
                silence = await last_silence(*heard, began)
                done.missed, done.back = silence.longest, max(0.0, silence.until - since)
        done.changes = agent.changes(place)

    def _listener(self, agent: WorkingAgent, state: str) -> tuple[SipCall, int] | None:
        """Return who hears what while the agent is in a state."""
        match state:
            case "talking" | "three_way":
                return agent.customer, agent.tone
            case "consulting":
                return agent.third, agent.tone
            case "parked":
                return agent.customer, tones.MUSIC
        return None

    async def _to(self, agent: WorkingAgent, state: str) -> None:
        if state == "ready":
            return
        await agent.talks()
        match state:
            case "three_way" | "consulting":
                await agent.calls_third(waits=state == "consulting")
            case "parked":
                await agent.holds()
            case "dispo":
                await agent.customer.hang_up()
                await agent.shows("dispo")

    async def _at_rest(self, agent: WorkingAgent) -> None:
        """End the agent's call, and wait until the agent is READY with a phone."""
        await agent.parties_hang_up()
        while True:
            screen = await agent.screen()
            state = screen["agent"]["state"]
            if state == "DISPO":
                await agent.sends("disposition", status="OTHER")
            elif state == "PAUSED" and screen["agent"]["pause_code"] == "LOST":
                await agent.sends("resume")
            elif state == "READY" and screen["agent"]["phone"]["up"]:
                return
            await asyncio.sleep(0.05)  # the next screen

    async def _phone_is_up(self, agent: WorkingAgent) -> None:
        while True:
            if (await agent.screen())["agent"]["phone"]["up"]:
                return
            await asyncio.sleep(0.02)  # the page cannot tell what the server knows

    async def _strikes(self, fault: str) -> float:
        """Kill a part of the app, or Asterisk, at a moment within a second; return when all was up again."""
        await asyncio.sleep(self._random.uniform(0, 1))  # a random moment of the state
        if fault == "asterisk":
            await asyncio.to_thread(process.kill, self.stage.lab.pids["asterisk"])
            for agent in self._agents:
                for call in agent.parties:
                    call.end("Asterisk")
            lab = await asyncio.to_thread(instance.restart_asterisk, self.stage.folder / "lab")
            self.stage.lab = lab
        else:
            app = self.stage.lab.pids["warmline"]
            killed = app_parts.pid_of(app, fault)
            os.kill(killed, signal.SIGKILL)
            while True:
                if app_parts.parts(app).get(fault, killed) != killed:
                    break
                await asyncio.sleep(0.02)  # only then the health is that of the next one
        await self.stage.is_healthy()
        return time.monotonic()


async def soak(count: int, seed: int, *, chaos: bool) -> list[Reload]:
    """Load pages again so many times, and print each reload that was not right."""
    done: list[Reload] = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warmline-reloads-")))
        stage = Stage(folder, None)
        stack.push_async_callback(stage.close)
        await stage.open()
        run = ReloadSoak(stage, seed, chaos=chaos)
        await run.begins()
        stack.push_async_callback(run.ends)
        if not chaos:
            await stack.enter_async_context(call_load(stage))
        for number in range(count):
            done.append(await run.reload(number))
            if not done[-1].is_right or done[-1].changes:
                print(number, done[-1], flush=True)
    return done


def report(done: list[Reload]) -> str:
    """Return the figures: reloads by state and fault, the silences, and the changes of state with their explanation."""
    states, faults = Counter(one.state for one in done), Counter(one.fault or "none" for one in done)
    missed = [one.missed for one in done if one.missed is not None and one.state != "parked" and not one.fault]
    back = [one.back for one in done if one.back is not None and one.fault]
    changed = [one for one in done if one.changes]
    lines = [
        f"{len(done)} reloads, {sum(one.is_right for one in done)} right",
        "states: " + ", ".join(f"{name} {number}" for name, number in sorted(states.items())),
        "faults: " + ", ".join(f"{name} {number}" for name, number in sorted(faults.items())),
    ]
    if missed:
        lines.append(f"the agent was missed for {median(missed):.2f} s in the median, {max(missed):.2f} s at most")
    if back:
        lines.append(f"the voice was back after {median(back):.2f} s in the median, {max(back):.2f} s at most")
    explained = sum(not one.unexplained for one in changed)
    lines.append(f"changes of state in {len(changed)} reloads, {explained} explained by a restart of Asterisk")
    return "\n".join(lines)


def main() -> None:
    """Run, print the figures, and exit with 1 if a reload was not right."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.reload_soak")
    parser.add_argument("count", type=int)
    parser.add_argument("--chaos", action="store_true")
    parser.add_argument("--seed", type=int, default=time.time_ns())
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    done = asyncio.run(soak(asked.count, asked.seed, chaos=asked.chaos))
    print(report(done))
    missed = [one.missed for one in done if one.missed is not None and not one.fault]
    if not all(one.is_right for one in done) or (missed and median(missed) > USUAL):
        sys.exit(1)


if __name__ == "__main__":
    main()
