"""The users, and the agents that each of them may see."""

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from warmline.access import rights, visible_campaigns
from warmline.access.rights import Reach, UserRole
from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.user_options import MUST_CHANGE
from warmline.store.configuration import wallboards
from warmline.store.database.passwords import hashed_token
from warmline.store.database.reading import Row, reading, rows

REQUIRED_OF = ", ".join(f"'{role}'" for role in rights.REQUIRED_OF)
MUST_ENROL = f"""
    role IN ({REQUIRED_OF}) AND EXISTS (SELECT 1 FROM setting WHERE second_factor_required = 'Y')
    AND user.id NOT IN (SELECT user FROM second_factor WHERE enrolled > 0)
"""  # noqa: S608 - a constant
# The group that bounds campaigns: an agent who is in none as a user is in that of the agent.
OF_AGENT = f"SELECT own.user_group FROM agent AS own WHERE own.id = user.agent AND role = '{UserRole.AGENT}'"  # noqa: S608 - a constant
HAS_FACTOR = "user.id IN (SELECT user FROM second_factor WHERE enrolled > 0)"
BESIDE_PASSWORD = f"{MUST_CHANGE} = 'Y' AS must_change, {MUST_ENROL} AS must_enrol, {HAS_FACTOR} AS has_factor"
COLUMNS = f"""
    user.id, pass, role, ifnull(agent, '') AS agent, full_name, ifnull(user_group, '') AS user_group, active,
    coalesce(user_group, ({OF_AGENT}), '') AS campaign_group,
    {BESIDE_PASSWORD}
"""
ONE = f"SELECT {COLUMNS}, '' AS program, 0 AS ends, '' AS session FROM user WHERE id = :name"  # noqa: S608 - only constants
IN_SESSION = f"""
    SELECT {COLUMNS}, token, program, ends, user_session.id AS session
    FROM user_session JOIN user ON user.id = user_session.user
    WHERE active = 'Y' AND ends > :now
"""  # noqa: S608 - only constants of the code
OF_TOKEN = IN_SESSION + " AND token = :token"
IN_GROUPS = "SELECT id FROM agent WHERE user_group IN (SELECT value FROM json_each(:groups))"
OTHER_GROUPS = "SELECT agent_status_viewable_groups AS groups FROM user_group WHERE id = :group"

ALLOWED = "SELECT allowed_campaigns AS campaigns FROM user_group WHERE id = :group"

AgentsOf = Callable[[str], frozenset[str]]
"""Returns the agents whom a user of this group may see."""

CampaignsOf = Callable[[str], tuple[str, ...]]
"""Returns the `allowed_campaigns` of a group; empty for all."""


@dataclass(frozen=True, slots=True)
class User:
    """A user who has shown the password. `agent` is the user's own agent, or empty.

    `visible` are the agents that a right with the reach OWN or GROUP is about; None for all agents. `campaigns`
    are the campaigns whose lists and leads the user may see; None for all. `program` and
    `ends` (microseconds UTC) are those of the session, and `session` is its id; empty and 0 without one. With
    `must_change` the user has no right in a session before choosing a password, and with `must_enrol` none before
    enrolling a second factor. With `has_factor` they have enrolled one.
    """

    name: str
    role: UserRole
    agent: str = ""
    full_name: str = ""
    user_group: str = ""
    visible: VisibleAgents | None = None
    campaigns: VisibleCampaigns | None = None
    program: str = ""
    ends: int = 0
    session: str = ""
    must_change: bool = False
    must_enrol: bool = False
    has_factor: bool = False

    @property
    def is_gated(self) -> bool:
        """Return whether the user must first change the password, or enrol. This is for sessions only."""
        return (self.must_change or self.must_enrol) and self.ends > 0

    @property
    def needs_session(self) -> bool:
        """Return whether a login asks the user for more than the password: a code, an enrolment, a new password."""
        return self.must_change or self.must_enrol or self.has_factor

    @property
    def has_account(self) -> bool:
        """Return whether this is a session in which the user changes the own account; a wallboard only reads."""
        return bool(self.session) and (self.program != wallboards.WALLBOARD or self.is_gated)

    @property
    def client(self) -> str:
        """Return the name of the user in receipts, logs and limits."""
        return f"user:{self.name}"

    def reach(self, scope: str) -> Reach:
        """Return how far the user's right of a scope reaches in this session."""
        is_shut = self.is_gated or (self.program == wallboards.WALLBOARD and scope != wallboards.SCOPE)
        return Reach.NONE if is_shut else rights.reach(self.role, scope)

    def may(self, scope: str) -> bool:
        """Return whether the user has some right of a scope."""
        return self.reach(scope) is not Reach.NONE

    def bound(self, scope: str) -> VisibleAgents | None:
        """Return the agents that the user's right of a scope is about; None for all."""
        if self.visible and self.visible.every:
            return self.visible if rights.reach(UserRole.SUPERVISOR, scope) is Reach.GROUP else None
        return None if self.reach(scope) is Reach.ALL else self.visible


