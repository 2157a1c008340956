"""One wait of a call in an in-group's queue, and the queue's last answered waits."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.moment import Moment


class WaitStatus(StrEnum):
    """How a wait, or a call, ended without an agent; VICIdial's codes."""

    DROP = "DROP"  # the caller hung up while waiting
    XDROP = "XDROP"  # the agent of an AGENTDIRECT call did not take it
    TIMEOT = "TIMEOT"  # drop_call_seconds
    AFTHRS = "AFTHRS"  # the in-group was closed at the arrival
    NANQUE = "NANQUE"  # no_agent_no_queue, leave_when_empty
    HOLDTO = "HOLDTO"  # an option of versions up to 0.11
    WAITTO = "WAITTO"  # wait_time_option, exit_keys
    CLOSOP = "CLOSOP"  # the in-group closed during the wait
    MAXCAL = "MAXCAL"  # max_calls_count


ANSWERED_OUTCOME = "ANSWERED"  # an agent took the call
WITHDRAWN_OUTCOME = "WITHDRAWN"  # a request for a closer that the agent withdrew
CUT_OFF_OUTCOME = "CUT"  # the call was ended by a command or a failure


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
    queued_at: Moment  # arrived_at of its ticket
    entered: Moment
    ended: Moment | None = None
    outcome: str = ""
    agent: str = ""  # the agent who took the call
    why: str = ""  # why this agent got the call


@dataclass(frozen=True, kw_only=True)
class WaitHistory:
    """The last answered waits of an in-group, in microseconds, the latest last."""

    id: str  # the in-group
    waits: tuple[int, ...] = ()
