"""Entries that use another one: a script is of a campaign when the campaign names it."""

import shlex
from typing import TYPE_CHECKING

from cli.arguments import entry_hints, list_hints

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

FILES = ("file", "csv", "import", "leads", "from-file", "from")  # for the leads of a new list
KINDS = {
    **dict.fromkeys(("queue", "in-group", "skill"), "ingroup"),
    **dict.fromkeys(("hours", "opening-hours", "schedule"), "call-time"),
    "number": "did",
    "operator": "agent",
    "extension": "phone",
}
USUAL = ("route", "call_time_id", "ingroups")  # of several options that may name an entry


def is_used(kind: str, name: str, value: str) -> bool:
    """Return whether an option that is none of the kind names an entry that can use one of this kind."""
    from warmline.options.option_table import ENTITIES

    entity = ENTITIES.get(kind)
    return bool(entity and name not in entity.option_names and lines(entity, "NAME", f"{name}={value}"))


def lines(entity: "Entity", name: str, pair: str) -> tuple[str, ...] | None:
    """Return the lines by which the entry that a pair such as campaign=SALES names uses the entry `name`.

    None are there if no option of it can; the result is None if the pair names no other kind.
    """
    from warmline.options.option_table import ENTITIES
    from warmline.options.references import can_name
    from warmline.options.values.option_types import References

    word, _, owner = pair.partition("=")
    plain = word.strip("-").replace("_", "-")
    if entity.kind == "list" and plain in FILES and owner:
        return (shlex.join(("lead", "import", owner, "--list", name)),)
    if plain.endswith("s") and "," in owner:
        each = [lines(entity, name, f"{plain[:-1]}={one}") for one in owner.split(",")]
        return None if None in each else tuple(line for found in each for line in found or ())
    plain = plain if plain in (*KINDS, *ENTITIES) else plain.removesuffix("s")
    kind = ENTITIES.get(KINDS.get(plain, plain))
    if not kind or kind is entity or kind.only or not owner or entity.kind in ("user", "setting"):
        return None
    options = [one for one in kind.options if can_name(one.type, {entity.kind})]
    usual = [one for one in options if one.name in USUAL] or options
    if not usual or (len(options) > 1 and usual is options):
        return ()
    option = usual[0]
    value = f"{entity.kind}:{name}" if option.name == "route" else name
    if isinstance(option.type, References):
        value = list_hints.with_item(kind.kind, owner, option.name, name)
    before = entry_hints.created(kind.kind, owner) if entry_hints.is_new(kind.kind, owner) else ""
    return (*filter(None, (before,)), shlex.join((kind.kind, "set", owner, f"{option.name}={value}")))
