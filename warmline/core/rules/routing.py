"""Where a call goes: facts in, a decision with each rule's answer out. Loaded by AGI scripts, so it imports nothing.

Of a DID every rule is asked in this order: is the number one, which DID is it, is that open, is the caller on the
blocklist, is he one whom the DID filters, and is there what the route leads to. A DID that is closed goes on with its
`after_hours_route`, so that a caller on the blocklist is hung up at night too.
"""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from warmline.core.rules.call_times import CallTimeCheck

AGENTDIRECT = "AGENTDIRECT"
LONGEST = 40  # digits of a number
SIGNS = "0123456789*#"  # of which a dialled number is made
PLACE = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*#+_.@-")  # of a name in the dialplan
CONTEXT = "default"  # of an extension that names none


class RuleStep:
    """One rule that was asked: whether it let the call go on as it was going, and why."""

    __slots__ = ("passed", "rule", "why")

    def __init__(self, rule: str, passed: bool, why: str) -> None:
        self.rule = rule
        self.passed = passed
        self.why = why


class RoutingDecision:
    """Where a call goes: one of two, or nowhere. `steps` are the rules asked, in order.

    `route`: Stasis()'s arguments. `goto`: where in the dialplan it ends up for good, `CONTEXT,EXTEN,1`.
    """

    __slots__ = ("goto", "route", "steps")

    def __init__(self, route: str, steps: "list[RuleStep]", goto: str = "") -> None:
        self.route = route
        self.goto = goto
        self.steps = steps

    @property
    def reason(self) -> str:
        """Why it goes nowhere, or where in the dialplan and why; '' when it has a route."""
        no = [step.why for step in self.steps if not step.passed]
        if self.goto:
            return " because ".join([self.steps[-1].why, *no[-1:]])
        return "" if self.route else no[-1]

    @property
    def told(self) -> str:
        """All rules and their answers, in one line."""
        return "; ".join(f"{step.rule}: {step.why}" for step in self.steps)


class DidFacts:
    """What is known about a dialled number and its caller.

    `did`: the DID that has it, None: none; `inactive`: those that would come before it, but for did_active. `blocklist`
    and `filter_group` are the lists that are looked into, '' where there is none. `ingroups` (name → active) and
    `agents` are those that exist of what the routes name.
    """

    __slots__ = (
        "after_hours_route", "agents", "blocked", "blocklist", "caller", "did", "filter_group", "filter_route",
        "filtered", "hours", "inactive", "ingroups", "number", "route",
    )  # fmt: skip

    def __init__(
        self,
        number: str,
        did: "str | None" = None,
        route: str = "",
        *,
        inactive: "tuple[str, ...]" = (),
        hours: "CallTimeCheck | None" = None,
        after_hours_route: str = "",
        caller: str = "",
        blocklist: str = "",
        blocked: bool = False,
        filter_group: str = "",
        filtered: bool = False,
        filter_route: str = "hangup",
        ingroups: "Mapping[str, str] | None" = None,
        agents: "Collection[str]" = (),
    ) -> None:
        self.number = number
        self.did = did
        self.route = route
        self.inactive = inactive
        self.hours = hours
        self.after_hours_route = after_hours_route
        self.caller = caller
        self.blocklist = blocklist
        self.blocked = blocked
        self.filter_group = filter_group
        self.filtered = filtered
        self.filter_route = filter_route
        self.ingroups = ingroups or {}
        self.agents = agents


def plain(dialled: str) -> str:
    """A dialled number as DIDs are named: without the leading +."""
    return dialled.removeprefix("+")


def digits(number: str) -> str:
    """The digits of a number, by which lists are compared; at most LONGEST."""
    return "".join(letter for letter in number if letter in "0123456789")[:LONGEST]


def target(route: str) -> tuple[str, str]:
    """`ingroup:SALES` → ("ingroup", "SALES")."""
    kind, _, name = route.partition(":")
    return kind, name


def through(route: str) -> str:
    """The in-group a route leads through; an agent's own calls wait in AGENTDIRECT."""
    kind, name = target(route)
    return {"ingroup": name, "agent": name and AGENTDIRECT}.get(kind, "")


