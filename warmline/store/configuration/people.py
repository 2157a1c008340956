"""Lists people: the users with their agents and phones, and the agents without a user."""

import json
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows

WITHOUT_USER = "~"  # begins the id of an agent without a user; no name of a user has it

# The group of an agent decides who sees the agent; that of another user bounds whom the user sees.
SQL = f"""
    SELECT * FROM (
        SELECT user.id AS id, user.id AS user, user.full_name AS full_name, role, user.active AS active,
            coalesce(
                CASE role WHEN 'agent' THEN agent.user_group END, user.user_group, agent.user_group, ''
            ) AS user_group,
            force_change_password AS must_change,
            iif(user.id IN (SELECT user FROM second_factor WHERE enrolled > 0), 1, 0) AS has_factor,
            ifnull(agent.id, '') AS agent,
            ifnull(agent.phone, '') AS phone, ifnull(agent.campaign, '') AS campaign,
            ifnull(agent.ingroups, '[]') AS ingroups
        FROM user LEFT JOIN agent ON agent.id = user.agent
        UNION ALL
        SELECT '{WITHOUT_USER}' || id, '', full_name, '', active, ifnull(user_group, ''), 'N', 0, id,
            ifnull(phone, ''), ifnull(campaign, ''), ingroups
        FROM agent WHERE id NOT IN (SELECT agent FROM user WHERE agent IS NOT NULL)
    )
    WHERE id > :after AND (:agent = '' OR agent = :agent) AND (:role = '' OR role = :role)
        AND (:user_group = '' OR user_group = :user_group)
        AND (:search = '' OR instr(lower(user || ' ' || full_name || ' ' || agent || ' ' || phone), lower(:search)) > 0)
    ORDER BY id
"""  # noqa: S608 - a constant


class PeopleFilter(NamedTuple):
    """The people who are wanted; an empty text is no condition. `search` is a part of a name or a number."""

    search: str = ""
    role: str = ""
    user_group: str = ""
    agent: str = ""


class StoredPerson(NamedTuple):
    """A person. `user` and `role` are empty for an agent without a user, and those of the agent without an agent.

    `id` is the cursor of the list.
    """

    id: str
    user: str
    full_name: str
    role: str
    active: bool
    user_group: str
    must_change: bool
    has_factor: bool
    agent: str
    phone: str
    campaign: str
    ingroups: tuple[str, ...]


def found(path: str | Path, wanted: PeopleFilter, after: str = "") -> list[StoredPerson]:
    """Return the people after the id `after`, those with a user first, by name. Raises StoreError."""
    with reading(path) as db:
        return [
            StoredPerson(
                **row
                | {
                    "active": row["active"] == "Y",
                    "must_change": row["must_change"] == "Y",
                    "has_factor": bool(row["has_factor"]),
                    "ingroups": tuple(json.loads(row["ingroups"])),
                }
            )
            for row in rows(db, SQL, after=after, **wanted._asdict())
        ]
