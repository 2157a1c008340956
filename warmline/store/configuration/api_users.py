"""The users of the agent API."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.api_access_options import NO_SCOPE
from warmline.store.configuration import users
from warmline.store.configuration.tokens import ALL
from warmline.store.configuration.users import StoredUser, User
from warmline.store.database.reading import reading

SITES = "SELECT password_only_addresses FROM setting"


@dataclass(frozen=True, slots=True)
class ApiUser:
    """A user of the agent API and the non-agent API: an API user, or a user.

    `pass_hash` is for warmline.store.database.passwords.matches. `scopes` are those of an API user in the non-agent
    API; a user has those of the role. `password_only` are the addresses from which programs use the agent API with the
    password alone of a person whose login takes more.
    """

    name: str
    pass_hash: str
    functions: frozenset[str]
    api_access: bool
    user_group: str
    addresses: tuple[str, ...] = ()  # and networks that the user may connect from; empty for any
    active: bool = True
    user: User | None = None  # the person, if it is not a program
    campaigns: VisibleCampaigns | None = None  # those of the group; None for all
    scopes: frozenset[str] = frozenset()
    password_only: tuple[str, ...] = ()

    @property
    def client(self) -> str:
        """Return the name in receipts."""
        return self.user.client if self.user else self.name

    @property
    def needs_session(self) -> bool:
        """Return whether it is a person of whom a login asks for more than the password."""
        return self.user is not None and self.user.needs_session

    @property
    def is_shut_out(self) -> bool:
        """Return whether the password alone is too little for the agent API, wherever it comes from."""
        return self.needs_session and not self.password_only

    def may(self, scope: str) -> bool:
        """Return whether the user has a scope."""
        return self.user.may(scope) if self.user else bool(self.scopes & {ALL, scope})

    def bound(self, scope: str) -> VisibleAgents | None:
        """Return the agents that the user's right of a scope is about; None for all.

        A program in a group with `allowed_campaigns` sees all agents, and of calls without one those of the campaigns.
        """
        if self.user:
            return self.user.bound(scope)
        return VisibleAgents(frozenset(), True, self.campaigns, every=True) if self.campaigns else None


def named(path: str | Path, name: str) -> ApiUser | None:
    """Return the API user of that name, or the person, as the agent API knows its users. Raises StoreError."""
    with reading(path) as db:
        if program := find(db, name):
            return program
        sites = json.loads(db.execute(SITES).fetchone()[0])
    return of_person(users.find(path, name), tuple(sites))


def find(connection: sqlite3.Connection, name: str) -> ApiUser | None:
    """Return the API user of that name, or None."""
    row = connection.execute(
        "SELECT id, pass, functions, api_access = 'Y', user_group, addresses, active = 'Y', scopes FROM api_user"
        " WHERE id = ?",
        (name,),
    ).fetchone()
    if row is None:
        return None
    functions, addresses = frozenset(json.loads(row[2])), tuple(json.loads(row[5]))
    campaigns = users.allowed_campaigns(connection, row[4])
    return ApiUser(
        row[0],
        row[1],
        functions,
        bool(row[3]),
        row[4],
        addresses,
        bool(row[6]),
        campaigns=campaigns,
        scopes=frozenset(json.loads(row[7])) - {NO_SCOPE},
    )


def of_person(found: StoredUser | None, password_only: tuple[str, ...] = ()) -> ApiUser | None:
    """Return a user as the agent API knows its users: with every function, bound to the user's agents."""
    if found is None:
        return None
    functions, user = frozenset({"ALL_FUNCTIONS"}), found.user
    return ApiUser(
        user.name,
        found.pass_hash,
        functions,
        True,
        user.user_group,
        active=found.active,
        user=user,
        campaigns=user.campaigns,
        password_only=password_only,
    )
