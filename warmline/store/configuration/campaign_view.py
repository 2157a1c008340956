"""The configuration as the people of a group with allowed_campaigns see it: without what other campaigns have."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.option_table import CAMPAIGN, ENTITIES, LIST
from warmline.options.references import can_name, references
from warmline.options.values.entity import Entity
from warmline.options.values.option_types import Value
from warmline.store.configuration import config_rows
from warmline.store.configuration.campaign_owners import lists_of

# The option that says to which campaigns an entry of a kind belongs. An entry without one belongs to all of them.
OWNED: Mapping[str, str] = {
    LIST.kind: "campaign", "preset": "campaign", "disposition": "campaigns", "pause-code": "campaigns",
    "event-hook": "campaigns", "scheduled-report": "campaign",
}  # fmt: skip
# Kinds whose entries are hidden from people of other campaigns. An option of another entry neither shows nor takes the
# name of a hidden one, whichever option it is: its type says which kind it names.
HIDES = (CAMPAIGN.kind, *OWNED)


class CampaignView:
    """The view of one person, in one reading of the database."""

    def __init__(self, db: sqlite3.Connection, campaigns: VisibleCampaigns) -> None:
        self._db, self._campaigns = db, campaigns
        lists = frozenset(lists_of(db, campaigns))
        self._seen: dict[str, frozenset[str]] = {CAMPAIGN.kind: campaigns.campaigns, LIST.kind: lists}

    def part(self, entity: Entity, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Value]]]:
        """Yield each entity that the person sees, with its options."""
        for row in rows:
            options = config_rows.shown(entity, row)
            if self.includes(entity.kind, str(row["id"]), options):
                yield str(row["id"]), {name: self._shown(entity, name, value) for name, value in options.items()}

    def includes(self, kind: str, name: str, options: Mapping[str, Value]) -> bool:
        """Return whether the person sees an entity. A code for several campaigns is seen by the people of each."""
        if kind in (CAMPAIGN.kind, LIST.kind):
            return name in self._seen[kind]
        owners = owners_of(kind, options)
        return not owners or not self._campaigns.campaigns.isdisjoint(owners)

    def owns(self, kind: str, options: Mapping[str, Value]) -> bool:
        """Return whether an entity of these options belongs to no other campaign, so that the person may change it."""
        owners = owners_of(kind, options)
        return kind not in OWNED or (bool(owners) and self._campaigns.campaigns.issuperset(owners))

    def hidden(self, kind: str, options: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        """Yield the (kind, name) of each entry in these options that the person does not see."""
        entity = ENTITIES[kind]
        for name, value in options.items():
            for named in references(entity.option(name).type, value):
                if self._hides(*named):
                    yield named

    def _shown(self, entity: Entity, name: str, value: Value) -> Value:
        """Return the value of an option without the names that the person does not see."""
        option = entity.option(name)
        if not can_name(option.type, HIDES) or not any(self._hides(*one) for one in references(option.type, value)):
            return value
        hidden = {named for kind, named in references(option.type, value) if self._hides(kind, named)}
        return tuple(one for one in value if str(one) not in hidden) if isinstance(value, tuple) else ""

    def _hides(self, kind: str, name: str) -> bool:
        if kind in HIDES and kind not in self._seen:
            found = config_rows.every(self._db, ENTITIES[kind])
            options = {each: config_rows.shown(ENTITIES[kind], row) for each, row in found.items()}
            self._seen[kind] = frozenset(each for each in options if self.includes(kind, each, options[each]))
        return kind in self._seen and name not in self._seen[kind]


def owners_of(kind: str, options: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the campaigns to which an entity of these options belongs; none for every campaign."""
    value = options.get(OWNED.get(kind, ""), ())
    return tuple(map(str, value)) if isinstance(value, tuple | list) else tuple(filter(None, [str(value)]))
