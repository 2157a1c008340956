"""Turns the whole configuration of a source into entities."""

from warmline_contrib.imports.vicidial import (
    campaign_conversion,
    code_conversion,
    column_fates,
    numbers,
    user_conversion,
)
from warmline_contrib.imports.vicidial.column_conversion import CAMPAIGNS, LISTS
from warmline_contrib.imports.vicidial.conversion import VicidialConversion
from warmline_contrib.imports.vicidial.new_names import NewName, NewNames
from warmline_contrib.imports.vicidial.source import VicidialSource

ORDER = (
    *("user-group", "call-time", "holiday", "container", "script", "cid-group", "campaign", "ingroup", "did", "list"),
    *("disposition", "pause-code", "preset", "group-alias", "phone", "agent", "user"),
)


def convert(source: VicidialSource, kept: tuple[NewName, ...] = ()) -> VicidialConversion:
    """Return the entities, and the fate of each value. `kept` are new names from before."""
    into = VicidialConversion(source, NewNames(kept))
    for kind, table, column in (
        ("campaign", CAMPAIGNS, "campaign_id"),
        ("ingroup", campaign_conversion.IN_GROUPS, "group_id"),
        ("list", LISTS, "list_id"),
    ):
        for row in into.rows(table):
            into.entity(kind, into.names.give(kind, row[column]))
    user_conversion.groups(into)
    campaign_conversion.hours(into)
    numbers.containers(into)
    numbers.scripts(into)
    numbers.caller_ids(into)
    code_conversion.convert(into)
    campaign_conversion.campaigns(into)
    campaign_conversion.in_groups(into)
    campaign_conversion.lists(into)
    phones = user_conversion.phones(into)
    user_conversion.people(into, phones)
    numbers.dids(into)
    numbers.presets(into)
    into.drop_missing()
    for table in column_fates.LEFT_OUT:
        if rows := source.count(table):
            fate = column_fates.of_table(table)
            into.told(table, "", "", f"{rows} rows", fate.fate, fate.why)
    into.config = {kind: into.config[kind] for kind in ORDER if into.config.get(kind)}
    return into
