"""What would become of a call that came to an in-group now: the rules asked, and who would get it or where it would go.

Asks the same functions as a call that comes. What it forecasts in is a world of its own: nothing here is performed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from warmline.core import agent, ranking
from warmline.core.call import admission, arrival, targets
from warmline.core.call.call import Call
from warmline.core.call.exits import OVERFLOWS
from warmline.core.call.states import State
from warmline.core.floor import DIRECT
from warmline.core.queue_rules import REFUSE
from warmline.core.ranking_reasons import rings_all, rule, why
from warmline.core.recovered import restore
from warmline.core.routing import Step
from warmline.core.rules import Rules
from warmline.core.session import AgentState, Session
from warmline.core.world import Entity, Turn, World


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agent who serves the in-group: his place among the ready ones, the first gets the call; 0: he is not ready."""

    agent: str
    place: int
    why: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """`outcome` is for people. The call is served by `agent`, or waits at `place` in line, or has a `status`.

    `ingroup` is the last one it came to. Where it leads out of the in-group: `goto` (CONTEXT,EXTEN) or `message`.
    """

    outcome: str
    ingroup: str
    direct: str
    steps: tuple[Step, ...]
    agent: str = ""
    place: int = 0
    status: str = ""
    action: str = ""
    goto: str = ""
    message: str = ""
    ranking: tuple[Ranked, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether no in-group has anything for it: the caller goes to the fallback."""
        return not (self.agent or self.place or self.status)


def as_they_are(records: list[Entity], rules: Rules, now: int, base: str) -> Turn:
    """The world of these open records, with everybody in his place; `now` in microseconds UTC, `base` a fresh ULID."""
    turn = Turn(restore(records), now, base)
    turn.world.rules = rules
    for call in list(turn.world.calls.values()):
        if call.state is State.WAITING:
            arrival.take_place(turn, call)
    for session in list(turn.world.sessions.values()):
        agent.offer(turn, session)
    return turn


def with_agents(sessions: Iterable[Session], rules: Rules, now: int, base: str) -> Turn:
    """A world of these agents, whose phones are all on the line or the hook, and no calls."""
    turn = Turn(World(rules=rules), now, base)
    for session in sessions:
        turn.world.keep(session)
        if session.state is AgentState.READY:
            ranking.stand(turn, session)
    return turn


def forecast(turn: Turn, ingroup: str, direct: str = "") -> Forecast:
    """A call comes to an in-group, or to an agent's own queue; the floor of the turn's world is as it is then."""
    steps: list[Step] = []
    status = ""
    for _ in range(OVERFLOWS + 1):
        call = _call(turn, ingroup, direct)
        answer = admission.judge(turn, call, ingroup, direct)
        steps += answer.steps
        if answer.waits:
            return _in_line(turn, call, steps)
        if answer.action == REFUSE:
            said = f"hung up: {answer.reason}" if status else f"refused: {answer.reason}"
            return Forecast(said, ingroup, direct, tuple(steps), status=status)
        status = answer.status
        rules = turn.world.rules.ingroup(ingroup)
        value = str(getattr(rules, answer.action))
        exit_ = targets.read(rules, answer.action, value, turn.world.rules.agents.get(direct))
        led = Forecast(
            f"{answer.action}={value}: {_where(exit_)}",
            ingroup,
            direct,
            tuple(steps),
            status=status,
            action=exit_.action,
            goto=exit_.goto,
            message=exit_.message,
        )
        if exit_.missing or not exit_.group:
            return led
        steps.append(Step(answer.action, True, f"{value}: on to in-group {exit_.group}"))
        ingroup, direct = exit_.group, ""
    outcome = f"hung up: {OVERFLOWS} in-groups have passed it on"
    return Forecast(outcome, ingroup, direct, tuple(steps), status=status)


def _call(turn: Turn, ingroup: str, direct: str) -> Call:
    return Call(
        id="simulated",
        agc_id="",
        state=State.WAITING,
        since=turn.now,
        arrived=turn.now,
        queued_at=turn.now,
        ingroup=ingroup,
        direct=direct,
        priority=turn.world.rules.ingroup(ingroup).queue_priority,
    )


def _where(exit_: targets.Exit) -> str:
    """Where an exit leads, for people."""
    if exit_.missing:
        return f"hung up, {exit_.missing}"
    if exit_.goto:
        return f"on in the dialplan at {exit_.goto}"
    if exit_.message:
        return f"hears {exit_.message}, then is hung up"
    return "hung up"


def _in_line(turn: Turn, call: Call, steps: list[Step]) -> Forecast:
    """The call gets a ticket: the best of those who are ready has it, or it waits."""
    queue = DIRECT + call.direct if call.direct else call.ingroup
    floor = turn.world.floor
    ready = floor.ready_agents(queue)
    ranking = tuple(_ranking(turn, queue, call, ready))
    rules = turn.world.rules.ingroup(call.ingroup)
    floor.wait(call.id, queue, call.priority, call.queued_at)
    place = floor.place_of(call.id)
    floor.forget_call(call.id)
    if ready:
        outcome = f"agent {ready[0]} gets it ({rule(turn.world.rules, queue)})"
        if rings_all(turn.world.rules, turn.world.sessions[ready[0]], queue):
            outcome = f"the phones of {', '.join(ready)} ring; the first to answer gets it"
        return Forecast(outcome, call.ingroup, call.direct, tuple(steps), agent=ready[0], ranking=ranking)
    if call.direct and call.direct not in turn.world.sessions:
        outcome = f"agent {call.direct} is not logged in: after a second drop_action={rules.drop_action}"
    else:
        outcome = f"waits, as number {place} in line; after {rules.drop_call_seconds} s drop_action={rules.drop_action}"
    return Forecast(outcome, call.ingroup, call.direct, tuple(steps), place=place, ranking=ranking)


def _ranking(turn: Turn, queue: str, call: Call, ready: list[str]) -> list[Ranked]:
    """Those who are ready, the best first, then the others who serve the queue, with why they are not."""
    rules, sessions = turn.world.rules, turn.world.sessions
    best = [Ranked(user, place, why(rules, sessions[user], queue, turn.now)) for place, user in enumerate(ready, 1)]
    others = [
        Ranked(user, 0, _why_not(sessions[user].state, sessions[user].pause_code))
        for user in sorted(sessions)
        if user not in ready and (user == call.direct if call.direct else call.ingroup in sessions[user].ingroups)
    ]
    return [*best, *others]


def _why_not(state: AgentState, pause_code: str) -> str:
    if state is AgentState.READY:
        return "READY, but his phone is not on the line"
    return f"{state} {pause_code}".rstrip()
