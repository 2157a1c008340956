"""Redirects: a called party names another number instead of answering (SIP 302).

The number comes from outside. The dial rules apply to it as to any number, and it is used only in the dial template.
"""

from warmline.core.messages.command_classes import NumberDial
from warmline.core.messages.dial_facts_messages import DialFacts
from warmline.core.messages.refer_messages import LegRedirected
from warmline.core.model.call import Call
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.leg import Leg, Phase
from warmline.core.permission import dial_facts_queries, dial_gate
from warmline.core.permission.dial_gate import DialEffect
from warmline.core.rules import reasons
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

SEPARATOR_REMOVAL = str.maketrans("", "", "-.()")  # RFC 3966 allows these in a number
REDIRECT_STEP = "redirected"  # the beginning of the receipt's step, which the daily limit counts


def record_redirect(turn: Turn, event: LegRedirected) -> None:
    """Record the redirect of a called party. Nothing follows until its leg is gone. Only an outside party may redirect.

    If the campaign follows redirects, the database is queried about the number. The leg's end waits for the answer.
    """
    leg = turn.world.legs.get(event.leg)
    if leg is None or not leg.is_dialled or leg.phase >= Phase.UP or leg.dialling.redirected:
        return
    leg = turn.put(leg.with_dialling(redirected=event.target.translate(SEPARATOR_REMOVAL)))
    call = turn.world.calls.get(leg.owner)
    if call is None or not get_campaign(turn, call).follow_redirects:
        return
    receipt = turn.world.receipts.get(call.commands.dialling or "")
    agent = receipt.agent if receipt else call.outcome.last_agent
    question = dial_facts_queries.make_query(
        turn, leg.id, agent, campaign=get_campaign(turn, call), number=leg.dialling.redirected
    )
    if event.checked:
        check = DialCheck(question=question, asked=turn.now, facts=DialFacts(problem=event.impossible))
        turn.put(leg.with_dialling(redirect_check=check))
    else:
        dial_facts_queries.begin_redirect_query(turn, leg, question)


def delay_leg_end(turn: Turn, leg: Leg, cause: int) -> bool:
    """Delay the end of a leg until the database has answered about its redirect. Return whether it waits."""
    if leg.dialling.redirect_check is None or leg.dialling.redirect_check.facts is not None:
        return False
    turn.put(leg.with_dialling(end_held=cause))
    return True


def follow_redirect(turn: Turn, call: Call, ended_leg: Leg) -> Leg | str:
    """Return the leg that dials the other number now, or the reason for a refusal; "" if there is no redirect.

    The number of parties on the line does not change, so `manual_calls_at_once` does not apply.
    """
    dialling = ended_leg.dialling
    receipt = turn.world.receipts.get(call.commands.dialling or "")
    if not dialling.redirected or ended_leg.hangup_requested or ended_leg.answered is not None or receipt is None:
        return ""
    command = receipt.command
    if not isinstance(command, NumberDial):
        return ""
    campaign, number = get_campaign(turn, call), dialling.redirected
    if not campaign.follow_redirects:
        return reasons.REDIRECTS_OFF.text(number=number)
    if dialling.redirects >= campaign.follow_redirects:
        return reasons.REDIRECTS_OVER.text(number=number, limit=campaign.follow_redirects)
    leg = dial_gate.dial(
        turn,
        call,
        receipt=receipt.id,
        command=command,
        role=ended_leg.role,
        number=number,
        check=dialling.redirect_check,
        effect=DialEffect.LEG,
    )
    if isinstance(leg, str):
        return reasons.REDIRECT_REFUSED.text(number=number, why=leg)
    turn.put(turn.world.receipts[receipt.id].with_step(f"{REDIRECT_STEP} to {number}", turn.now))
    turn.note(f"{ended_leg.number} redirects to {number}, which is dialled")
    return turn.put(leg.with_dialling(redirects=dialling.redirects + 1))
