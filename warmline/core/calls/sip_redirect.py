"""A called party names another number instead of answering (SIP 302): refused in words, or dialled by the rules.

The number comes from outside. It goes through the dial rules like any other, and into the dial template alone.
"""

from warmline.core.model.call import Call
from warmline.core.model.command_shapes import NumberDial
from warmline.core.model.events import LegRedirected
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.replace import replace
from warmline.core.rules import dial_rules
from warmline.core.state import node_limit
from warmline.core.state.call_guards import campaign_of
from warmline.core.state.originate import originate
from warmline.core.state.world import Turn

BETWEEN = str.maketrans("", "", "-.()")  # RFC 3966 allows these in a number
STEP = "redirected"  # begins the receipt's step: a day's limit counts these


def said(turn: Turn, event: LegRedirected) -> None:
    """Note what a called party says; nothing follows until its leg is gone. Only an outside party may redirect."""
    leg = turn.world.legs.get(event.leg)
    if leg and leg.dialled and leg.phase < Phase.UP and not leg.redirected:
        turn.put(replace(leg, redirected=event.target.translate(BETWEEN), redirect_refused=event.impossible))


def follow(turn: Turn, call: Call, gone: Leg) -> Leg | str:
    """The leg by which the other number is dialled now, or why it is not; "" if the party has named none.

    The number of parties on the line stays as it is, so `manual_calls_at_once` is not asked.
    """
    receipt = turn.world.receipts.get(call.dialling or "")
    if not gone.redirected or gone.hangup_requested or gone.answered is not None or receipt is None:
        return ""
    command = receipt.command
    if not isinstance(command, NumberDial):
        return ""
    campaign, number = campaign_of(turn, call), gone.redirected
    dials = dial_rules.third if gone.role is Role.THIRD else dial_rules.customer
    endpoint, why = dials(campaign, number, override=command.dial_override)
    if not campaign.follow_redirects:
        why = "redirects are off (follow_redirects)"
    elif gone.redirects >= campaign.follow_redirects:
        why = f"the campaign follows {campaign.follow_redirects} (follow_redirects)"
    elif why := why or gone.redirect_refused or node_limit.full(turn.world):
        pass
    else:
        turn.put(receipt.step(f"{STEP} to {number}", turn.now))
        return _dial(turn, call, gone, command, endpoint)
    return f"redirected to {number}: {why}"


def _dial(turn: Turn, call: Call, gone: Leg, command: NumberDial, endpoint: str) -> Leg:
    campaign, number = campaign_of(turn, call), gone.redirected
    turn.note(f"{gone.number} redirects to {number}, which is dialled")
    session = turn.world.sessions.get(command.agent)
    phone = session.phone if session else ""
    by_rule = (
        dial_rules.caller_id(campaign, call.number, phone)
        if gone.role is Role.THIRD
        else dial_rules.own_caller_id(campaign, phone)
    )
    who, seconds = (gone.role, call.id, number), campaign.dial_timeout
    leg = originate(turn, *who, endpoint, caller=command.caller_id or by_rule, seconds=seconds, call=call.id)
    return turn.put(replace(leg, redirects=gone.redirects + 1))
