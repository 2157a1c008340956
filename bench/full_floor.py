"""A floor in the core alone: agents who are logged in and paused, and as many waiting callers as one likes."""

from collections.abc import Iterator
from time import perf_counter_ns, thread_time_ns
from typing import NamedTuple

from bench.result import CannotMeasureError
from warmline.ari_app.clock import new_ulid
from warmline.core import actions as do
from warmline.core import events as ev
from warmline.core.commands import Ask, Command, Kind
from warmline.core.engine import Input, handle
from warmline.core.rules import Agent, Campaign, Ingroup, Rules
from warmline.core.session import AgentState
from warmline.core.world import Turn, World
from warmline.ingroup_options import RANKINGS

AGENTS = 200
SERVED = 5  # in-groups of each agent
START = 1_790_000_000_000_000
MILLISECOND = 1000


def rules() -> Rules:
    """An in-group for each way of ranking; each agent serves some of them."""
    groups = [f"GROUP{number}" for number in range(len(RANKINGS))]
    agents = (
        Agent(id=str(n), phone=str(n), campaign="BENCH", ingroups=tuple((groups * 2)[n % len(groups) :][:SERVED]))
        for n in range(1000, 1000 + AGENTS)
    )
    ranked = zip(groups, RANKINGS, strict=True)
    return Rules(
        campaigns={"BENCH": Campaign(id="BENCH")},
        ingroups={name: Ingroup(id=name, next_agent_call=method) for name, method in ranked},
        agents={agent.id: agent for agent in agents},
    )


class Took(NamedTuple):
    """Microseconds of work for one input, and by the clock: with what else the machine had to do meanwhile."""

    work: float
    clock: float


class FullFloor:
    """The core with everybody in it. What it asks of Asterisk happens at once."""

    def __init__(self, callers: int) -> None:
        self.world = World()
        self.rules = rules()
        self.now = START
        self._came = 0
        self.tell(ev.Configured(self.rules))
        for user in self.rules.agents:
            self.tell(ev.LegArrived(f"phone-{user}", ("login", user), up=True))
        for _ in range(callers):
            self.caller()

    def tell(self, entry: Input) -> None:
        """An input, and all that follows from it."""
        inputs = [entry]
        while inputs:
            turn = self._handle(inputs.pop(0))
            inputs += (event for _, action in turn.actions for event in self._proof(action))

    def caller(self) -> None:
        """One more caller comes."""
        group = list(self.rules.ingroups)[self._came % len(self.rules.ingroups)]
        self._came += 1
        self.tell(ev.LegArrived(f"caller-{self._came}", ("ingroup", group), up=True))

    def decide(self, user: str) -> Took:
        """This agent becomes READY: how long until it is decided whom he gets. Then that call is had and over.

        Raises CannotMeasureError if somebody waits for him and he gets nobody.
        """
        resume, base = self._ask(Kind.RESUME, user), new_ulid(self.now)
        begun, work = perf_counter_ns(), thread_time_ns()
        turn = handle(self.world, resume, self.now, base)
        took = Took((thread_time_ns() - work) / 1000, (perf_counter_ns() - begun) / 1000)
        for _, action in turn.actions:
            for event in self._proof(action):
                self.tell(event)
        self._end(user)
        return took

    def _end(self, user: str) -> None:
        session = self.world.sessions[user]
        self.tell(self._ask(Kind.PAUSE, user))
        if session.call:
            self.tell(ev.LegGone(self.world.calls[session.call].customer or "", 16))
            self.tell(self._ask(Kind.STATUS, user))
            self.caller()
        elif any(self.world.floor.how_many_wait(group) for group in session.ingroups):
            raise CannotMeasureError(f"agent {user} is READY, his callers wait, and he gets none")
        if self.world.sessions[user].state is not AgentState.PAUSED:
            raise CannotMeasureError(f"agent {user} is not paused again: {self.world.sessions[user]}")

    def _handle(self, entry: Input) -> Turn:
        self.now += MILLISECOND
        return handle(self.world, entry, self.now, new_ulid(self.now))

    def _ask(self, kind: Kind, user: str) -> Ask:
        self.now += MILLISECOND
        return Ask(new_ulid(self.now), Command(kind, user, status="A"), by="bench", source="bench")

    def _proof(self, action: do.Action) -> Iterator[ev.Event]:
        match action:
            case do.Answer(leg):
                yield ev.LegAnswered(leg)
            case do.Join(leg, bridge):
                if before := self.world.legs[leg].at:
                    yield ev.LegLeft(leg, before)
                yield ev.LegJoined(leg, bridge)
            case do.TakeOut(leg, bridge):
                yield ev.LegLeft(leg, bridge)
            case do.Hangup(leg):
                yield ev.LegGone(leg, 16)
            case do.Whisper(leg):
                yield ev.LegArrived(leg, ("whisper",))
            case do.Play(leg, _, play):
                yield ev.PlayFinished(leg, True, play)
