"""The leads of the outbound demo: the behaviour and the tone of each one's phone, and the status that must follow."""

from collections.abc import Callable
from typing import NamedTuple

from lab.sip import Behaviour, answer, hang_up, later, machine, refuse, ring, tones
from warmline.core.calls.lead import lead_outcome
from warmline.core.model import hangup_causes

SALE, MACHINE = "SALE", "A"  # the codes that agents give
RANG_OUT = "dial_timeout"
REJECTED = 21  # cause by Q.850
FIRST, SHOWN = 81312340000, "+{}"  # numbers of Japan, which has no legal hours here: the demo plays at any time
TONES = [hz for hz in range(1600, 4000, 100) if hz not in tones.LAB_TONES]


class LeadKind(NamedTuple):
    """A behaviour of leads, by the tone of the phone, and the end of the call that must follow.

    `status` and `ended_by` are those of the record, and `cause` is the Q.850 number of a call without an answer.
    """

    name: str
    behaves: Callable[[int], Behaviour]
    status: str
    ended_by: str
    cause: int | None = None


class DemoLead(NamedTuple):
    """A lead: its number, its tone in Hz, and its behaviour."""

    number: str
    tone: int
    kind: LeadKind


ANSWERS = LeadKind("answers", lambda hz: answer(hz, after=1.5), SALE, "agent")
ANSWERS_LATE = LeadKind("answers late", lambda hz: answer(hz, after=9.0), SALE, "agent")
HANGS_UP = LeadKind("hangs up early", lambda hz: hang_up(1.0, answer(hz, after=1.0)), SALE, "customer")
IS_MACHINE = LeadKind("is a machine", lambda hz: machine(1.5, answer(hz, after=2.0)), MACHINE, "agent")
NO_ANSWER = LeadKind("does not answer", lambda hz: ring(), lead_outcome.NO_ANSWER_STATUS, RANG_OUT)
RINGS_LATE = LeadKind("rings late, no answer", lambda hz: later(3.0, ring()), lead_outcome.NO_ANSWER_STATUS, RANG_OUT)
IS_BUSY = LeadKind("is busy", lambda hz: refuse(486), "AB", lead_outcome.ENDED_BY_LEAD, hangup_causes.USER_BUSY)
REJECTS = LeadKind(
    "rejects", lambda hz: refuse(603), lead_outcome.CONGESTION_STATUS, lead_outcome.ENDED_BY_LEAD, REJECTED
)

EACH_KIND = (RINGS_LATE, NO_ANSWER, ANSWERS_LATE, IS_BUSY, ANSWERS, REJECTS, IS_MACHINE, HANGS_UP)
KINDS = (
    *EACH_KIND,
    *(ANSWERS, ANSWERS, NO_ANSWER, ANSWERS, IS_MACHINE, IS_BUSY),
    *(ANSWERS, ANSWERS, HANGS_UP, ANSWERS, REJECTS, ANSWERS),
)


def leads(count: int) -> list[DemoLead]:
    """Return that many leads, in the order of their dialling; the first ones have each behaviour once."""
    return [DemoLead(str(FIRST + n), TONES[n], kind) for n, kind in enumerate(KINDS[:count])]
