"""Check whether the agent whose phone calls may log in. Loaded by an AGI script.

Facts come in, and a decision with the answer of each rule goes out. A rule returns whether the login may continue, and
why. It returns None if it does not apply. The first refusal ends the check.
"""

from warmline.core.rules.routing import RoutingDecision, RuleStep

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = tuple[bool, str] | None
    Rules = tuple[tuple[str, Callable[["LoginFacts"], Answer]], ...]

REFUSAL_PREFIX = "login refused at phone "  # begins the reason of a note about a login that was refused


class LoginFacts:
    """The facts about a phone that logs in: its agent, that agent's PIN and campaign, and its `phone_login`."""

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


def decide_login(facts: LoginFacts) -> RoutingDecision:
    """Return the decision about a login: the route `login,USER`, or no route.

    With phone_login=PIN, the AGI script must still ask for the PIN.
    """
    steps: list[RuleStep] = []
    for name, rule in RULES:
        if (answer := rule(facts)) is None:
            continue
        steps.append(RuleStep(name, *answer))
        if not steps[-1].passed:
            return RoutingDecision("", steps)
    return RoutingDecision(f"login,{facts.agent}", steps)


def refuse_pin(reason: str) -> RoutingDecision:
    """Return the refusal of a login without the correct PIN."""
    return RoutingDecision("", [RuleStep("pin", False, reason)])


def describe_refusal(phone: str, reason: str) -> str:
    """Return the reason in the note about a login that was refused; it never has a PIN."""
    return f"{REFUSAL_PREFIX}{phone}: {reason}"


def _check_phone(facts: LoginFacts) -> "Answer":
    if facts.agent is None:
        return False, f"no agent has the phone {facts.phone!r}"
    return True, f"{facts.phone} is agent {facts.agent}'s"


def _check_campaign(facts: LoginFacts) -> "Answer":
    if facts.campaign is None:
        return False, f"agent {facts.agent} has no campaign"
    return True, f"{facts.campaign} has phone_login={facts.phone_login}"


def _check_pin(facts: LoginFacts) -> "Answer":
    if facts.phone_login == "TRUSTED":
        return None
    return facts.pin != "", f"agent {facts.agent} has {'a' if facts.pin else 'no'} pin"


RULES: "Rules" = (("phone", _check_phone), ("campaign", _check_campaign), ("pin", _check_pin))
