"""Whether a caller may change an entity: in the campaigns of their group, and with ways to dial that they may name."""

from collections.abc import Mapping

from warmline.operations.operation import Caller, WriteRefused
from warmline.options import dial_ways
from warmline.options.option_table import AGENT, CAMPAIGN, ENTITIES, SETTING, USER_GROUP, check
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import Value
from warmline.store.configuration import campaign_owners, change_plan, config, config_rows, users
from warmline.store.configuration.campaign_view import OWNED, CampaignView
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading

CODE = "campaigns_bound"
GROUP = "user_group"  # of an agent: it bounds the agent's user
NAMES_WAYS = "users:write"  # the scope of administrators
DEFAULT = str(CAMPAIGN.option(dial_ways.TEMPLATE).default)


def check_entity(
    caller: Caller, kind: str, name: str, options: Mapping[str, str] | None = None, *, is_new: bool = False
) -> None:
    """Check that a caller may give these options to an entity, or delete it.

    A person of some campaigns changes only what is theirs. Raises NotFound for a name that they do not see, OptionError
    for an invalid value, WriteRefused, StoreError.
    """
    seen = caller.campaigns
    if seen is not None:
        if kind == USER_GROUP.kind or (is_new and kind == CAMPAIGN.kind):
            raise refused(_name(caller), "change a user group" if kind == USER_GROUP.kind else "create a campaign")
        with reading(caller.db) as db:
            view = CampaignView(db, seen)
            before: Mapping[str, Value] = {}
            if not is_new:
                row = config_rows.find_if_any(db, ENTITIES[kind], name)
                before = config_rows.shown(ENTITIES[kind], row) if row else {}
                if row is None or not view.includes(kind, str(row["id"]), before):
                    raise campaign_owners.unknown_to(seen, kind, name)
                if not view.owns(kind, before):
                    raise refused(_name(caller), f"change {kind} {name}, which other campaigns use")
            given = check(kind, options or {})
            for named in view.hidden(kind, given):
                raise campaign_owners.unknown_to(seen, *named)
            if kind == AGENT.kind and (is_new or given.get(GROUP, before.get(GROUP)) != before.get(GROUP)):
                allowed = users.allowed_campaigns(db, str(given.get(GROUP, "")))  # without a group, every campaign
                if allowed is None or not allowed.campaigns <= seen.campaigns:
                    raise refused(_name(caller), f"give agent {name} a user group with other campaigns, or none")
            if (is_new or OWNED.get(kind, "") in given) and not view.owns(kind, given):
                raise refused(_name(caller), f"give {kind} {name} to every campaign: name some in {OWNED[kind]}")
    if options:
        check_ways(caller, {(kind, name): options})


def check_ways(caller: Caller, wanted: change_plan.Wanted) -> None:
    """Check that only an administrator brings in a new way to dial, see warmline/options/dial_ways.py.

    A way that the entity has already may stay, and the default template is everybody's. Raises OptionError, which names
    the allowed ways; also for an invalid value. Raises StoreError.
    """
    if caller.client is None or caller.client.may(NAMES_WAYS):
        return
    asked = [
        (kind, name, options)
        for (kind, name), options in wanted.items()
        if options and dial_ways.may_bring(kind, options)
    ]
    if not asked:
        return
    ways = config.show(caller.db, SETTING.kind, str(SETTING.only))["dial_ways"]
    named = (DEFAULT, *map(str, ways if isinstance(ways, tuple | list) else ()))
    for kind, name, options in asked:
        before = _options(caller.db, kind, name)
        there = {way for _, way in dial_ways.of(kind, before)}
        for option, way in dial_ways.of(kind, {**before, **check(kind, options)}):
            if way not in (*named, *there):
                raise _not_named(kind, option, way, named)


def refused(name: str, what: str) -> WriteRefused:
    """Return the error for a change that takes all campaigns."""
    return WriteRefused(
        CODE,
        "user {user} is in a group with allowed_campaigns, and may not {what}; a person who sees every campaign can",
        user=name,
        what=what,
    )


def _name(caller: Caller) -> str:
    return caller.client.name if caller.client else caller.name


def _options(path: str, kind: str, name: str) -> Mapping[str, Value]:
    """Return the options of an entity, or none if it does not exist yet."""
    try:
        return config.show(path, kind, name)
    except NotFound:
        return {}


def _not_named(kind: str, option: str, way: str, named: tuple[str, ...]) -> OptionError:
    allowed = [one for one in dict.fromkeys(named) if one.startswith("@") == (option != dial_ways.TEMPLATE)]
    return OptionError(
        "dial_way_not_named",
        "{option}: {way} is not named in the setting dial_ways; allowed: {allowed}; an administrator can name another",
        option=option,
        way=way,
        allowed=", ".join(allowed) or "no context",
    )
