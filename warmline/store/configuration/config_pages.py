"""Reads entities of the configuration together with the revision at which they were read."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from warmline.options.option_table import ENTITIES, spelled
from warmline.options.values.option_types import Value
from warmline.store.configuration import config, config_rows
from warmline.store.database.reading import reading

if TYPE_CHECKING:
    import sqlite3

    from warmline.access.visible_campaigns import VisibleCampaigns
    from warmline.store.configuration.campaign_view import CampaignView
    from warmline.store.configuration.group_view import GroupView
    from warmline.store.configuration.users import User
    from warmline.store.database.errors import NotFound


class ConfigPage(NamedTuple):
    """Options by name, as `config.show` returns them. `revision` is the last one of the whole configuration."""

    revision: int
    entities: dict[str, dict[str, Value]]


def one(
    path: str | Path, kind: str, name: str, campaigns: "VisibleCampaigns | None" = None, user: "User | None" = None
) -> ConfigPage:
    """Return one entity, under its name as it is stored, as far as a person of these campaigns sees it.

    A `user` sees the people of some groups alone. Raises NotFound, StoreError.
    """
    entity = ENTITIES[kind]
    with reading(path) as db:
        if (groups := _groups(db, user)) and not groups.includes(kind, spelled(kind, name)):
            raise _unknown(campaigns, kind, name)
        if campaigns is None:
            row = config_rows.find(db, entity, name)
            return ConfigPage(config_rows.revision(db), {str(row["id"]): config_rows.shown(entity, row)})
        there = config_rows.find_if_any(db, entity, name)
        shown = dict(_campaigns(db, campaigns).part(entity, [there] if there else []))
        if not shown:
            raise _unknown(campaigns, kind, name)
        return ConfigPage(config_rows.revision(db), shown)


def page(
    path: str | Path,
    kind: str,
    after: str,
    most: int,
    campaigns: "VisibleCampaigns | None" = None,
    user: "User | None" = None,
) -> ConfigPage:
    """Return up to `most` entities of a kind in order of name, behind the name `after`.

    With `campaigns`, only what a person of these campaigns sees is returned. A `user` sees the people of some groups
    alone. Raises StoreError.
    """
    entity = ENTITIES[kind]
    sql = f'SELECT * FROM "{entity.table}" WHERE id > :after ORDER BY id LIMIT :most'  # noqa: S608 - the option table's
    with reading(path) as db:
        is_whole = campaigns is None and user is None
        rows = db.execute(sql, {"after": after, "most": most if is_whole else -1})
        view = _groups(db, user)
        found = (row for row in rows if view is None or view.includes(kind, str(row["id"])))
        every = ((str(row["id"]), config_rows.shown(entity, row)) for row in found)
        shown = every if campaigns is None else _campaigns(db, campaigns).part(entity, found)
        return ConfigPage(config_rows.revision(db), dict(islice(shown, most)))


def whole(path: str | Path, user: "User | None" = None) -> tuple[int, config.Everything]:
    """Return the revision and the whole configuration, without secrets.

    A `user` sees the people of some groups alone. Raises StoreError.
    """
    with reading(path) as db:
        found = config.everything_in(db)
        if view := _groups(db, user):
            found = {
                kind: {name: options for name, options in entities.items() if view.includes(kind, name)}
                for kind, entities in found.items()
            }
        return config_rows.revision(db), found


# A command on the machine of the database sees everything, and loads nothing of this.
def _groups(db: "sqlite3.Connection", user: "User | None") -> "GroupView | None":
    if user is None:
        return None
    from warmline.store.configuration.group_view import GroupView

    return GroupView(db, user)


def _campaigns(db: "sqlite3.Connection", campaigns: "VisibleCampaigns") -> "CampaignView":
    from warmline.store.configuration.campaign_view import CampaignView

    return CampaignView(db, campaigns)


def _unknown(campaigns: "VisibleCampaigns | None", kind: str, name: str) -> "NotFound":
    """Return the error for an entity that a person of these campaigns, or of some groups, does not see."""
    from warmline.store.configuration import campaign_owners, group_view

    return campaign_owners.unknown_to(campaigns, kind, name) if campaigns else group_view.unknown_to_groups(kind, name)
