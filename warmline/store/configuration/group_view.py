"""The configuration as a supervisor of some groups sees it: without the people of other groups."""

import sqlite3
from collections.abc import Iterable

from warmline.access.rights import UserRole
from warmline.options.option_table import AGENT, ENTITIES, PHONE, USER_GROUP
from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.options.user_options import USER
from warmline.store.configuration import config_rows, users
from warmline.store.configuration.users import User
from warmline.store.database.errors import NotFound


def viewer(asker: object) -> User | None:
    """Return the client if it is a supervisor who sees the agents of some groups alone, otherwise None."""
    if not isinstance(asker, User) or asker.role is not UserRole.SUPERVISOR:
        return None
    return asker if asker.visible and not asker.visible.every else None


def unknown_to_groups(kind: str, name: str) -> NotFound:
    """Make the error for a name that does not exist, or that the user may not see: it is the same for both."""
    return NotFound("entity_unknown_to_groups", "{kind} {name!r} does not exist in your groups", kind=kind, name=name)


class GroupView:
    """The view of one user, in one reading of the database. Names of other kinds than people's are seen by all."""

    def __init__(self, db: sqlite3.Connection, user: User) -> None:
        assert user.visible
        self._db, self._user, self._agents = db, user, user.visible.agents
        self._seen: dict[str, frozenset[str] | None] = {}

    def includes(self, kind: str, name: str) -> bool:
        """Return whether the user sees an entity. One of people that does not exist is not seen."""
        if kind not in self._seen:
            self._seen[kind] = self._names(kind)
        seen = self._seen[kind]
        return seen is None or name in seen

    def check(self, named: Iterable[tuple[str, str]]) -> None:
        """Raise NotFound for an entity, by kind and name, that the user does not see."""
        for kind, name in named:
            if not self.includes(kind, name):
                raise unknown_to_groups(kind, name)

    def _names(self, kind: str) -> frozenset[str] | None:
        """Return the names of a kind that the user sees, or None for all."""
        if kind == AGENT.kind:
            return self._agents
        groups = {self._user.user_group, *users.viewable_groups(self._db, self._user.user_group)}
        if kind == USER_GROUP.kind:
            return frozenset(groups)
        if kind == PHONE.kind:
            return self._phones()
        if kind not in (USER.kind, SCHEDULED_REPORT.kind):
            return None
        rows = config_rows.every(self._db, ENTITIES[kind])
        return frozenset(
            name
            for name, row in rows.items()
            if (row["user_group"] or self._user.user_group) in groups
            and (kind != USER.kind or not row["agent"] or row["agent"] in self._agents)
        )

    def _phones(self) -> frozenset[str]:
        """Return the phones without those that only agents of other groups have."""
        agents = config_rows.every(self._db, ENTITIES[AGENT.kind])
        own = {row["phone"] for name, row in agents.items() if name in self._agents}
        others = {row["phone"] for row in agents.values()} - own
        return frozenset(name for name in config_rows.names(self._db, PHONE) if name not in others)
