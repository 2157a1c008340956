"""Whether a write is about the campaigns that its client's group allows, just before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ari_app.records.write_results import WriteRefused
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.option_table import AGENT, CAMPAIGN, ENTITIES, USER_GROUP
from warmline.options.option_table import check as parsed
from warmline.options.values.option_types import Value
from warmline.store.configuration import campaign_owners, config_rows, users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.campaign_view import OWNED, CampaignView
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.database import Connection
from warmline.store.database.reading import reading

CODE = "campaigns_bound"
GROUP = "user_group"  # of an agent: it bounds the agent's user


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity of the configuration, and the options that a write gives to it."""

    kind: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The names in a write; an empty one is none. `everything`: it is about more than it names."""

    campaigns: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    entity: NamedEntity | None = None
    everything: bool = False


def check(path: str, wanted: Named, client: ApiToken | User | ApiUser) -> None:
    """Check that a user writes only in the campaigns of their group. Programs with a token are not bound.

    Raises NotFound for a name that the person does not see, OptionError for an invalid value, WriteRefused, StoreError.
    """
    if isinstance(client, ApiToken) or client.campaigns is None:
        return
    seen = client.campaigns
    if wanted.everything:
        raise _refused(client, "make a change of more than these campaigns")
    for campaign in filter(None, wanted.campaigns):
        if not seen.include(campaign):
            raise campaign_owners.unknown_to(seen, CAMPAIGN.kind, campaign)
    with reading(path) as db:
        for name in filter(None, wanted.lists):
            if not campaign_owners.sees_list_in(db, seen, name):
                raise campaign_owners.unknown_to(seen, "list", name)
        if wanted.entity:
            _check_entity(db, wanted.entity, seen, client)


def _check_entity(db: Connection, wanted: NamedEntity, seen: VisibleCampaigns, client: User | ApiUser) -> None:
    kind, view = wanted.kind, CampaignView(db, seen)
    if kind == USER_GROUP.kind or (wanted.is_new and kind == CAMPAIGN.kind):
        raise _refused(client, "change a user group" if kind == USER_GROUP.kind else "create a campaign")
    options: Mapping[str, Value] = {}
    if not wanted.is_new:
        there = config_rows.find_if_any(db, ENTITIES[kind], wanted.name)
        options = config_rows.shown(ENTITIES[kind], there) if there else {}
        if there is None or not view.includes(kind, str(there["id"]), options):
            raise campaign_owners.unknown_to(seen, kind, wanted.name)
        if not view.owns(kind, options):
            raise _refused(client, f"change {kind} {wanted.name}, which other campaigns use")
    given = parsed(kind, wanted.options)
    for named in view.hidden(kind, given):
        raise campaign_owners.unknown_to(seen, *named)
    if kind == AGENT.kind and (wanted.is_new or given.get(GROUP, options.get(GROUP)) != options.get(GROUP)):
        allowed = users.allowed_campaigns(db, str(given.get(GROUP, "")))  # without a group, every campaign
        if allowed is None or not allowed.campaigns <= seen.campaigns:
            raise _refused(client, f"give agent {wanted.name} a user group with other campaigns, or none")
    if (wanted.is_new or OWNED.get(kind, "") in given) and not view.owns(kind, given):
        raise _refused(client, f"give {kind} {wanted.name} to every campaign: name some in {OWNED[kind]}")


def _refused(client: User | ApiUser, what: str) -> WriteRefused:
    return WriteRefused(
        CODE,
        "user {user} is in a group with allowed_campaigns, and may not {what}; a person who sees every campaign can",
        user=client.name,
        what=what,
    )
