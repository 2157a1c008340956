"""Whether an agent may begin something new: `active` of the agent and of the campaign."""

from warmline.core.rules import reasons
from warmline.core.rules.configuration import Rules


def explain_inactive_agent(rules: Rules, user: str, campaign_id: str) -> str:
    """Return why the agent gets no login and no further call in this campaign, or ""."""
    agent = rules.agents.get(user)
    if agent is not None and agent.active != "Y":
        return reasons.AGENT_INACTIVE.text(agent=user)
    return explain_inactive_campaign(rules, campaign_id)


def explain_inactive_campaign(rules: Rules, campaign_id: str) -> str:
    """Return why this campaign gets no login and no dial, or ""."""
    campaign = rules.campaigns.get(campaign_id)
    return "" if campaign is None or campaign.active == "Y" else reasons.CAMPAIGN_INACTIVE.text(campaign=campaign_id)
