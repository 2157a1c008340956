"""Writes of records that belong to no call: leads, and sessions of users. One process writes; the others ask it.

The call process begins the sessions, so that the API process cannot make one without a password.
"""

import logging
import math
import time
from collections.abc import Callable
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from ari_app.link.requests import Line, request
from ari_app.process.counted_threads import CountedThreads
from warmline.access.login_delays import OF_SOURCE, WrongPasswords
from warmline.options.values.entity import OptionError
from warmline.store.configuration import user_sessions, users
from warmline.store.configuration.user_sessions import LASTS, LoginDelayed, LoginRefused, NewSession
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.leads import leads

AT_ONCE = 2  # threads; each may wait 5 s while another program locks the database
WAITING = 100  # writes that wait for a thread, or are in one
LOGINS_WAITING = 64  # logins and logouts: a shift that logs in at once

log = logging.getLogger("warmline.link")

Microseconds = Annotated[int, Meta(gt=0, le=LASTS)]  # of a session
LeadId = Annotated[int, Meta(le=2**63 - 1)]  # the largest number of the database


class UpdateLead(Struct, frozen=True, tag=True):
    """Change fields of a lead, all or none; the result is the number of fields whose value changed."""

    lead: LeadId
    fields: dict[str, str]


class CreateLead(Struct, frozen=True, tag=True):
    """Create a lead in a list for the API user `by`; the result is its id.

    With a `key`, a repeated request creates nothing, and has the same result. `request` is its fingerprint.
    """

    list_id: Line
    fields: dict[str, str]
    by: Line
    key: Line = ""
    request: Line = ""


RecordWrite = UpdateLead | CreateLead


class RecordWriter(Protocol):
    @request(OptionError, NotFound, Conflict, StoreError)
    async def write(self, wanted: RecordWrite) -> int:
        """Make the change, or nothing of it, and return its result.

        Raises OptionError, NotFound, Conflict, StoreError.
        """


class RecordThreads:
    """Writes to the database at `path` in threads of its own, so that neither calls nor look-ups wait."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._threads = CountedThreads("records", AT_ONCE, WAITING, _too_many)

    async def write(self, wanted: RecordWrite) -> int:
        """Make the change. Raises StoreError also if too many changes wait."""
        return await self._threads.run(_written, self._path, wanted)

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()


def _too_many(count: int) -> StoreError:
    return StoreError("writes_wait", "{count} changes of records wait; try again later", count=count)


def _written(path: str, wanted: RecordWrite) -> int:
    if isinstance(wanted, UpdateLead):
        return len(leads.update(path, wanted.lead, wanted.fields))
    request = leads.LeadRequest(wanted.by, wanted.key, wanted.request) if wanted.key else None
    if request and (known := leads.made_by(path, request)):
        return known
    return leads.create(path, wanted.list_id, wanted.fields, who=wanted.by, request=request)


class SessionMaker(Protocol):
    @request(LoginDelayed, LoginRefused, StoreError)
    async def begin(self, user: Line, password: Line, program: Line, lasts: Microseconds = LASTS) -> NewSession:
        """Begin a session of `lasts` microseconds if the password is correct. Raises LoginRefused, StoreError."""

    @request(StoreError)
    async def end(self, token: Line) -> bool:
        """End the session of a token; return whether there was one. Raises StoreError."""


class SessionThreads:
    """Sessions in the database at `path`. `changed` is called after each change of them. `clock` is in seconds.

    One thread checks some 40 passwords a second, and keeps 16 MB. Wrong ones slow a user down. The API process checks a
    password before it asks for a session, so only one that has been taken over sends many.
    """

    def __init__(
        self, path: str, changed: Callable[[], None] = lambda: None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._path, self._changed, self._clock = path, changed, clock
        self._threads = CountedThreads("sessions", 1, LOGINS_WAITING, _too_many_logins)
        self._wrong: dict[str, tuple[str, WrongPasswords]] = {}  # by user, with the hash of the password

    async def begin(self, user: str, password: str, program: str, lasts: int = LASTS) -> NewSession:
        """Begin a session. Raises StoreError also if too many logins wait."""
        made = await self._threads.run(self._begin, user, password, program, lasts)
        self._changed()
        return made

    def _begin(self, user: str, password: str, program: str, lasts: int) -> NewSession:
        """Begin a session, in the thread. A new password ends a delay. Raises LoginRefused, StoreError."""
        found, now = users.find(self._path, user), self._clock()
        stored = found.pass_hash if found else ""
        before, wrong = self._wrong.get(user, (stored, WrongPasswords()))
        wrong = wrong if before == stored else WrongPasswords()
        if wait := wrong.wait(now, OF_SOURCE):
            raise LoginDelayed(
                "session_delayed",
                "wrong passwords were sent for user {user}; the next one is checked in {seconds} seconds",
                user=user,
                seconds=math.ceil(wait),
            )
        try:
            made = user_sessions.begin(self._path, user, password, program, lasts)
        except LoginRefused:
            if found:  # a user that does not exist cannot be slowed down
                self._wrong[user] = stored, (wrong := wrong.another(now, OF_SOURCE))
                if wait := wrong.wait(now, OF_SOURCE):
                    log.warning("the API process sent wrong passwords for user %s; the next waits %d s", user, wait)
            raise
        self._wrong.pop(user, None)
        return made

    async def end(self, token: str) -> bool:
        """End a session. Raises StoreError also if too many logins wait."""
        ended = await self._threads.run(user_sessions.end, self._path, token)
        self._changed()
        return ended

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()


def _too_many_logins(count: int) -> StoreError:
    return StoreError("logins_wait", "{count} logins wait; try again later", count=count)
