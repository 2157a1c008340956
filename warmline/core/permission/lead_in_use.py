"""A lead that a call has, or at which an agent looks, is not free for another dial."""

from warmline.core.messages.dialler_messages import DialLead
from warmline.core.rules import reasons
from warmline.core.world.world import World


def find_lead_refusal(world: World, lead: DialLead) -> str:
    """Return why the lead is not free: a call has it, or an agent looks at it. Return "" if it is free."""
    if world.lead_calls.has_call(lead.lead, lead.number):
        return reasons.LEAD_IN_CALL.text()
    for session in world.sessions.values():
        preview = session.previewed
        if preview and (preview.number == lead.number or (lead.lead and preview.lead == lead.lead)):
            return reasons.LEAD_PREVIEWED.text(agent=session.agent)
    return ""
