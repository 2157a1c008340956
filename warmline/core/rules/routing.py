"""Decide where a call goes. Loaded by AGI scripts, so this module imports nothing.

Facts come in, and a decision with the answer of each rule goes out. For a DID, the rules check in this order:

1. whether the dialled number is a number,
2. which DID matches it,
3. whether that DID is open,
4. whether the caller is on the blocklist,
5. whether the DID filters the caller,
6. whether a rule of `data_routes` fits the call's data; it replaces the route of an open DID,
7. whether the target of the route exists.

A closed DID continues with its `after_hours_route`. A caller on the blocklist is therefore hung up at night too.
"""

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping

    from warmline.core.rules.call_data import CallData
    from warmline.core.rules.call_times import CallTimeCheck

AGENTDIRECT = "AGENTDIRECT"
MAX_DIGITS = 40  # digits of a number
NUMBER_CHARACTERS = "0123456789*#"  # the characters of a dialled number
DIALPLAN_CHARACTERS = frozenset(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*#+_.@-"
)  # of a name in the dialplan
DEFAULT_CONTEXT = "default"  # of an extension that names none


class RuleStep:
    """One rule that was checked: whether it let the call continue on its route, and why."""

    __slots__ = ("passed", "rule", "why")

    def __init__(self, rule: str, passed: bool, why: str) -> None:
        self.rule = rule
        self.passed = passed
        self.why = why


class RoutingDecision:
    """The result of routing: a route, a place in the dialplan, or nothing. `steps` are the checked rules, in order.

    `route` holds the arguments of Stasis(). `goto` is the final place in the dialplan: `CONTEXT,EXTEN,1`.
    `data` is the word that passes the call's data to Stasis(), or "".
    """

    __slots__ = ("data", "goto", "route", "steps")

    def __init__(self, route: str, steps: "list[RuleStep]", goto: str = "") -> None:
        self.route = route
        self.data = ""
        self.goto = goto
        self.steps = steps

    @property
    def reason(self) -> str:
        """Return why the call has no route, or its place in the dialplan and why. Return "" if it has a route."""
        refusals = [step.why for step in self.steps if not step.passed]
        if self.goto:
            return " because ".join([self.steps[-1].why, *refusals[-1:]])
        return "" if self.route else refusals[-1]

    @property
    def told(self) -> str:  # users' scripts read it from `explain`
        """Return all rules and their answers, in one line."""
        return "; ".join(f"{step.rule}: {step.why}" for step in self.steps)


class DidFacts:
    """The facts about a dialled number and its caller.

    `did` is the DID that matches, or None. `inactive_dids` are DIDs that match better but have did_active=N.
    `blocklist` and `filter_group` are the lists that are searched, or '' for none. `ingroups` and `agents` (name →
    active) are those that the routes name and that exist. `data_names` and `data_headers` are the items of data that go
    with a call, `data_routes` the rules about them. The caller sets `call_data`, the items of this call within the
    limits.
    """

    __slots__ = (
        "after_hours_route",
        "agents",
        "blocklist",
        "call_data",
        "caller",
        "data_headers",
        "data_names",
        "data_routes",
        "did",
        "filter_group",
        "filter_route",
        "hours",
        "inactive_dids",
        "ingroups",
        "is_blocked",
        "is_filtered",
        "number",
        "route",
    )

    def __init__(
        self,
        number: str,
        did: "str | None" = None,
        route: str = "",
        *,
        inactive_dids: "tuple[str, ...]" = (),
        hours: "CallTimeCheck | None" = None,
        after_hours_route: str = "",
        caller: str = "",
        blocklist: str = "",
        is_blocked: bool = False,
        filter_group: str = "",
        is_filtered: bool = False,
        filter_route: str = "hangup",
        ingroups: "Mapping[str, str] | None" = None,
        agents: "Mapping[str, str] | None" = None,
        data_names: "tuple[str, ...]" = (),
        data_headers: "tuple[str, ...]" = (),
        data_routes: "tuple[str, ...]" = (),
        call_data: "CallData" = (),
    ) -> None:
        self.number = number
        self.did = did
        self.route = route
        self.inactive_dids = inactive_dids
        self.hours = hours
        self.after_hours_route = after_hours_route
        self.caller = caller
        self.blocklist = blocklist
        self.is_blocked = is_blocked
        self.filter_group = filter_group
        self.is_filtered = is_filtered
        self.filter_route = filter_route
        self.ingroups = ingroups or {}
        self.agents = agents or {}
        self.data_names = data_names
        self.data_headers = data_headers
        self.data_routes = data_routes
        self.call_data = call_data


def strip_plus(dialled_number: str) -> str:
    """Return a dialled number in the form of a DID's name: without the leading +."""
    return dialled_number.removeprefix("+")


def split_route(route: str) -> tuple[str, str]:
    """Split a route: `ingroup:SALES` → ("ingroup", "SALES")."""
    kind, _, name = route.partition(":")
    return kind, name


def get_ingroup(route: str) -> str:
    """Return the in-group of a route, or "". Calls for one agent wait in AGENTDIRECT."""
    kind, name = split_route(route)
    return {"ingroup": name, "agent": name and AGENTDIRECT}.get(kind, "")


