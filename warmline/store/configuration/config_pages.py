"""Reads entities of the configuration together with the revision at which they were read."""

from itertools import islice
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.option_table import ENTITIES, spelled
from warmline.options.values.option_types import Value
from warmline.store.configuration import config, config_rows
from warmline.store.configuration.campaign_owners import unknown_to
from warmline.store.configuration.campaign_view import CampaignView
from warmline.store.configuration.configuration_snapshot import revision
from warmline.store.configuration.group_view import GroupView, unknown_to_groups
from warmline.store.configuration.users import User
from warmline.store.database.reading import reading


class ConfigPage(NamedTuple):
    """Options by name, as `config.show` returns them. `revision` is the last one of the whole configuration."""

    revision: int
    entities: dict[str, dict[str, Value]]


def one(
    path: str | Path, kind: str, name: str, campaigns: VisibleCampaigns | None = None, user: User | None = None
) -> ConfigPage:
    """Return one entity, under its name as it is stored, as far as a person of these campaigns sees it.

    A `user` sees the people of some groups alone. Raises NotFound, StoreError.
    """
    entity = ENTITIES[kind]
    with reading(path) as db:
        if user and not GroupView(db, user).includes(kind, spelled(kind, name)):
            raise unknown_to(campaigns, kind, name) if campaigns else unknown_to_groups(kind, name)
        if campaigns is None:
            row = config_rows.find(db, entity, name)
            return ConfigPage(revision(db), {str(row["id"]): config_rows.shown(entity, row)})
        there = config_rows.find_if_any(db, entity, name)
        shown = dict(CampaignView(db, campaigns).part(entity, [there] if there else []))
        if not shown:
            raise unknown_to(campaigns, kind, name)
        return ConfigPage(revision(db), shown)


def page(
    path: str | Path,
    kind: str,
    after: str,
    most: int,
    campaigns: VisibleCampaigns | None = None,
    user: User | None = None,
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
        view = GroupView(db, user) if user else None
        found = (row for row in rows if view is None or view.includes(kind, str(row["id"])))
        every = ((str(row["id"]), config_rows.shown(entity, row)) for row in found)
        shown = every if campaigns is None else CampaignView(db, campaigns).part(entity, found)
        return ConfigPage(revision(db), dict(islice(shown, most)))


def whole(path: str | Path, user: User | None = None) -> tuple[int, config.Everything]:
    """Return the revision and the whole configuration, without secrets.

    A `user` sees the people of some groups alone. Raises StoreError.
    """
    with reading(path) as db:
        found = config.everything_in(db)
        if user:
            view = GroupView(db, user)
            found = {
                kind: {name: options for name, options in entities.items() if view.includes(kind, name)}
                for kind, entities in found.items()
            }
        return revision(db), found
