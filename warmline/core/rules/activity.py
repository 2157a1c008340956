"""Whether an agent may begin something new: `active` of the agent and of the campaign."""

from warmline.core.rules import reasons
from warmline.core.rules.configuration import Rules


def explain_inactive_agent(rules: Rules, user: str, campaign: str) -> str:
    """Return why the agent gets no login and no further call in this campaign, or ""."""
    known = rules.agents.get(user)
    if known is not None and known.active != "Y":
        return reasons.AGENT_INACTIVE.text(agent=user)
    return explain_inactive_campaign(rules, campaign)


def explain_inactive_campaign(rules: Rules, campaign: str) -> str:
    """Return why this campaign gets no login and no dial, or ""."""
    known = rules.campaigns.get(campaign)
    return "" if known is None or known.active == "Y" else reasons.CAMPAIGN_INACTIVE.text(campaign=campaign)
