"""Decide whether a call may wait in an in-group now, and what happens to it if not.

Facts come in, and the answer of each rule goes out. The core decides so for every call that arrives at an in-group.
`warmline route simulate` does the same with its own facts.
"""

from dataclasses import dataclass

from warmline.core.model.queue_wait import WaitStatus
from warmline.core.rules import reasons
from warmline.core.rules.call_times import CallTimeCheck
from warmline.core.rules.configuration import Ingroup
from warmline.core.rules.routing import RuleStep

OPTION_OF_ACTION = {
    "NO_AGENT_NO_QUEUE": "no_agent_action",
    "DROP": "drop_action",
    "AFTERHOURS": "after_hours_action",
}  # max_calls_action → the option that says what happens


@dataclass(frozen=True, slots=True, kw_only=True)
class IngroupFacts:
    """The facts when a call arrives at an in-group. The call itself is not counted.

    The agents are those who are logged in for the in-group. With AGENTDIRECT, only the agent `direct_agent` counts.
    """

    name: str
    ingroup: Ingroup | None  # None: the in-group does not exist
    hours: CallTimeCheck | None = None  # of its call_time_id; None: it has none
    direct_agent: str = ""  # with AGENTDIRECT, the agent for whom the call is
    call_count: int = 0  # of this in-group: waiting calls and calls of agents
    waiting_count: int = 0
    logged_in_count: int = 0
    not_paused_count: int = 0
    ready_count: int = 0


@dataclass(frozen=True, slots=True)
class QueueAdmission:
    """The answer for a call. `action` is '' if the call may wait, else the option that says what happens to it.

    `status` is then the call's status. A call for an in-group that does not exist or is not active has the action
    `refuse`, which has no option.
    """

    action: str
    status: str
    steps: tuple[RuleStep, ...]

    @property
    def can_wait(self) -> bool:
        return not self.action

    @property
    def reason(self) -> str:
        """Return why the call may not wait, for people, or '' if it may."""
        return "" if self.can_wait else self.steps[-1].why


REFUSE = "refuse"


def check_ingroup(facts: IngroupFacts) -> QueueAdmission:
    """Check `active`, `call_time_id`, `max_calls_method` and `no_agent_no_queue`; the first refusal decides."""
    ingroup = facts.ingroup
    if ingroup is None or ingroup.active != "Y":
        problem = "does not exist" if ingroup is None else "is not active"
        return QueueAdmission(REFUSE, "", (RuleStep("in-group", False, f"in-group {facts.name} {problem}"),))
    steps = [RuleStep("in-group", True, f"in-group {facts.name} is active")]
    if facts.hours is not None:
        steps.append(RuleStep("call_time_id", facts.hours.is_open, facts.hours.reason))
        if not facts.hours.is_open:
            return QueueAdmission("after_hours_action", WaitStatus.AFTHRS, tuple(steps))
    if ingroup.max_calls_method != "DISABLED":
        steps.append(_check_max_calls(facts, ingroup))
        if not steps[-1].passed:
            return QueueAdmission(OPTION_OF_ACTION[ingroup.max_calls_action], WaitStatus.MAXCAL, tuple(steps))
    if ingroup.no_agent_no_queue != "N":
        steps.append(check_agents(facts, "no_agent_no_queue", ingroup.no_agent_no_queue))
        if not steps[-1].passed:
            return QueueAdmission("no_agent_action", WaitStatus.NANQUE, tuple(steps))
    return QueueAdmission("", "", tuple(steps))


def _check_max_calls(facts: IngroupFacts, ingroup: Ingroup) -> RuleStep:
    is_total = ingroup.max_calls_method == "TOTAL"
    call_count = facts.call_count if is_total else facts.waiting_count
    calls_text = f"{call_count} calls" if is_total else f"{call_count} waiting"
    reason = reasons.INGROUP_CALLS.text(
        ingroup=facts.name, calls=calls_text, limit=ingroup.max_calls_count, method=ingroup.max_calls_method
    )
    return RuleStep("max_calls_method", call_count < ingroup.max_calls_count, reason)


def check_agents(facts: IngroupFacts, option: str, kind: str) -> RuleStep:
    """Return whether agents of a kind are there; `kind` is a value of this option except N."""
    agent_count, state_text = {
        "Y": (facts.logged_in_count, "logged in"),
        "NO_PAUSED": (facts.not_paused_count, "logged in and not paused"),
        "NO_READY": (facts.ready_count, "READY"),
    }[kind]
    if facts.direct_agent:
        agent_state = state_text if agent_count else f"not {state_text}"
        reason = reasons.INGROUP_DIRECT_AGENT.text(
            agent=facts.direct_agent, state=agent_state, option=option, rule=kind
        )
    else:
        agents_text = f"{agent_count or 'no'} agent{'s' if agent_count > 1 else ''}"
        reason = reasons.INGROUP_AGENTS.text(
            ingroup=facts.name, agents=agents_text, state=state_text, option=option, rule=kind
        )
    return RuleStep(option, agent_count > 0, reason)
