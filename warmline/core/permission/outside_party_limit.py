"""The limit of outside parties that a campaign's agents may have on the line together."""

from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.world.world import World


def find_party_refusal(world: World, campaign: Campaign) -> str:
    """Return why no other party is dialled for this campaign now (`manual_calls_at_once`), or ""."""
    max_parties = campaign.manual_calls_at_once
    if not max_parties or world.call_counts.count_dialled(campaign.id) < max_parties:
        return ""
    return reasons.CALLS_AT_ONCE.text(limit=max_parties)
