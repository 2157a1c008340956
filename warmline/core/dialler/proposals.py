"""The acceptance of the pacing's proposals. The pacing may be wrong; each of its claims is checked again here."""

from warmline.core.dialler import lead_call, overdialling
from warmline.core.dialler.dialler_halts import explain_missing_server
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.core.permission import lead_in_use
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.servers.placement import can_place_call
from warmline.core.world.turn import Turn


def apply_decision(turn: Turn, event: PacingDecided) -> None:
    """Give up calls, and begin calls for the leads that may be dialled now. A refused lead leaves only a note."""
    for call_id in event.give_up:
        lead_call.give_up(turn, call_id)
    campaign = turn.world.rules.campaigns.get(event.campaign)
    for lead in event.begin:
        if campaign is None:
            refusal = reasons.DIALLER_STOPPED.text(campaign=event.campaign)
        else:
            refusal = find_proposal_refusal(
                turn, campaign, lead, expected_drops_permille=event.risk
            ) or lead_call.begin(turn, campaign, lead, decision=event)
        if refusal:
            turn.note(f"lead {lead.lead} is not dialled: {refusal}")


def find_proposal_refusal(turn: Turn, campaign: Campaign, lead: DialLead, expected_drops_permille: int) -> str:
    """Return why the dialler does not call this lead now, or "". The dial gate's own rules come after these.

    `expected_drops_permille` is how many drops the pacing expects of all calls, in thousandths.
    """
    world = turn.world
    dialler = world.diallers.get(campaign.id)
    if dialler is None or not dialler.running or campaign.dial_method == "MANUAL":
        return reasons.DIALLER_STOPPED.text(campaign=campaign.id)
    if turn.now < dialler.begins_at:
        return dialler.halted or reasons.DIALLER_WAITS.text()
    if not can_place_call(world):
        return explain_missing_server(world, dialler)
    if lead.open_until <= turn.machine_time:
        return reasons.LEAD_HOURS_OVER.text()
    if lead.due_callback and world.call_counts.find_callback_call(lead.due_callback.id):
        return reasons.CALLBACK_DIALLED.text()
    if refusal := lead_in_use.find_lead_refusal(world, lead):
        return refusal
    if not (lead.caller_id or campaign.campaign_cid).strip("0"):
        return reasons.CALLER_ID_MISSING.text(campaign=campaign.id)
    return overdialling.find_overdial_refusal(
        world,
        campaign,
        dialler,
        now_us=turn.now,
        expected_drops_permille=expected_drops_permille,
        ready_agents=overdialling.count_ready_agents(world, campaign, turn.now),
    )
