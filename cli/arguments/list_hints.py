"""The whole value of an option that is a list: a suggested line keeps the items that the entry has."""

from cli.arguments.entry_hints import items

OTHERS = "OTHERS"  # the items that an entry has, if they cannot be read


def current(kind: str, name: str, option: str) -> tuple[str, ...] | None:
    """Return the items that an option of an entry has; None if they cannot be read."""
    from cli.client import app_client, config_records
    from warmline.text.coded_error import CodedError

    try:
        return items(config_records.at(app_client.records()).show(kind, name)[option])
    except CodedError:
        return None


def with_item(kind: str, name: str, option: str, item: str) -> str:
    """Return the value of a list with an item more; one that is rated, such as SALESLINE:3, replaces its rating."""
    have = current(kind, name, option)
    if have is None:
        return f"{item},{OTHERS}"
    key = item.partition(":")[0]
    kept = [one for one in have if one.partition(":")[0] != key]
    return ",".join(dict.fromkeys((*have, item) if item in have else (*kept, item)))


def without_item(kind: str, name: str, option: str, item: str) -> str:
    """Return the value of a list without an item."""
    have = current(kind, name, option)
    return OTHERS if have is None or not item else ",".join(one for one in have if one.partition(":")[0] != item)
