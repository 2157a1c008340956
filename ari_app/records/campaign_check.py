"""Whether a write is about the campaigns that its client's group allows, just before it is made."""

from dataclasses import dataclass

from warmline.operations import entity_rights
from warmline.options.option_table import CAMPAIGN
from warmline.store.configuration import campaign_owners
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.reading import reading


@dataclass(frozen=True, slots=True)
class Named:
    """The names in a write; an empty one is none. `everything`: it is about more than it names."""

    campaigns: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    everything: bool = False


def check(path: str, wanted: Named, client: ApiToken | User | ApiUser) -> None:
    """Check that a user writes only in the campaigns of their group. Programs with a token are not bound.

    Raises NotFound for a name that the person does not see, OptionError for an invalid value, WriteRefused, StoreError.
    """
    if isinstance(client, ApiToken) or client.campaigns is None:
        return
    seen = client.campaigns
    if wanted.everything:
        raise entity_rights.refused(client.name, "make a change of more than these campaigns")
    for campaign in filter(None, wanted.campaigns):
        if not seen.include(campaign):
            raise campaign_owners.unknown_to(seen, CAMPAIGN.kind, campaign)
    with reading(path) as db:
        for name in filter(None, wanted.lists):
            if not campaign_owners.sees_list_in(db, seen, name):
                raise campaign_owners.unknown_to(seen, "list", name)
