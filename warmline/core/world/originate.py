"""Originate a leg. It is on record with its id before Asterisk is asked for the channel."""

from typing import TypedDict

from warmline.core.messages.dialler_messages import OriginateToDialplan
from warmline.core.messages.leg_messages import CreateChannel
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg, LegDialling, LegSupervision, Role
from warmline.core.rules import ring_time
from warmline.core.rules.configuration import Campaign
from warmline.core.world.turn import Turn


class CallPresentation(TypedDict):
    """The caller that a called phone shows: arguments of `originate`."""

    caller: str
    name: str
    headers: tuple[str, ...]


def originate(
    turn: Turn,
    role: Role,
    owner: str,
    number: str,
    endpoint: str,
    *,
    server: str,
    caller: str,
    seconds: int,
    call: str = "",
    order_key: str = "",
    media: str = "",
    receipt: str = "",
    trunk: str = "",
    name: str = "",
    headers: tuple[str, ...] = (),
    variables: tuple[tuple[str, str], ...] = (),
) -> Leg:
    """Make a leg on `server` without dialling it. It may ring for `seconds`, and shows `caller` and `name`.

    Its channel gets `variables`. Its action keeps its order within `order_key`, which is the owner by default.
    """
    leg = Leg(
        id=turn.new_id(),
        role=role,
        owner=owner,
        server=server,
        trunk=trunk,
        number=number,
        created=turn.now,
        originated=True,
        media=media,
        dialling=LegDialling(timeout=seconds),
        supervision=LegSupervision(receipt=receipt),
    )
    turn.put(leg)
    turn.do(order_key or owner, CreateChannel(leg.id, endpoint, caller, call, name, headers, variables))
    return leg


def originate_to_dialplan(
    turn: Turn, call: Call, endpoint: str, ring_seconds: int, safe_harbour: str, optout_key: str, trunk: str
) -> Leg:
    """Make the leg of a lead, which rings for `ring_seconds`, and dial it. Asterisk continues it in the dialplan.

    The timeout of Asterisk is later than the end of the ringing, and ends the call only without the core.
    """
    leg = Leg(
        id=turn.new_id(),
        role=Role.CUSTOMER,
        owner=call.id,
        server=call.server,
        trunk=trunk,
        number=call.number,
        created=turn.now,
        originated=True,
        dialling=LegDialling(asked=True, timeout=ring_seconds),
    )
    turn.put(leg)
    caller, timeout = call.attempt.caller_id, ring_time.compute_longest_seconds(ring_seconds)
    turn.do(
        call.id, OriginateToDialplan(leg.id, endpoint, caller, call.id, timeout, safe_harbour, call.number, optout_key)
    )
    return leg


def make_phone_presentation(campaign: Campaign, phone: str, customer: str) -> CallPresentation:
    """Return what a call to an agent's phone shows: the customer's number or the campaign's caller, and headers."""
    headers = tuple(filter(None, campaign.phone_headers.split("|")))
    if customer:
        return CallPresentation(caller=customer, name="", headers=headers)
    number = campaign.phone_caller_number or phone
    return CallPresentation(caller=number, name="Warmline login", headers=headers)
