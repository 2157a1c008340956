"""The sessions of all users, for an administrator: `warmline session list --all`, `end ID --any-user` and `--user`."""

from typing import Any
from urllib.parse import quote

from cli.output.time_format import iso
from warmline.centre import app_client
from warmline.centre.login_file import LoginError
from warmline.centre.place import choose
from warmline.store.configuration import all_sessions
from warmline.system.current_user import login_name
from warmline.system.settings import Settings


def listed() -> list[dict[str, Any]]:
    """Return the sessions of all users, the newest first. Raises StoreError, AppAway, AppRefused."""
    return choose(app_client.records(), _here, lambda login: app_client.get(login, "sessions"))


def of_user(user: str) -> list[dict[str, Any]]:
    """Return the sessions of one user. Raises NotFound, StoreError, AppAway, AppRefused."""
    from cli.client import config_records

    config_records.show(app_client.records(), "user", user)  # raises NotFound
    return [one for one in listed() if one["user"] == user]


def end(session: str) -> None:
    """End the session of any user. Raises LoginError, StoreError, AppAway, AppRefused."""
    choose(
        app_client.records(),
        lambda settings: _end_here(settings, session),
        lambda login: app_client.send(login, "DELETE", f"sessions/{quote(session, safe='')}"),
    )


def _here(settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "program": one.program,
            "address": one.address,
            "begun": iso(one.created),
            "seen": iso(one.seen),
            "ends": iso(one.ends),
            "current": False,
            "user": one.user,
        }
        for one in all_sessions.sessions(settings.db)
    ]


def _end_here(settings: Settings, session: str) -> None:
    if not all_sessions.end(settings.db, session, who=login_name()):
        raise LoginError(
            "no_such_session",
            "session {session} does not exist; it may have ended; to list them: warmline session list --all",
            session=session,
        )