def did(facts: DidFacts) -> RoutingDecision:
    """Where a call to a number goes: `ingroup,NAME` or `agent,USER` for Stasis(), or a place in the dialplan."""
    steps = [_number(facts)]
    if not steps[0].passed:
        return RoutingDecision("", steps)
    steps += _did(facts)
    if facts.did is None:
        return RoutingDecision("", steps)
    route = facts.route
    if facts.hours is not None:
        steps.append(RuleStep("call_time_id", facts.hours.open, facts.hours.why))
        route = facts.route if facts.hours.open else facts.after_hours_route
    if facts.blocklist:
        steps.append(_listed("blocklist", facts.blocklist, facts.blocked, facts.caller))
        if facts.blocked:
            route = "hangup"
    if facts.filter_group and not facts.blocked:
        steps.append(_listed("filter_phone_group_id", facts.filter_group, facts.filtered, facts.caller))
        route = facts.filter_route if facts.filtered else route
    if not route and not all(step.passed for step in steps):
        return RoutingDecision("", steps)
    return to(route, facts.ingroups, facts.agents, steps)


def unless_stopped(decision: RoutingDecision, seconds: float) -> RoutingDecision:
    """The decision, where the application has not turned for so many seconds (0: it does): it has no route then."""
    if not decision.route or not seconds:
        return decision
    return RoutingDecision(
        "", [*decision.steps, RuleStep("application", False, f"the application has stood still for {seconds:.0f} s")]
    )


def to(
    route: str, ingroups: "Mapping[str, str]", agents: "Collection[str]", steps: "list[RuleStep] | None" = None
) -> RoutingDecision:
    """Where a route leads, if that exists; after the rules in `steps`. Also for the scripts that name it themselves."""
    steps = steps or []
    kind, name = target(route)
    if group := through(route):
        steps.append(_ingroup(group, ingroups))
        if name == AGENTDIRECT and kind == "ingroup":
            steps.append(RuleStep("agent", False, f"the route {route} names no agent; use agent:USER"))
        if steps[-1].passed and kind == "agent":
            steps.append(
                RuleStep("agent", name in agents, f"agent {name} {'exists' if name in agents else 'does not exist'}")
            )
        return RoutingDecision(f"{kind},{name}" if steps[-1].passed else "", steps)
    goto = _goto(kind, name)
    why = f"sent to {route}" if goto else f"the route {route or '(empty)'} is none that this version knows"
    steps.append(RuleStep("route", bool(goto), why))
    return RoutingDecision("", steps, goto)


def _goto(kind: str, name: str) -> str:
    """`extension`, `8500@sales` → `sales,8500,1`; '' for what is no place."""
    exten, _, context = name.partition("@")
    if kind == "hangup" and not name:
        return "warmline-hangup,s,1"
    if not exten or not PLACE.issuperset(name):
        return ""
    places = {
        "extension": f"{context or CONTEXT},{exten},1",
        "voicemail": f"warmline-voicemail,{name},1",
        "callmenu": f"{name},s,1",
    }
    return places.get(kind, "")


def _number(facts: DidFacts) -> RuleStep:
    good = 0 < len(facts.number) <= LONGEST and all(letter in SIGNS for letter in facts.number)
    return RuleStep("number", good, facts.number if good else f"{facts.number[:LONGEST]!r} is no number")


def _did(facts: DidFacts) -> "list[RuleStep]":
    asked = [RuleStep("did_active", False, f"DID {name} is not active") for name in facts.inactive]
    if facts.did is None:
        return asked or [RuleStep("did", False, f"DID {facts.number} is not configured")]
    is_ = "" if facts.did == facts.number else f"is {facts.did}, which "
    return [*asked, RuleStep("did", True, f"{facts.number} {is_}goes to {facts.route}")]


def _listed(rule: str, container: str, listed: bool, caller: str) -> RuleStep:
    """A list of callers who do not go on."""
    return RuleStep(rule, not listed, f"caller {caller or '(no number)'} is {'' if listed else 'not '}in {container}")


def _ingroup(name: str, ingroups: "Mapping[str, str]") -> RuleStep:
    if name not in ingroups:
        return RuleStep("in-group", False, f"in-group {name} does not exist")
    active = ingroups[name] == "Y"
    return RuleStep("in-group", active, f"in-group {name} is {'active' if active else 'not active'}")
