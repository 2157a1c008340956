"""The rights of users: for each scope and role, the agents whose records a user sees and commands. One table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class UserRole(StrEnum):
    """The role of a user; each has at least the rights of those before it."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMIN = "admin"


REQUIRED_OF = (UserRole.MANAGER, UserRole.ADMIN)  # the roles of whom a site can require a second factor


class Reach(StrEnum):
    """How far a right reaches: no agent, the user's own, those of the groups that the user may see, or all."""

    NONE = "none"
    OWN = "own"
    GROUP = "group"
    ALL = "all"


def _row(agent: Reach, supervisor: Reach, manager: Reach = Reach.ALL) -> Mapping[UserRole, Reach]:
    return {
        UserRole.AGENT: agent,
        UserRole.SUPERVISOR: supervisor,
        UserRole.MANAGER: manager,
        UserRole.ADMIN: Reach.ALL,
    }


RIGHTS: Mapping[str, Mapping[UserRole, Reach]] = {
    "agents:read": _row(Reach.OWN, Reach.GROUP),
    "agents:supervise": _row(Reach.NONE, Reach.GROUP),
    "agents:write": _row(Reach.OWN, Reach.GROUP),
    "calls:read": _row(Reach.OWN, Reach.GROUP),
    "calls:write": _row(Reach.OWN, Reach.GROUP),
    "config:read": _row(Reach.NONE, Reach.ALL),
    "config:write": _row(Reach.NONE, Reach.NONE),
    "events:read": _row(Reach.OWN, Reach.GROUP),
    "leads:read": _row(Reach.OWN, Reach.ALL),
    "leads:write": _row(Reach.NONE, Reach.NONE),
    "recordings:read": _row(Reach.OWN, Reach.GROUP),  # own ones of today, by `agent_recordings`
    "reports:read": _row(Reach.OWN, Reach.GROUP),
    "users:write": _row(Reach.NONE, Reach.NONE, Reach.NONE),
    "wallboard:read": _row(Reach.NONE, Reach.GROUP),  # the only one of a session of a wallboard
}
SCOPES = tuple(RIGHTS)

# Kinds whose change needs users:write, not config:write.
USER_KINDS = ("api-token", "api-user", "event-hook", "setting", "user")
WIDTH = {reach: width for width, reach in enumerate(Reach)}


def reach(role: UserRole, scope: str) -> Reach:
    """Return how far a role's right of a scope reaches. Raises KeyError for an unknown scope."""
    return RIGHTS[scope][role]


def reach_of_whole(role: UserRole, scope: str) -> Reach:
    """Return how far a right reaches at what belongs to no single agent, such as a list of leads: all of it, or none.

    Raises KeyError for an unknown scope.
    """
    return Reach.NONE if reach(role, scope) in (Reach.NONE, Reach.OWN) else Reach.ALL


def roles_with(scope: str, least: Reach = Reach.OWN) -> tuple[UserRole, ...]:
    """Return the roles whose right of a scope reaches at least so far. Raises KeyError for an unknown scope."""
    return tuple(role for role, given in RIGHTS[scope].items() if WIDTH[given] >= WIDTH[least])


def in_words(roles: Iterable[UserRole]) -> str:
    """Return roles as words, such as `supervisor, manager or admin`."""
    *others, last = roles
    return f"{', '.join(others)} or {last}" if others else str(last)


def scope_to_change(kind: str) -> str:
    """Return the scope that a change of an entity of this kind takes."""
    return "users:write" if kind in USER_KINDS else "config:write"


def scopes_of_kinds(kinds: Iterable[str]) -> set[str]:
    """Return the scopes that changes of entities of these kinds take."""
    return {scope_to_change(kind) for kind in kinds} or {"config:write"}


def scopes_for_person(role: UserRole) -> set[str]:
    """Return the scopes to make a person of a role, or to give one a password.

    A person who commands every agent and changes their options may also let one log in.
    """
    return {scope_to_change("agent")} if role is UserRole.AGENT else scopes_of_kinds(("agent", "user"))
