"""One wait of one call in one in-group's queue, and what came of it; and what a queue remembers of the last ones."""

from dataclasses import dataclass
from enum import StrEnum


class WaitStatus(StrEnum):
    """How a wait, or a call, ended without an agent; VICIdial's codes."""

    DROP = "DROP"  # the caller hung up while he waited
    XDROP = "XDROP"  # the one agent whom an AGENTDIRECT call waited for did not come
    TIMEOT = "TIMEOT"  # drop_call_seconds
    AFTHRS = "AFTHRS"  # it came when the in-group was closed
    NANQUE = "NANQUE"  # no_agent_no_queue
    HOLDTO = "HOLDTO"  # hold_time_option
    WAITTO = "WAITTO"  # wait_time_option
    CLOSOP = "CLOSOP"  # the in-group closed while it waited
    MAXCAL = "MAXCAL"  # max_calls_count


ANSWERED = "ANSWERED"  # an agent took the call
WITHDRAWN = "WITHDRAWN"  # it was a request for a closer, and the agent wants none any more
CUT = "CUT"  # somebody else ended the call


@dataclass(frozen=True, kw_only=True)
class QueueWait:
    """`outcome` is ANSWERED, a Status, WITHDRAWN or CUT. Times in microseconds, UTC.

    A call that the in-group turned away (AFTHRS, NANQUE, MAXCAL) has a wait of no length.
    """

    id: str
    call: str
    ingroup: str
    direct: str = ""  # AGENTDIRECT: the agent it was for
    priority: int
    place: int  # in line, when it came; 1 is the next, 0: it never got a ticket
    queued_at: int  # arrived_at of its ticket
    entered: int
    ended: int | None = None
    outcome: str = ""
    agent: str = ""  # who took it
    why: str = ""  # what made it his


@dataclass(frozen=True, kw_only=True)
class WaitHistory:
    """What an in-group's queue remembers: how long the last answered calls waited, in microseconds, latest last."""

    id: str  # the in-group
    waits: tuple[int, ...] = ()
