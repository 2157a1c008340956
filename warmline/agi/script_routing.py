"""Words of a script that send its call to Warmline when the script ends, or that explain where a number leads.

The call continues in a context of dialplan/warmline.conf. It decides again, and has the fallback for a stopped app.
"""

import time

from warmline.agi import passed_data, refuse
from warmline.agi.channel import AGI
from warmline.core.rules import call_data, routing
from warmline.core.rules.routing import DidFacts, RoutingDecision
from warmline.store.agi import routing_facts
from warmline.system import heartbeat_file, settings
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost a script 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping

CONTEXTS = {"did": "warmline-from-trunk", "ingroup": "warmline-ingroup", "agent": "warmline-agent"}


def enter_did(agi: AGI, number: str = "") -> bool:
    """Send the call to a DID's destination when the script ends, and return whether it has one.

    Without a `number`, the dialled extension is used. If the DID leads nowhere, the dialplan continues after the
    script, and WARMLINE_REASON has the reason. Raises CodedError, AGIException.
    """
    number = number or agi.env.get("agi_extension", "")
    facts = _load_did_facts(number, agi.env.get("agi_callerid", ""), 0)
    if facts.data_routes:
        facts.call_data, _ = passed_data.encode_items(passed_data.read_items(agi, facts.data_names, facts.data_headers))
    return _enter(agi, "did", number, decision=_decide(facts))


def enter_ingroup(agi: AGI, name: str, priority: int = 0) -> bool:
    """Send the call to an in-group when the script ends, and return whether the in-group exists and is active.

    `priority`, -99 to 99, is added to the `queue_priority` of each in-group in which the call waits: the highest sum
    is served first. It sets WARMLINE_PRIORITY; 0 leaves that as the dialplan has set it.

    If not, the dialplan continues after the script, and WARMLINE_REASON has the reason. Raises CodedError, also if
    the priority is not allowed, and AGIException.
    """
    if priority not in range(-call_data.MAX_PRIORITY, call_data.MAX_PRIORITY + 1):
        raise CodedError(
            "call_priority_invalid",
            "priority {priority} is invalid; allowed: -{most} to {most}",
            priority=priority,
            most=call_data.MAX_PRIORITY,
        )
    is_entered = _enter(agi, "ingroup", name, decision=_decide_target(f"ingroup:{name}"))
    if is_entered and priority:
        agi.set_variable("WARMLINE_PRIORITY", priority)
    return is_entered


def enter_agent(agi: AGI, user: str) -> bool:
    """Send the call to an agent's own queue when the script ends, and return whether the agent is active.

    If not, the dialplan continues after the script, and WARMLINE_REASON has the reason. Raises CodedError,
    AGIException.
    """
    return _enter(agi, "agent", user, decision=_decide_target(f"agent:{user}"))


def explain(number: str, caller: str = "", at: int = 0, data: "Mapping[str, str] | None" = None) -> RoutingDecision:
    """Return where a call from `caller` to a DID goes, with each rule, its answer and the reason.

    `at` is the time of the call in seconds since 1970; 0 for now. `data` are the names and values of its data; those
    beyond a limit are left out. Raises CodedError. The result has these attributes:

    - `route`: the arguments of Stasis(); '' without a route
    - `goto`: a place in the dialplan, if the call goes there
    - `reason`: why there is no route
    - `steps`: each rule with its `rule`, `passed` and `why`
    - `told`: all rules and their answers in one line
    """
    facts = _load_did_facts(number, caller, at)
    facts.call_data, _ = call_data.check_items(tuple((data or {}).items()))
    return _decide(facts)


def _load_did_facts(number: str, caller: str, time_seconds: int) -> DidFacts:
    time_us = time_seconds * 1_000_000 or time.time_ns() // 1000
    return routing_facts.did(str(settings.load(servers=False).db), routing.strip_plus(number), caller, at=time_us)


def _decide(facts: DidFacts) -> RoutingDecision:
    return routing.refuse_if_stopped(
        routing.route_did(facts), heartbeat_file.get_stopped_seconds(settings.load(servers=False).run)
    )


def _decide_target(route: str) -> RoutingDecision:
    """Return whether a call may follow a route, such as `ingroup:SALESLINE`."""
    config = settings.load(servers=False)
    ingroups, agents = routing_facts.targets(str(config.db), route)[:2]
    return routing.refuse_if_stopped(
        routing.follow_route(route, ingroups, agents), heartbeat_file.get_stopped_seconds(config.run)
    )


def _enter(agi: AGI, kind: str, name: str, decision: RoutingDecision) -> bool:
    """Set where the dialplan continues, or refuse. A stopped app is no reason, because the dialplan has a fallback."""
    can_continue = bool(decision.route or decision.goto) or decision.steps[-1].rule == "application"
    if can_continue:
        agi.goto_on_exit(CONTEXTS[kind], name, 1)
    else:
        refuse(agi, _describe_refusal(kind, name, decision.reason))
    return can_continue


def _describe_refusal(kind: str, name: str, reason: str) -> str:
    """Return the reason with the script's file and line, and with the nearest name if the script named an unknown one.

    This is loaded only now, because scripts start in milliseconds.
    """
    from warmline.agi import script_errors

    similar_name = routing_facts.meant(str(settings.load(servers=False).db), kind, name)
    return f"{script_errors.locate_running_line()}{reason}{similar_name}"
