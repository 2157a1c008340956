"""The campaigns that a person may see, and what belongs to them: lists, leads, numbers not to call, diallers."""

from collections.abc import Iterable
from dataclasses import dataclass

from warmline.access.rights import UserRole


@dataclass(frozen=True, slots=True)
class VisibleCampaigns:
    """The campaigns by name. A list for every campaign, and its leads, belong to none of them."""

    campaigns: frozenset[str]

    def include(self, campaign: str | None) -> bool:
        """Return whether this is one of the campaigns; it may be empty."""
        return campaign in self.campaigns


def of_group(role: UserRole, allowed: Iterable[str]) -> VisibleCampaigns | None:
    """Return the campaigns of a person in a group with these `allowed_campaigns`; None for all campaigns.

    An empty option allows all campaigns. An administrator is never bound: they can change the group.
    """
    named = frozenset(allowed)
    return VisibleCampaigns(named) if named and role is not UserRole.ADMIN else None
