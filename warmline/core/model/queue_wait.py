"""One wait of a call in an in-group's queue, the queue's last answered waits, and the question about a call's agent."""

from dataclasses import dataclass
from enum import StrEnum


class WaitStatus(StrEnum):
    """How a wait, or a call, ended without an agent; VICIdial's codes."""

    DROP = "DROP"  # the caller hung up while waiting
    XDROP = "XDROP"  # the agent of an AGENTDIRECT call did not take it
    TIMEOT = "TIMEOT"  # drop_call_seconds
    AFTHRS = "AFTHRS"  # the in-group was closed at the arrival
    NANQUE = "NANQUE"  # no_agent_no_queue
    HOLDTO = "HOLDTO"  # hold_time_option
    WAITTO = "WAITTO"  # wait_time_option
    CLOSOP = "CLOSOP"  # the in-group closed during the wait
    MAXCAL = "MAXCAL"  # max_calls_count


ANSWERED = "ANSWERED"  # an agent took the call
WITHDRAWN = "WITHDRAWN"  # a request for a closer that the agent withdrew
CUT = "CUT"  # the call was ended by a command or a failure


@dataclass(frozen=True, kw_only=True)
class QueueWait:
    """A wait. `outcome` is ANSWERED, a WaitStatus, WITHDRAWN or CUT. Times in microseconds, UTC.

    A call that the in-group refused (AFTHRS, NANQUE, MAXCAL) has a wait of length 0.
    """

    id: str
    call: str
    ingroup: str
    direct: str = ""  # AGENTDIRECT: the agent for whom the call was
    priority: int
    place: int  # in line at the arrival; 1 is the next, 0 is a call without a ticket
    queued_at: int  # arrived_at of its ticket
    entered: int
    ended: int | None = None
    outcome: str = ""
    agent: str = ""  # the agent who took the call
    why: str = ""  # why this agent got the call


@dataclass(frozen=True, kw_only=True)
class WaitHistory:
    """The last answered waits of an in-group, in microseconds, the latest last."""

    id: str  # the in-group
    waits: tuple[int, ...] = ()


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
