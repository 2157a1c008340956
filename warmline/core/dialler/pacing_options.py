"""The options of a campaign that its pacing depends on."""

from warmline.core.agents.drop_counts import find_drop_rules
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.rules.configuration import Campaign, Rules


def make_pacing_rules(rules: Rules, campaign: Campaign, correction: int = 0) -> PacingRules:
    """Return the options of a campaign that pacing depends on; `correction` is that of the world."""
    return PacingRules(
        dial_method=DialMethod(campaign.dial_method),
        auto_dial_level=float(campaign.auto_dial_level),
        dial_level_threshold_agents=campaign.dial_level_threshold_agents,
        adaptive_maximum_level=float(campaign.adaptive_maximum_level),
        drops=find_drop_rules(rules, campaign, correction),
    )
