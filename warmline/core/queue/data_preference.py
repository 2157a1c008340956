"""The priority of a call, its own and by an in-group's rules about its data, and the agent whom they prefer.

A call waits for its preferred agent in that agent's own queue. If the agent is READY, they match immediately, whoever
else has waited longer for a call. A busy agent is waited for until `prefer_until`, then the call is in the in-group's
queue.
"""

from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.moment import SECOND_US
from warmline.core.rules import data_rules
from warmline.core.rules.configuration import Ingroup
from warmline.core.rules.routing import RuleStep
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

MIN_WAIT_SECONDS = 1  # then a ticket leaves the queue of an agent who could not take the call immediately


def compute_priority(ingroup: Ingroup, call: Call) -> int:
    """Return the call's priority in the in-group: `queue_priority`, what the first matching rule adds, and its own."""
    data_priority = int(_find_priority_rule(ingroup, call)[1] or 0) if ingroup.data_priority else 0
    return ingroup.queue_priority + data_priority + call.queueing.own_priority


def find_preferred_agent(turn: Turn, call: Call, ingroup: str) -> str:
    """Return the agent whom the call's data names for this in-group, if there is such an agent; otherwise "".

    An agent who gives a call away, or asks for a closer, does not get it back.
    """
    rules = turn.world.rules
    field = rules.ingroup(ingroup).data_agent
    if not field:
        return ""
    user = data_rules.get_value(call.data, field)
    agent_rules = rules.agents.get(user)
    is_active = agent_rules is not None and agent_rules.active == "Y"
    return user if is_active and user not in (call.agent, call.outcome.last_agent) else ""


def can_take_call(world: World, call: Call, ingroup: str, now_us: int) -> bool:
    """Return whether the call waits for its preferred agent alone: the agent is READY, or busy and worth a wait."""
    session = world.sessions.get(call.queueing.preferred)
    if session is None or ingroup not in session.ingroups or now_us >= (call.queueing.prefer_until or 0):
        return False
    if world.matcher.is_ready_in(session.agent, ingroup):
        return True
    return world.rules.ingroup(ingroup).data_agent_wait > 0 and session.state is not AgentState.PAUSED


def get_preference_deadline(ingroup: Ingroup, now_us: int) -> int:
    """Return when a call stops waiting for its preferred agent, in microseconds UTC."""
    return now_us + max(ingroup.data_agent_wait, MIN_WAIT_SECONDS) * SECOND_US


def list_rule_steps(turn: Turn, call: Call, ingroup: str, direct_agent: str) -> tuple[RuleStep, ...]:
    """Return the call's own priority, and the answers of `data_priority` and `data_agent`, at its arrival."""
    ingroup_rules, steps = turn.world.rules.ingroup(ingroup), []
    if own_priority := call.queueing.own_priority:
        steps.append(RuleStep("priority", True, f"the call brings {own_priority:+}"))
    if ingroup_rules.data_priority:
        rule = _find_priority_rule(ingroup_rules, call)[0]
        steps.append(RuleStep("data_priority", True, f"{rule} fits" if rule else "no rule fits the call's data"))
    if ingroup_rules.data_agent and not direct_agent:
        steps.append(RuleStep("data_agent", True, _describe_agent(turn, call, ingroup)))
    return tuple(steps)


def _find_priority_rule(ingroup: Ingroup, call: Call) -> tuple[str, str]:
    return data_rules.find_rule(ingroup.data_priority, data_rules.PRIORITY_SIGN, call.data)


def _describe_agent(turn: Turn, call: Call, ingroup: str) -> str:
    """Return which agent the data names, and whether that agent can take the call, for people."""
    ingroup_rules = turn.world.rules.ingroup(ingroup)
    named_user = data_rules.get_value(call.data, ingroup_rules.data_agent)
    if not named_user:
        return f"the call has no {ingroup_rules.data_agent}"
    user = find_preferred_agent(turn, call, ingroup)
    if not user:
        quoted_user = data_rules.quote_value(named_user)
        return f"{ingroup_rules.data_agent} is {quoted_user}, which is no agent who can be preferred"
    session = turn.world.sessions.get(user)
    if session is None or ingroup not in session.ingroups:
        return f"agent {user} is not logged in for {ingroup}"
    if turn.world.matcher.is_ready_in(user, ingroup):
        return f"agent {user} is READY"
    wait_seconds = ingroup_rules.data_agent_wait if session.state is not AgentState.PAUSED else 0
    wait_text = f"; the call waits for them up to {wait_seconds} s" if wait_seconds else ""
    return f"agent {user} is {session.state}{wait_text}"