def route_did(facts: DidFacts) -> RoutingDecision:
    """Decide where a call to a DID goes: `ingroup,NAME` or `agent,USER` for Stasis(), or a place in the dialplan."""
    steps = [_check_number(facts)]
    if not steps[0].passed:
        return RoutingDecision("", steps)
    steps += _check_did(facts)
    if facts.did is None:
        return RoutingDecision("", steps)
    route = facts.route
    if facts.hours is not None:
        steps.append(RuleStep("call_time_id", facts.hours.is_open, facts.hours.reason))
        route = facts.route if facts.hours.is_open else facts.after_hours_route
    if facts.blocklist:
        steps.append(_check_list("blocklist", facts.blocklist, facts.is_blocked, caller=facts.caller))
        if facts.is_blocked:
            route = "hangup"
    if facts.filter_group and not facts.is_blocked:
        steps.append(_check_list("filter_phone_group_id", facts.filter_group, facts.is_filtered, caller=facts.caller))
        route = facts.filter_route if facts.is_filtered else route
    if (
        facts.data_routes
        and (facts.hours is None or facts.hours.is_open)
        and not (facts.is_blocked or facts.is_filtered)
    ):
        step, route = _apply_data_routes(facts)
        steps.append(step)
    if not route and not all(step.passed for step in steps):
        return RoutingDecision("", steps)
    return follow_route(route, facts.ingroups, facts.agents, steps=steps)


def refuse_if_stopped(decision: RoutingDecision, seconds: float) -> RoutingDecision:
    """Return the decision, without its route if the app has done nothing for `seconds`.

    0 means that the app runs.
    """
    if not decision.route or not seconds:
        return decision
    return RoutingDecision(
        "", [*decision.steps, RuleStep("application", False, f"the application has stood still for {seconds:.0f} s")]
    )


def follow_route(
    route: str, ingroups: "Mapping[str, str]", agents: "Mapping[str, str]", steps: "list[RuleStep] | None" = None
) -> RoutingDecision:
    """Decide where a route leads, after the rules in `steps`. A target that does not exist results in no route.

    Scripts that name a route themselves call this function too.
    """
    steps = steps or []
    kind, name = split_route(route)
    if group := get_ingroup(route):
        steps.append(_check_ingroup(group, ingroups))
        if name == AGENTDIRECT and kind == "ingroup":
            steps.append(RuleStep("agent", False, f"the route {route} names no agent; use agent:USER"))
        if steps[-1].passed and kind == "agent":
            steps.append(_check_agent(name, agents))
        return RoutingDecision(f"{kind},{name}" if steps[-1].passed else "", steps)
    goto = _build_goto(kind, name)
    explanation = f"sent to {route}" if goto else f"the route {route or '(empty)'} is none that this version knows"
    steps.append(RuleStep("route", bool(goto), explanation))
    return RoutingDecision("", steps, goto)


def _build_goto(kind: str, name: str) -> str:
    """Return a place in the dialplan: `extension`, `8500@sales` → `sales,8500,1`; '' if there is none."""
    exten, _, context = name.partition("@")
    if kind == "hangup" and not name:
        return "warmline-hangup,s,1"
    if not exten or not DIALPLAN_CHARACTERS.issuperset(name):
        return ""
    places = {
        "extension": f"{context or DEFAULT_CONTEXT},{exten},1",
        "voicemail": f"warmline-voicemail,{name},1",
        "callmenu": f"{name},s,1",
    }
    return places.get(kind, "")


def _check_number(facts: DidFacts) -> RuleStep:
    is_number = 0 < len(facts.number) <= MAX_DIGITS and all(letter in NUMBER_CHARACTERS for letter in facts.number)
    return RuleStep("number", is_number, facts.number if is_number else f"{facts.number[:MAX_DIGITS]!r} is no number")


def _check_did(facts: DidFacts) -> "list[RuleStep]":
    inactive_steps = [RuleStep("did_active", False, f"DID {name} is not active") for name in facts.inactive_dids]
    if facts.did is None:
        return inactive_steps or [RuleStep("did", False, f"DID {facts.number} is not configured")]
    matched_name = "" if facts.did == facts.number else f"is {facts.did}, which "
    return [*inactive_steps, RuleStep("did", True, f"{facts.number} {matched_name}goes to {facts.route}")]


def _check_list(rule: str, container: str, is_caller_listed: bool, caller: str) -> RuleStep:
    """Check a list of callers who are stopped."""
    return RuleStep(
        rule,
        not is_caller_listed,
        f"caller {caller or '(no number)'} is {'' if is_caller_listed else 'not '}in {container}",
    )


def _apply_data_routes(facts: DidFacts) -> "tuple[RuleStep, str]":
    """Return the answer of `data_routes`, and the route by it."""
    from warmline.core.rules import data_rules  # not needed for a DID without rules

    rule, route = data_rules.find_rule(facts.data_routes, data_rules.ROUTE_SIGN, facts.call_data)
    if not rule:
        return RuleStep("data_routes", True, "no rule fits the call's data"), facts.route
    name = rule.partition("=")[0]
    explanation = f"{name} is {data_rules.quote_value(data_rules.get_value(facts.call_data, name))}: {rule}"
    return RuleStep("data_routes", False, explanation.replace(";", ",")), route  # a semicolon ends a step in `told`


def _check_agent(name: str, agents: "Mapping[str, str]") -> RuleStep:
    if name not in agents:
        return RuleStep("agent", False, f"agent {name} does not exist")
    active = agents[name] == "Y"
    return RuleStep("agent", active, f"agent {name} is {'active' if active else 'not active'}")


def _check_ingroup(name: str, ingroups: "Mapping[str, str]") -> RuleStep:
    if name not in ingroups:
        return RuleStep("in-group", False, f"in-group {name} does not exist")
    active = ingroups[name] == "Y"
    return RuleStep("in-group", active, f"in-group {name} is {'active' if active else 'not active'}")
