"""Where a call goes: facts in, a decision with each rule's answer out. Loaded by AGI scripts, so it imports nothing.

A rule looks at the facts and says whether the call may go on, and why; None when it does not concern the call. The
first rule that says no ends it: the call has no route, and its reason is that rule's.
"""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    F = TypeVar("F")
    Answer = tuple[bool, str] | None
    Rules = tuple[tuple[str, Callable[[F], Answer]], ...]

AGENTDIRECT = "AGENTDIRECT"
LONGEST = 40  # digits of a number


class Step:
    """One rule that was asked: whether it let the call go on, and why."""

    __slots__ = ("passed", "rule", "why")

    def __init__(self, rule: str, passed: bool, why: str) -> None:
        self.rule = rule
        self.passed = passed
        self.why = why


class Decision:
    """`route` is Stasis()'s arguments, '' when the call has none: `reason` says why. `steps` are the rules asked."""

    __slots__ = ("reason", "route", "steps")

    def __init__(self, route: str, steps: list[Step]) -> None:
        self.route = route
        self.steps = steps
        self.reason = steps[-1].why if steps and not steps[-1].passed else ""


class DidFacts:
    """What is known about a dialled number. `route`, `ingroup`, `agent` are None where there is no such row.

    `ingroup` is the `active` option of the in-group the route leads through; `agent` the agent it names.
    """

    __slots__ = ("agent", "ingroup", "number", "route")

    def __init__(
        self, number: str, route: str | None = None, ingroup: str | None = None, agent: str | None = None
    ) -> None:
        self.number = number
        self.route = route
        self.ingroup = ingroup
        self.agent = agent


class LoginFacts:
    """What is known about a phone that logs in: whose it is, and his campaign's `phone_login`."""

    __slots__ = ("agent", "campaign", "phone", "phone_login", "pin")

    def __init__(
        self,
        phone: str,
        agent: str | None = None,
        pin: str = "",
        campaign: str | None = None,
        phone_login: str | None = "PIN",
    ) -> None:
        self.phone = phone
        self.agent = agent
        self.pin = pin
        self.campaign = campaign
        self.phone_login = phone_login


def plain(dialled: str) -> str:
    """A dialled number as DIDs are named: without the leading +."""
    return dialled.removeprefix("+")


def target(route: str) -> tuple[str, str]:
    """`ingroup:SALES` → ("ingroup", "SALES")."""
    kind, _, name = route.partition(":")
    return kind, name


def through(route: str) -> str:
    """The in-group a route leads through; an agent's own calls wait in AGENTDIRECT."""
    kind, name = target(route)
    return {"ingroup": name, "agent": name and AGENTDIRECT}.get(kind, "")


def did(facts: DidFacts) -> Decision:
    """Where a call to a number goes: `ingroup,NAME` or `agent,USER`."""
    return _decide(DID_RULES, facts, lambda: ",".join(target(facts.route or "")))


def login(facts: LoginFacts) -> Decision:
    """Whether a phone's agent may log in: `login,USER`. With phone_login=PIN the PIN is still to be asked."""
    return _decide(LOGIN_RULES, facts, lambda: f"login,{facts.agent}")


def _decide(rules: "Rules[F]", facts: "F", route: "Callable[[], str]") -> Decision:
    steps: list[Step] = []
    for name, rule in rules:
        if (answer := rule(facts)) is None:
            continue
        steps.append(Step(name, *answer))
        if not steps[-1].passed:
            return Decision("", steps)
    return Decision(route(), steps)


def _number(facts: DidFacts) -> "Answer":
    if facts.number.isascii() and facts.number.isdigit() and len(facts.number) <= LONGEST:
        return True, facts.number
    return False, f"{facts.number[:LONGEST]!r} is no number"


def _did(facts: DidFacts) -> "Answer":
    if facts.route is None:
        return False, f"DID {facts.number} is not configured"
    if not through(facts.route):
        return False, f"DID {facts.number} has the route {facts.route}, which this version does not know"
    return True, f"{facts.number} goes to {facts.route}"


def _ingroup(facts: DidFacts) -> "Answer":
    name = through(facts.route or "")
    if facts.ingroup is None:
        return False, f"in-group {name} does not exist"
    return facts.ingroup == "Y", f"in-group {name} is {'active' if facts.ingroup == 'Y' else 'not active'}"


def _agent(facts: DidFacts) -> "Answer":
    kind, name = target(facts.route or "")
    if kind != "agent":
        return None
    return facts.agent is not None, f"agent {name} {'exists' if facts.agent else 'does not exist'}"


def _phone(facts: LoginFacts) -> "Answer":
    if facts.agent is None:
        return False, f"no agent has the phone {facts.phone!r}"
    return True, f"{facts.phone} is agent {facts.agent}'s"


def _campaign(facts: LoginFacts) -> "Answer":
    if facts.campaign is None:
        return False, f"agent {facts.agent} has no campaign"
    return True, f"{facts.campaign} has phone_login={facts.phone_login}"


def _pin(facts: LoginFacts) -> "Answer":
    if facts.phone_login == "TRUSTED":
        return None
    return facts.pin != "", f"agent {facts.agent} has {'a' if facts.pin else 'no'} pin"


DID_RULES: "Rules[DidFacts]" = (("number", _number), ("did", _did), ("in-group", _ingroup), ("agent", _agent))
LOGIN_RULES: "Rules[LoginFacts]" = (("phone", _phone), ("campaign", _campaign), ("pin", _pin))
