"""Whether a write uses only ways to dial that an administrator has named: see warmline/options/dial_ways.py."""

from collections.abc import Mapping

from warmline.options import dial_ways
from warmline.options.option_table import CAMPAIGN, SETTING
from warmline.options.option_table import check as parsed
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import Value
from warmline.store.configuration import change_plan, config
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.errors import NotFound

NAMES_WAYS = "users:write"  # the scope of administrators
DEFAULT = str(CAMPAIGN.option(dial_ways.TEMPLATE).default)


def check(path: str, wanted: change_plan.Wanted, client: ApiToken | User | ApiUser) -> None:
    """Check that only an administrator brings in a new way to dial.

    A way that the entity has already may stay, and the default template is everybody's. Raises OptionError, which names
    the allowed ways; also for an invalid value. Raises StoreError.
    """
    asked = [
        (kind, name, options)
        for (kind, name), options in wanted.items()
        if options and dial_ways.may_bring(kind, options)
    ]
    if not asked or client.may(NAMES_WAYS):
        return
    named = (DEFAULT, *_named(path))
    for kind, name, options in asked:
        before = _options(path, kind, name)
        there = {way for _, way in dial_ways.of(kind, before)}
        for option, way in dial_ways.of(kind, {**before, **parsed(kind, options)}):
            if way not in (*named, *there):
                raise _not_named(kind, option, way, named)


def _named(path: str) -> tuple[str, ...]:
    ways = config.show(path, SETTING.kind, str(SETTING.only))["dial_ways"]
    return tuple(map(str, ways)) if isinstance(ways, tuple | list) else ()


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
