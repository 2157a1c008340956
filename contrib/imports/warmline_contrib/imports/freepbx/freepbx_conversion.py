"""Turns the tables of FreePBX into configuration of Warmline, a file for Asterisk, and the fate of each value."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from warmline.core.rules.extension_pattern import DEFAULT_EXTENSION
from warmline.options.option_table import INGROUP, OptionError
from warmline.options.values.option_types import Value
from warmline_contrib.imports import queue_conversion
from warmline_contrib.imports.converted_value import ConvertedValue, Fate, Reading, lost
from warmline_contrib.imports.freepbx import (
    columns,
    extensions,
    inbound_routes,
    includes,
    queues,
    ring_groups,
    time_conditions,
)
from warmline_contrib.imports.freepbx.freepbx_destinations import FreepbxDestinations
from warmline_contrib.imports.freepbx.freepbx_source import PENALTIES, Row, Tables
from warmline_contrib.imports.freepbx.time_conditions import TimeConditions

Options = dict[str, Value]
OF_MEMBERS = ("member", "penalty of ")  # keys of values about the members of a ring group
NO_DYNAMIC = "they are in Asterisk's own database; a backup of FreePBX has them; or set ingroups of agents"


class FreepbxConversion(NamedTuple):
    """The entities by kind and name, the file for Asterisk, and the fate of each value."""

    config: dict[str, dict[str, Options]]
    include: str
    values: list[ConvertedValue]


def convert(
    tables: Tables, campaign: str = "", names: Mapping[str, str] | None = None, moved: Collection[str] = ()
) -> FreepbxConversion:
    """Return the configuration for these tables.

    `campaign` is that of the agents. `names` has another name for a queue, a ring group or an agent. `moved` are the
    numbers that go to Warmline; all others stay with FreePBX. Raises OptionError for a number without a route.
    """
    renamed = names or {}
    known = extensions.of_tables(tables)
    of_queues = _named(tables.get("queues_config", ()), "extension", renamed, ())
    of_groups = _named(tables.get("ringgroups", ()), "grpnum", renamed, of_queues.values())
    places = FreepbxDestinations(of_queues, of_groups)
    groups = [ring_groups.queue(row, known) for row in tables.get("ringgroups", ())]
    details = queues.rows_of(tables)
    found_queues = queues.of_tables(tables, details, known)
    config, values = queue_conversion.convert([*found_queues, *groups], campaign, renamed)
    own = {one.name for one in groups}
    found = [
        _placed(one, own) for one in values if one.key and (one.place not in own or one.key.startswith(OF_MEMBERS))
    ]
    unusable = {one.place: lost(one.why) for one in values if not one.key}
    ingroups = config.get("ingroup", {})
    for row in tables.get("queues_config", ()):
        if why := unusable.get(row["extension"]):
            found += _lost("queues_config", f"queue {row['extension']}", row, why)
            found += queues.details_of(row["extension"], details, why)
            continue
        options, more = queues.options(row, details.get(row["extension"], []), tables, places)
        _add(ingroups, of_queues.get(row["extension"]), options)
        found += more
    found += queues.beside_queues(tables, details)
    for row in tables.get("ringgroups", ()):
        if why := unusable.get(row["grpnum"]):
            found += _lost("ringgroups", f"ring group {row['grpnum']}", row, why)
            continue
        options, more = ring_groups.options(row, tables, places)
        _add(ingroups, of_groups.get(row["grpnum"]), options)
        found += more
    phones, agents = config.setdefault("phone", {}), config.setdefault("agent", {})
    found += extensions.add(tables, phones, agents, renamed, campaign)
    conditions = TimeConditions(tables, places)
    routes = inbound_routes.of_tables(tables, conditions)
    found += [*routes.values, *conditions.values()]
    if tables.get("queues_config") and PENALTIES not in tables:
        found.append(ConvertedValue("queues", "dynamic members", "", Fate.LOST, NO_DYNAMIC))
    all_of = config | {"call-time": conditions.call_times(), "container": routes.containers, "did": routes.dids}
    include = includes.text(
        routes.extensions, _chosen(moved, routes.extensions), conditions.dialplan(), time_conditions.CONTEXT
    )
    return FreepbxConversion({kind: entities for kind, entities in all_of.items() if entities}, include, found)


def _named(rows: Iterable[Row], key: str, renamed: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """Return the in-group of each number; a number whose name is not possible, or another's, is left out."""
    found: dict[str, str] = {}
    for row in rows:
        name = renamed.get(row[key], row[key])
        try:
            INGROUP.names.parse(name)
        except ValueError:
            continue  # the conversion of queues names it
        if name not in taken and name not in found.values():
            found[row[key]] = name
    return found


def _add(ingroups: Mapping[str, Options], name: str | None, options: Options) -> None:
    if name and name in ingroups:
        ingroups[name] |= options


def _lost(table: str, place: str, row: Row, why: Reading) -> Iterator[ConvertedValue]:
    """Yield the values of a queue or ring group that becomes no in-group."""
    return columns.fates(table, place, row, dict.fromkeys(row, why))


def _placed(one: ConvertedValue, groups: Collection[str]) -> ConvertedValue:
    """Return a value of the conversion of queues, named as in FreePBX's tables."""
    if one.place in groups:
        return one._replace(place=f"ring group {one.place}", key=f"ringgroups.grplist {one.key}")
    return one._replace(place=f"queue {one.place}", key=f"queues_details.{one.key}")


def _chosen(moved: Collection[str], known: Mapping[str, str]) -> list[str]:
    """Return the DIDs that move. Raises OptionError for a number without an inbound route."""
    found = [inbound_routes.did_name(one) for one in moved]
    if unknown := [one for one in found if one not in known]:
        numbers = [name for name in known if name != DEFAULT_EXTENSION]
        raise OptionError(
            "freepbx_did_unknown",
            "--did {number} has no inbound route that was converted; allowed: {numbers}",
            number=unknown[0],
            numbers=", ".join(numbers[:10]) + ", …" * (len(numbers) > 10) or "none",
        )
    return list(dict.fromkeys(found))
