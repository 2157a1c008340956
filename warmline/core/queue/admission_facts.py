"""Check whether a call, or a request for a closer, may wait in an in-group now. Collects the facts for the rules."""

from collections import Counter

from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.queue import admission_rules
from warmline.core.queue.admission_rules import REFUSE, IngroupFacts, QueueAdmission
from warmline.core.rules import call_times, reasons
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.rules.routing import RuleStep
from warmline.core.world.turn import Turn

# The option in a call's `ended_by` for a rule; other rules stand for themselves.
OPTION_OF_RULE = {"max_calls_method": "max_calls_count"}


def check_admission(turn: Turn, call: Call, ingroup: str, direct_agent: str) -> QueueAdmission:
    """Return the answer of the in-group's rules for a call that arrives now.

    `direct_agent` is the agent for whom the call is, or "".
    """
    return admission_rules.check_ingroup(_collect_facts(turn, call, ingroup, direct_agent=direct_agent))


def check_agents(turn: Turn, call: Call, option: str, kind: str) -> RuleStep:
    """Return whether agents of a kind are there for a waiting call; `kind` is a value of this option except N."""
    return admission_rules.check_agents(
        _collect_facts(turn, call, call.ingroup, direct_agent=call.direct), option, kind
    )


def _collect_facts(turn: Turn, call: Call, ingroup: str, direct_agent: str) -> IngroupFacts:
    call_count, waiting_count = turn.world.call_counts.count_others(ingroup, turn.world.calls.get(call.id))
    rules = turn.world.rules
    group = rules.ingroups.get(ingroup)
    call_time_id = group.call_time_id if group else ""
    named_session = turn.world.sessions.get(direct_agent)
    if direct_agent:
        agents_by_state = Counter([named_session.state] if named_session else ())
    else:
        agents_by_state = turn.world.session_index.count_serving(ingroup)
    return IngroupFacts(
        name=ingroup,
        ingroup=group,
        hours=call_times.check_named(
            call_time_id, rules.call_times, rules.holidays, zone=rules.timezone, at_us=turn.machine_time
        ),
        direct_agent=direct_agent,
        call_count=call_count,
        waiting_count=waiting_count,
        logged_in_count=agents_by_state.total(),
        not_paused_count=agents_by_state.total() - agents_by_state[AgentState.PAUSED],
        ready_count=agents_by_state[AgentState.READY],
    )


def get_refusing_option(admission: QueueAdmission) -> str:
    """Return the option by which a call was refused."""
    rule = admission.steps[-1].rule
    return OPTION_OF_RULE.get(rule, rule)


def find_handover_refusal(turn: Turn, call: Call, ingroup: str, to_agent: str) -> str:
    """Return why a call cannot be handed over to this in-group, or ""."""
    admission = check_admission(turn, call, ingroup, direct_agent=to_agent if ingroup == AGENTDIRECT else "")
    return reasons.INGROUP_INVALID.text(ingroup=ingroup) if admission.action == REFUSE else admission.reason


def is_rerouted(turn: Turn, call: Call, ingroup: str, to_agent: str) -> bool:
    """Return whether the in-group accepts a call that may not wait, and applies its action for such calls to it."""
    admission = check_admission(turn, call, ingroup, direct_agent=to_agent if ingroup == AGENTDIRECT else "")
    return turn.world.rules.api_impossible == "SUCCESS" and admission.action not in ("", REFUSE)
