"""The agents that a user may see and command, and what belongs to them."""

from dataclasses import dataclass

from warmline.access.visible_campaigns import VisibleCampaigns


@dataclass(frozen=True, slots=True)
class VisibleAgents:
    """The agents by name. `unassigned`: also what belongs to no agent, such as a caller who waits in a queue.

    `campaigns` bound what belongs to no agent, if it has a campaign; None for all. With `every`, the user sees all
    agents, and only the campaigns are bound.
    """

    agents: frozenset[str]
    unassigned: bool
    campaigns: VisibleCampaigns | None = None
    every: bool = False

    @property
    def named(self) -> tuple[str, ...] | None:
        """Return the agents in order, or None for all."""
        return None if self.every else tuple(sorted(self.agents))

    @property
    def of_leads(self) -> VisibleCampaigns | None:
        """Return the campaigns that also bound calls by their lead, for a user who sees all agents; None for all."""
        return self.campaigns if self.every else None

    def include(self, *owners: str | None, campaign: str = "") -> bool:
        """Return whether something belongs to one of these agents; an owner may be empty.

        Something without an owner is that of its campaign, if it has one.
        """
        named = [one for one in owners if one]
        if named:
            return self.every or any(one in self.agents for one in named)
        return self.unassigned and self.include_campaign(campaign)

    def include_campaign(self, campaign: str) -> bool:
        """Return whether what belongs to no agent may be seen, as far as its campaign decides; it may have none."""
        return not campaign or self.campaigns is None or self.campaigns.include(campaign)
