"""Measures how much more an input costs the core with 10,000 open calls than with 10.

The core runs alone, without Asterisk, disk and network. Of the open calls, six in ten talk, two in ten are three-way
calls, two in ten wait. In addition, one agent handles one call after another, in turn in each world. The processor
time of each input's turn is measured.
"""

import gc
from statistics import median

from tools.bench.core.live_core import LiveCore
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, percentile
from warmline.core.engine.engine import Input
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules

COUNT = 1000
OPEN = (10, 100, 1_000, 10_000)
GROUPS = 14
TIMES = 4.0  # the allowed growth, the logarithm of OPEN's
AGENT, OWN, PHONE = "agent", "OWN", "phone-agent"  # of the additional call
SECOND = 1_000_000


async def measure(count: int, step: Step) -> BenchResult:
    """Let one additional call come and go `count` times in each world, in turn. Raises CannotMeasureError."""
    worlds = [OpenCalls(calls) for calls in OPEN]
    gc.collect()
    took: list[dict[str, list[float]]] = [{} for _ in worlds]
    for n in range(count + 1):
        for world, times in zip(worlds, took, strict=True):
            for what, work in world.live().items():
                if n:  # the first round is a warm-up
                    times.setdefault(what, []).append(work)
        if n:
            step()
    return judge(took)


def judge(took: list[dict[str, list[float]]]) -> BenchResult:
    """Return a row for each kind of input and number of open calls; the medians at both ends are judged."""
    rows = []
    for what, times in took[-1].items():
        few, many = figures(took[0][what]), figures(times)
        goal, met = f"at most {TIMES:g} times as with {OPEN[0]}", many["median"] <= TIMES * few["median"]
        rows.append(ResultRow(f"{what}, {OPEN[-1]:,} calls open", "µs", many, few, goal, met))
        between = zip(OPEN[1:-1], took[1:-1], strict=True)
        rows += [ResultRow(f"{what}, {calls:,} calls open", "µs", figures(at[what]), few) for calls, at in between]
    return BenchResult("growth", f"{OPEN[0]} calls open", rows)


def figures(work: list[float]) -> Figures:
    """Return the median, 99th percentile, maximum and number."""
    return {"median": median(work), "p99": percentile(work, 0.99), "largest": max(work), "n": len(work)}


class OpenCalls(LiveCore):
    """A world with this many open calls, and one agent without a call."""

    def __init__(self, calls: int) -> None:
        super().__init__(_rules(calls))
        self._came = 0
        for user in self.rules.agents:
            self.tell(_login(user))
        for n in range(calls):
            self._open(n)

    def live(self) -> dict[str, float]:
        """Run the agent's login, call with a third party, leave and logout; return the microseconds of each input.

        Raises CannotMeasureError if the call takes another course.
        """
        self._came += 1
        caller, before = f"caller-{self._came}", len(self.world.calls)
        took = self._time("an agent is READY", self.ask(Kind.RESUME, AGENT))
        took |= self._time("a caller comes", ev.LegArrived(caller, ("ingroup", OWN), up=True))
        took["the agent is connected"] = next(took.work for entry, took in self.handled if _joins(entry, PHONE))
        call = self.world.calls[self.world.sessions[AGENT].call or ""]
        took |= self._time("the agent dials a third party", self.ask(Kind.DIAL_WITH_CUSTOMER, AGENT, number="8500"))
        if self.world.calls[call.id].state is not State.THREE_WAY:
            raise CannotMeasureError(f"call {call.id} is no three-way: {self.world.calls[call.id]}")
        took |= self._time("the agent leaves", self.ask(Kind.LEAVE_3WAY_CALL, AGENT))
        took |= self._time("the caller hangs up", ev.LegDestroyed(caller, 16))
        took |= self._time("a disposition", self.ask(Kind.STATUS, AGENT, status="A"))
        self.now += SECOND
        took |= self._time("a timer fires (wrap-up is over)", ev.TimerFired())
        if self.world.sessions[AGENT].state is not AgentState.READY or len(self.world.calls) != before:
            raise CannotMeasureError(f"agent {AGENT} is not READY again: {self.world.sessions[AGENT]}")
        self.tell(self.ask(Kind.LOGOUT, AGENT))
        took |= self._time("an agent logs in", _login(AGENT))
        return took | self._time("an event that concerns no call", ev.LegJoined("nobody", "nowhere"))

    def _time(self, what: str, entry: Input) -> dict[str, float]:
        self.tell(entry)
        return {what: self.handled[0][1].work}

    def _open(self, number: int) -> None:
        """Open a call that waits, talks or is a three-way call."""
        kind, group = number % 10, f"GROUP{number % GROUPS}"
        if kind < 8:
            self.tell(self.ask(Kind.RESUME, str(number)))
        self.tell(ev.LegArrived(f"open-{number}", ("ingroup", group if kind < 8 else "BUSY"), up=True))
        if kind in (6, 7):
            self.tell(self.ask(Kind.DIAL_WITH_CUSTOMER, str(number), number="8500"))


def _rules(calls: int) -> Rules:
    """Return rules with an agent for each call that does not wait, and one more; no agent serves the in-group BUSY."""
    groups = [f"GROUP{number}" for number in range(GROUPS)]
    names = [*groups, "BUSY", OWN]
    users = [(str(n), groups[n % GROUPS]) for n in range(calls) if n % 10 < 8]
    agents = [Agent(id=user, phone=user, campaign="BENCH", ingroups=(group,)) for user, group in [*users, (AGENT, OWN)]]
    campaign = Campaign(id="BENCH", dial_template="PJSIP/{number}@trunk", wrapup_seconds=1)
    return Rules(
        campaigns={"BENCH": campaign},
        ingroups={name: Ingroup(id=name, drop_call_seconds=10**6, prompt_interval=0) for name in names},
        agents={agent.id: agent for agent in agents},
    )


def _login(user: str) -> ev.LegArrived:
    return ev.LegArrived(f"phone-{user}", ("login", user), up=True)


def _joins(entry: Input, leg: str) -> bool:
    return isinstance(entry, ev.LegJoined) and entry.leg == leg