@dataclass(frozen=True, slots=True)
class StoredUser:
    """A user as stored. `pass_hash` is for warmline.store.database.passwords.matches."""

    user: User
    pass_hash: str
    active: bool


def find(path: str | Path, name: str) -> StoredUser | None:
    """Return the user of that name, or None. Raises StoreError."""
    with reading(path) as db:
        for row in rows(db, ONE, name=name):
            found = _user(row, partial(_agents_of, db), partial(_campaigns_of, db))
            return StoredUser(found, row["pass"], row["active"] == "Y")
    return None


def in_session(path: str | Path) -> dict[str, User]:
    """Return the user of each session, by the hash of its token. Raises StoreError."""
    with reading(path) as db:
        agents_of, campaigns_of = cache(partial(_agents_of, db)), cache(partial(_campaigns_of, db))
        return {row["token"]: _user(row, agents_of, campaigns_of) for row in rows(db, IN_SESSION, now=_now())}


def of_token(path: str | Path, token: str) -> User | None:
    """Return the user whose session has this token, or None. Raises StoreError."""
    with reading(path) as db:
        for row in rows(db, OF_TOKEN, now=_now(), token=hashed_token(token)):
            return _user(row, partial(_agents_of, db), partial(_campaigns_of, db))
    return None


def allowed_campaigns(db: sqlite3.Connection, group: str) -> VisibleCampaigns | None:
    """Return the campaigns of a program in a group that may not exist; None for all."""
    return visible_campaigns.of_group(UserRole.MANAGER, _campaigns_of(db, group))


def _user(row: Row, agents_of: AgentsOf, campaigns_of: CampaignsOf) -> User:
    campaigns = visible_campaigns.of_group(UserRole(row["role"]), campaigns_of(row["campaign_group"]))
    return User(
        name=row["id"],
        role=UserRole(row["role"]),
        agent=row["agent"],
        full_name=row["full_name"],
        user_group=row["user_group"],
        visible=_visible(row, agents_of, campaigns),
        campaigns=campaigns,
        program=row["program"],
        ends=row["ends"],
        session=row["session"],
        must_change=bool(row["must_change"]),
        must_enrol=bool(row["must_enrol"]),
        has_factor=bool(row["has_factor"]),
    )


def _visible(row: Row, agents_of: AgentsOf, campaigns: VisibleCampaigns | None) -> VisibleAgents | None:
    own = frozenset(filter(None, [row["agent"]]))
    match UserRole(row["role"]), row["user_group"]:
        case UserRole.AGENT, _:
            return VisibleAgents(own, False, campaigns)
        case UserRole.SUPERVISOR, str(group) if group:
            return VisibleAgents(own | agents_of(group), True, campaigns)
    return VisibleAgents(own, True, campaigns, every=True) if campaigns else None


def viewable_groups(db: sqlite3.Connection, group: str) -> list[str]:
    """Return the other groups whose agents the supervisors of a group see. Raises StoreError."""
    return [name for row in rows(db, OTHER_GROUPS, group=group) for name in json.loads(row["groups"])]


def _agents_of(db: sqlite3.Connection, group: str) -> frozenset[str]:
    groups = json.dumps([group, *viewable_groups(db, group)])
    return frozenset(row["id"] for row in rows(db, IN_GROUPS, groups=groups))


def _campaigns_of(db: sqlite3.Connection, group: str) -> tuple[str, ...]:
    return tuple(name for row in rows(db, ALLOWED, group=group) for name in json.loads(row["campaigns"]))


def _now() -> int:
    return time.time_ns() // 1000
