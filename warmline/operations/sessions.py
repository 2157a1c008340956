"""Sessions of users, such as a browser's or a wallboard's: the own ones, those of all, and what a login asks for."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Struct

from warmline.access.rights import scope_to_change
from warmline.operations.operation import Caller, Field, operation
from warmline.operations.times import Time, iso
from warmline.store.configuration import all_sessions, own_sessions
from warmline.store.configuration.own_sessions import OwnSession
from warmline.store.database.errors import NotFound

if TYPE_CHECKING:
    from warmline.store.configuration.users import User

OF_ALL: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "NO_CAMPAIGN"}
OWN: dict[str, Any] = {"agents": "OWN_SESSION", "campaigns": "NO_CAMPAIGN"}
USERS = scope_to_change("user")

SessionId = Annotated[str, Field("The session, as `list` shows it.", "ID")]


class UserSession(Struct, frozen=True):
    """A session of the user. `current` is the one that asks; `seen` is the time of the last request."""

    id: str
    program: str
    address: str
    begun: Time
    seen: Time
    ends: Time
    current: bool


class SessionOfAnyUser(UserSession, frozen=True):
    """A session of a user. `program` is `wallboard` for a screen on the wall."""

    user: str


class SessionsResult(Struct, frozen=True):
    """The number of sessions that have ended."""

    ended: int


class SecondFactor(Struct, frozen=True):
    """The second factor of the user, and the number of recovery codes that are left.

    `enrolled` is null without one. With `required` the site requires one of this user.
    """

    enrolled: Time | None
    recovery_codes: int
    required: bool


@operation("GET /me/second-factor", "getSecondFactor", "", **OWN, before_enrolment=True)
def get_second_factor(caller: Caller) -> SecondFactor:
    """Show whether the user has enrolled a second factor."""
    from warmline.store.configuration import second_factors

    user = _user(caller)
    factor = second_factors.of_user(caller.db, user.name)
    enrolled = iso(factor.enrolled) if factor.enrolled else None
    return SecondFactor(enrolled, factor.recovery_codes, second_factors.is_required(caller.db, user.role))


@operation("GET /me/sessions", "listSessions", "", **OWN)
def list_sessions(caller: Caller) -> list[UserSession]:
    """List the user's own sessions, the newest first."""
    sessions = own_sessions.of_user(caller.db, _user(caller).name)
    return [UserSession(**_fields(caller, session)) for session in sessions]


@operation("DELETE /me/sessions", "endOtherSessions", "", **OWN, ends_sessions=True)
def end_other_sessions(caller: Caller) -> SessionsResult:
    """End the user's other sessions."""
    user = _user(caller)
    return SessionsResult(own_sessions.end_others(caller.db, user.name, user.session))


@operation("DELETE /me/sessions/{id}", "endSession", "", **OWN, ends_sessions=True)
def end_session(caller: Caller, id: SessionId) -> SessionsResult:
    """End one of the user's own sessions."""
    user = _user(caller).name
    if not own_sessions.end_one(caller.db, user, id):
        words = "user {user} has no session {session}; it may have ended"
        raise NotFound("own_session_unknown", words, user=user, session=id)
    return SessionsResult(1)


@operation("GET /sessions", "listAllSessions", USERS, **OF_ALL)
def list_all_sessions(caller: Caller) -> list[SessionOfAnyUser]:
    """List the sessions of all users, the newest first."""
    sessions = all_sessions.sessions(caller.db)
    return [SessionOfAnyUser(**_fields(caller, session), user=session.user) for session in sessions]


@operation("DELETE /sessions/{id}", "endSessionOfUser", USERS, **OF_ALL, ends_sessions=True)
def end_session_of_user(caller: Caller, id: SessionId) -> SessionsResult:
    """End one session of any user."""
    if not all_sessions.end(caller.db, id, who=caller.name):
        raise NotFound("session_over", "session {id} does not exist; it may have ended", id=id)
    return SessionsResult(1)


def _user(caller: Caller) -> "User":
    assert caller.user, "an operation without a scope"
    return caller.user


def _fields(caller: Caller, session: OwnSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "program": session.program,
        "address": session.address,
        "begun": iso(session.created),
        "seen": iso(caller.api.last_seen(session.token, session.seen) if caller.api else session.seen),
        "ends": iso(session.ends),
        "current": caller.user is not None and caller.user.session == session.id,
    }
