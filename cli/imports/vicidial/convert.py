"""Turns the whole configuration of a source into entities."""

from cli.imports.vicidial import campaigns, codes, numbers, people
from cli.imports.vicidial.campaign_tables import CAMPAIGNS, LISTS
from cli.imports.vicidial.conversion import Conversion
from cli.imports.vicidial.new_names import NewName, NewNames
from cli.imports.vicidial.source import VicidialSource

ORDER = (
    *("user-group", "call-time", "holiday", "container", "script", "cid-group", "campaign", "ingroup", "did", "list"),
    *("disposition", "pause-code", "preset", "group-alias", "phone", "agent", "user"),
)


def convert(source: VicidialSource, kept: tuple[NewName, ...] = ()) -> Conversion:
    """Return the entities, and the fate of each value. `kept` are new names from before."""
    into = Conversion(source, NewNames(kept))
    for kind, table, column in (
        ("campaign", CAMPAIGNS, "campaign_id"),
        ("ingroup", campaigns.IN_GROUPS, "group_id"),
        ("list", LISTS, "list_id"),
    ):
        for row in into.rows(table):
            into.entity(kind, into.names.give(kind, row[column]))
    people.groups(into)
    campaigns.hours(into)
    numbers.containers(into)
    numbers.scripts(into)
    numbers.caller_ids(into)
    codes.convert(into)
    campaigns.campaigns(into)
    campaigns.in_groups(into)
    campaigns.lists(into)
    phones = people.phones(into)
    people.people(into, phones)
    numbers.dids(into)
    numbers.presets(into)
    into.drop_missing()
    into.config = {kind: into.config[kind] for kind in ORDER if into.config.get(kind)}
    return into
