"""Values that entries have: a suggested line keeps the items of a list, and names the entries that belong together."""

import re
from collections.abc import Sequence
from typing import Any

from cli.arguments.completion import entry_names
from cli.arguments.entry_hints import items

OTHERS = "OTHERS"  # the items that an entry has, if they cannot be read
# Words for the rating of an agent in an in-group, and its option.
RATED = {
    **dict.fromkeys(("rank", "priority", "penalty", "prio"), "ingroup_ranks"),
    **dict.fromkeys(("grade", "level", "skill-level", "weight"), "ingroup_grades"),
}
LOWEST = 9  # below 0, of a rank


def value_now(kind: str, name: str, option: str) -> Any:
    """Return the value that an option of an entry has; None if it cannot be read."""
    from cli.client import app_client, config_records
    from warmline.text.coded_error import CodedError

    try:
        return config_records.at(app_client.records()).show(kind, name)[option]
    except CodedError:
        return None


def current(kind: str, name: str, option: str) -> tuple[str, ...] | None:
    """Return the items that an option of an entry has; None if they cannot be read."""
    value = value_now(kind, name, option)
    return None if value is None else items(value)


def related(kind: str, name: str, wanted: str) -> str:
    """Return the entry of a kind to which another entry belongs, such as the campaign of an agent; "" without one.

    An in-group belongs to the campaign of an agent who has it. A single entry of a kind is always meant.
    """
    from warmline.options.option_table import ENTITIES
    from warmline.options.values.option_types import Reference

    known = entry_names(wanted)
    if len(known) == 1 or name not in entry_names(kind):
        return known[0] if len(known) == 1 else ""
    for option in ENTITIES[kind].options:
        if isinstance(option.type, Reference) and option.type.entity == wanted:
            return str(value_now(kind, name, option.name) or "")
    if (kind, wanted) != ("ingroup", "campaign"):
        return ""
    return next((str(one["campaign"]) for one in all_of("agent") if name in one["ingroups"] and one["campaign"]), "")


def all_of(kind: str) -> list[dict[str, Any]]:
    """Return the options of each entry of a kind; none if they cannot be read."""
    return [*named(kind).values()]


def named(kind: str) -> dict[str, dict[str, Any]]:
    """Return the options of each entry of a kind by its name; none if they cannot be read."""
    from cli.client import app_client, config_records
    from warmline.text.coded_error import CodedError

    try:
        return config_records.at(app_client.records()).show_all(kind)
    except CodedError:
        return {}


def rate(word: str, value: str) -> str:
    """Return a rating as Warmline has it: a queue calls the lowest penalty first, and an in-group the highest rank."""
    if word != "penalty" or not re.fullmatch(r"[0-9]{1,9}", value):
        return value
    return str(-min(int(value), LOWEST))


def with_item(kind: str, name: str, option: str, item: str) -> str:
    """Return the value of a list with an item more; one that is rated, such as SALESLINE:3, replaces its rating."""
    return with_items(kind, name, option, [item])


def with_items(kind: str, name: str, option: str, more: Sequence[str]) -> str:
    """Return the value of a list with items more, as `with_item` does."""
    have = current(kind, name, option)
    if have is None:
        return ",".join((*more, OTHERS))
    keys = {one.partition(":")[0] for one in more if one not in have}
    return ",".join(dict.fromkeys((*(one for one in have if one.partition(":")[0] not in keys), *more)))


def without_item(kind: str, name: str, option: str, item: str) -> str:
    """Return the value of a list without an item."""
    have = current(kind, name, option)
    return OTHERS if have is None or not item else ",".join(one for one in have if one.partition(":")[0] != item)
