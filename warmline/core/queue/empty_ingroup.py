"""Let waiting calls leave an in-group whose last agent has gone: `leave_when_empty`."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.session import Session
from warmline.core.queue import admission_facts
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.world.turn import Turn

LEAVE_OPTION = "leave_when_empty"


def recheck_calls_of_agent(turn: Turn, session: Session) -> None:
    """Look again at the calls that wait for this agent, who takes no call now, if they do not wait for others."""
    for name in session.ingroups:
        if turn.world.rules.ingroup(name).leave_when_empty != "N" and not _has_other_agents(turn, session, name):
            _recheck_queue(turn, name)
    if turn.world.rules.ingroup(AGENTDIRECT).leave_when_empty != "N":
        _recheck_queue(turn, AGENT_QUEUE + session.agent)


def recheck_call(turn: Turn, call: Call) -> None:
    """Look again at a call that waits from now on, or by new rules."""
    if call.state is State.WAITING and turn.world.rules.ingroup(call.ingroup).leave_when_empty != "N":
        turn.wake(turn.now, TimerKind.CALL, call.id)


def find_leave_reason(turn: Turn, call: Call) -> str:
    """Return why a waiting call leaves now, or ""."""
    is_waiting = call.state is State.WAITING and turn.world.matcher.has_call(call.id)
    return find_empty_reason(turn, call) if is_waiting else ""


def find_empty_reason(turn: Turn, call: Call) -> str:
    """Return why a call that waits in its in-group would leave now, because no agent is there for it, or ""."""
    kind = turn.world.rules.ingroup(call.ingroup).leave_when_empty
    if kind == "N":
        return ""
    step = admission_facts.check_agents(turn, call, LEAVE_OPTION, kind=kind)
    return "" if step.passed else f"{LEAVE_OPTION}: {step.why}"


def _has_other_agents(turn: Turn, session: Session, ingroup: str) -> bool:
    """Return whether an agent other than this one is READY for the in-group."""
    return any(agent != session.agent for agent in turn.world.matcher.list_ready_agents(ingroup))


def _recheck_queue(turn: Turn, queue: str) -> None:
    for call_id in turn.world.matcher.list_calls(queue):
        turn.wake(turn.now, TimerKind.CALL, call_id)
