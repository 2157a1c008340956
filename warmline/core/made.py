"""A leg of ours: it is on record, with its id, before Asterisk is asked for the channel."""

from warmline.core.actions import MakeLeg
from warmline.core.leg import Leg, Role
from warmline.core.world import Turn


def make_leg(
    turn: Turn,
    role: Role,
    owner: str,
    number: str,
    endpoint: str,
    *,
    caller: str,
    seconds: int,
    call: str = "",
    lane: str = "",
    media: str = "",
    receipt: str = "",
) -> Leg:
    """Make a leg that is not dialled yet, and may ring for so many seconds; it shows the number `caller`.

    It is made in its owner's lane, if no other is named.
    """
    leg = Leg(
        id=turn.new_id(),
        role=role,
        owner=owner,
        number=number,
        created=turn.now,
        made=True,
        timeout=seconds,
        media=media,
        receipt=receipt,
    )
    turn.put(leg)
    turn.do(lane or owner, MakeLeg(leg.id, endpoint, caller, call))
    return leg
