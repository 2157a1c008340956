"""May the agent whose phone calls log in: facts in, a decision with each rule's answer out. Loaded by an AGI script.

A rule looks at the facts and says whether the agent may go on, and why; None when it does not concern him. The first
rule that says no ends it.
"""

from warmline.core.rules.routing import RoutingDecision, RuleStep

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = tuple[bool, str] | None
    Rules = tuple[tuple[str, Callable[["LoginFacts"], Answer]], ...]


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


def login(facts: LoginFacts) -> RoutingDecision:
    """Whether a phone's agent may log in: `login,USER`. With phone_login=PIN the PIN is still to be asked."""
    steps: list[RuleStep] = []
    for name, rule in RULES:
        if (answer := rule(facts)) is None:
            continue
        steps.append(RuleStep(name, *answer))
        if not steps[-1].passed:
            return RoutingDecision("", steps)
    return RoutingDecision(f"login,{facts.agent}", steps)


def no_pin(why: str) -> RoutingDecision:
    """The agent did not press his PIN."""
    return RoutingDecision("", [RuleStep("pin", False, why)])


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


RULES: "Rules" = (("phone", _phone), ("campaign", _campaign), ("pin", _pin))
