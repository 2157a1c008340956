"""The question to the hook choose_agent, and its answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ready agent: for how many microseconds, and how many calls the agent has had since the login."""

    user: str
    ready: int
    calls: int


@dataclass(frozen=True, slots=True)
class AskAgentChoice:
    """Ask the hook choose_agent until `until` (microseconds UTC). Proof: AgentChosen.

    `waited` is the caller's wait in microseconds. `agents` are the ready agents, in their order.
    """

    call: str
    question: str
    until: int
    ingroup: str
    number: str
    dialled: str
    data: tuple[tuple[str, str], ...]
    lead: int
    waited: int
    agents: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class AgentChosen:
    """The hook choose_agent answered a question, or failed.

    `agent` is the chosen agent; without one, `why` says why. `by` is the file of the hook, and `reason` its reason.
    """

    call: str
    question: str
    agent: str = ""
    by: str = ""
    reason: str = ""
    why: str = ""
