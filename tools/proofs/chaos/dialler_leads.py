"""The leads of the dialler's chaos: each phone answers, rings, is busy, refuses, or is that of a machine."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from lab.sip import Behaviour, answer, busy, hang_up, refuse, ring, tones

MACHINE_SPEAKS = 6.0  # seconds


class LeadBehaviour(NamedTuple):
    """A kind of lead: how many there are beside the others, and what its phone does with a call."""

    name: str
    weight: int
    behaviour: Callable[[Random], Behaviour]


def hangs_up(hz: int, rings: float, stays: float) -> Behaviour:
    """Ring for some seconds, answer with this tone, and hang up some seconds later."""
    return hang_up(stays, answer(hz, after=rings))


KINDS = (
    LeadBehaviour("answers", 8, lambda random: answer(tones.CUSTOMER, random.uniform(0.3, 5.0))),
    LeadBehaviour("answers late", 1, lambda random: answer(tones.CUSTOMER, random.uniform(15.5, 19.0))),
    LeadBehaviour(
        "hangs up", 2, lambda random: hangs_up(tones.CUSTOMER, random.uniform(0.3, 3.0), random.uniform(0.1, 3.0))
    ),
    LeadBehaviour("machine", 2, lambda random: hangs_up(tones.THIRD, random.uniform(0.3, 2.0), MACHINE_SPEAKS)),
    LeadBehaviour("rings", 1, lambda _: ring()),
    LeadBehaviour("busy", 2, lambda _: busy()),
    LeadBehaviour("refuses", 1, lambda _: refuse(603)),
    LeadBehaviour("unknown", 1, lambda _: refuse(404)),
)


def draw(random: Random) -> Behaviour:
    """Return what the phone of the next lead does."""
    kind = random.choices(KINDS, [one.weight for one in KINDS])[0]
    return kind.behaviour(random)
