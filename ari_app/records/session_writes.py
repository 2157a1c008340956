"""Sessions of users, and the passwords and second factors that users change. The call process makes them.

The API process asks for them. It can therefore make no session, and change no password, without the password, and
without a code of a user who has a second factor. Only the call process has the key of the second factors.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock
from typing import Annotated, Protocol, TypeVar

from msgspec import Meta

from ari_app.link.requests import Line, request
from ari_app.process.counted_threads import CountedThreads
from ari_app.process.password_threads import AT_ONCE as PASSWORDS_AT_ONCE
from warmline.access.login_delays import OF_SOURCE, WrongPasswords
from warmline.options.password_rules import PasswordRefused
from warmline.store.configuration import (
    own_password,
    own_sessions,
    second_factors,
    user_sessions,
    users,
)
from warmline.store.configuration.own_password import PasswordChanged
from warmline.store.configuration.second_factors import FactorEnrolled, FactorRefused, NewFactor
from warmline.store.configuration.user_sessions import LASTS, NewSession, SentCode
from warmline.store.configuration.wallboards import WallboardRefused
from warmline.store.database.database import StoreError
from warmline.store.database.login_refusals import CodeNeeded, CodeWrong, LoginDelayed, LoginRefused, refused

LOGINS_WAITING = 64  # logins and logouts: a shift that logs in at once
MOST_SEEN = 500  # sessions in one request

log = logging.getLogger("warmline.link")

Microseconds = Annotated[int, Meta(gt=0, le=LASTS)]  # of a session
Moment = Annotated[int, Meta(ge=0, le=2**62)]  # microseconds UTC
Seen = Annotated[dict[Line, Moment], Meta(max_length=MOST_SEEN)]
R = TypeVar("R")


class SessionMaker(Protocol):
    @request(LoginDelayed, CodeNeeded, CodeWrong, LoginRefused, WallboardRefused, StoreError)
    async def begin(
        self,
        user: Line,
        password: Line,
        program: Line,
        lasts: Microseconds = LASTS,
        address: Line = "",
        code: Line = "",
    ) -> NewSession:
        """Begin a session of `lasts` microseconds if the password is correct, and the code of a second factor.

        Raises LoginRefused, StoreError.
        """

    @request(StoreError)
    async def end(self, token: Line) -> bool:
        """End the session of a token; return whether there was one. Raises StoreError."""

    @request(LoginDelayed, LoginRefused, PasswordRefused, StoreError)
    async def change_password(self, token: Line, former: Line, new: Line) -> PasswordChanged:
        """Change the password of the user with this token, and end the user's other sessions.

        Raises LoginRefused, PasswordRefused, StoreError.
        """

    @request(LoginDelayed, LoginRefused, FactorRefused, StoreError)
    async def begin_factor(self, token: Line, password: Line) -> NewFactor:
        """Begin to enrol a second factor for the user with this token.

        Raises LoginRefused, FactorRefused, StoreError.
        """

    @request(CodeWrong, LoginRefused, FactorRefused, StoreError)
    async def confirm_factor(self, token: Line, code: Line) -> FactorEnrolled:
        """Enrol the second factor of the user with this token, by its first code, and end the other sessions.

        Raises LoginRefused, FactorRefused, StoreError.
        """

    @request(LoginDelayed, CodeNeeded, CodeWrong, LoginRefused, FactorRefused, StoreError)
    async def remove_factor(self, token: Line, password: Line, code: Line) -> None:
        """Remove the second factor of the user with this token. Raises LoginRefused, FactorRefused, StoreError."""

    @request(StoreError)
    async def note_seen(self, seen: Seen) -> None:
        """Store the times of the last requests, by the hashes of tokens. Raises StoreError."""


class SessionThreads:
    """Sessions in the database at `path`. `changed` is called after each change of them. `key` is second_factor_key.

    `clock` is in seconds, and `time_of_day` in seconds from 1970.

    A thread checks some 40 passwords a second. Wrong ones slow a user down. The API process checks a password before it
    asks for a session, unless it is the first of a known device. So only one that has been taken over sends many.
    """

    def __init__(
        self,
        path: str,
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        key: str = "",
        time_of_day: Callable[[], float] = time.time,
    ) -> None:
        self._path, self._changed, self._clock = path, changed, clock
        self._key, self._time_of_day = key, time_of_day
        self._threads = CountedThreads("sessions", PASSWORDS_AT_ONCE, LOGINS_WAITING, _too_many_logins)
        self._wrong: dict[str, tuple[str, WrongPasswords]] = {}  # by user, with the hash of the password
        self._counting = Lock()

    async def begin(
        self, user: str, password: str, program: str, lasts: int = LASTS, address: str = "", code: str = ""
    ) -> NewSession:
        """Begin a session. Raises StoreError also if too many logins wait."""
        sent = SentCode(code, self._key, self._time_of_day())
        begin = partial(user_sessions.begin, self._path, user, password, program, lasts, address, sent)
        made = await self._threads.run(self._delayed, user, begin)
        self._changed()
        return made

    async def change_password(self, token: str, former: str, new: str) -> PasswordChanged:
        """Change a password. Raises StoreError also if too many logins wait."""
        changed = await self._threads.run(self._change_password, token, former, new)
        self._changed()
        return changed

    def _change_password(self, token: str, former: str, new: str) -> PasswordChanged:
        return self._of_token(token, partial(own_password.change, self._path, token, former, new))

    async def begin_factor(self, token: str, password: str) -> NewFactor:
        """Begin to enrol a second factor. Raises StoreError also if too many logins wait."""
        begin = partial(second_factors.begin, self._path, self._key, token, password)
        return await self._threads.run(self._of_token, token, begin)

    async def confirm_factor(self, token: str, code: str) -> FactorEnrolled:
        """Enrol a second factor. Its user knows the secret, so a wrong code slows nothing down.

        Raises StoreError also if too many logins wait.
        """
        now = self._time_of_day()
        made = await self._threads.run(second_factors.confirm, self._path, self._key, token, code, now)
        self._changed()
        return made

    async def remove_factor(self, token: str, password: str, code: str) -> None:
        """Remove a second factor. Raises StoreError also if too many logins wait."""
        now = self._time_of_day()
        remove = partial(second_factors.remove, self._path, self._key, token, password, code, now)
        await self._threads.run(self._of_token, token, remove)
        self._changed()

    def _of_token(self, token: str, attempt: Callable[[], R]) -> R:
        """Attempt something with a password of the user with this token, in the thread. Raises LoginRefused."""
        user = users.of_token(self._path, token)
        if user is None:
            raise refused()
        return self._delayed(user.name, attempt)

    def _delayed(self, user: str, attempt: Callable[[], R]) -> R:
        """Attempt something with a password of a user, in the thread. A new password ends a delay.

        A wrong code counts as a wrong password. A missing one counts as neither, so that it ends no delay.

        Raises LoginRefused, StoreError and what the attempt raises.
        """
        found, now = users.find(self._path, user), self._clock()
        stored = found.pass_hash if found else ""
        if wait := self._wrong_of(user, stored).wait(now, OF_SOURCE):
            raise LoginDelayed(
                "session_delayed",
                "wrong passwords were sent for user {user}; the next one is checked in {seconds} seconds",
                user=user,
                seconds=math.ceil(wait),
            )
        try:
            made = attempt()
        except CodeNeeded:
            raise
        except LoginRefused:
            if found:  # a user that does not exist cannot be slowed down
                with self._counting:
                    wrong = self._wrong_of(user, stored).another(now, OF_SOURCE)
                    self._wrong[user] = stored, wrong
                if wait := wrong.wait(now, OF_SOURCE):
                    log.warning(
                        "the API process sent wrong passwords or codes for user %s; the next waits %d s", user, wait
                    )
            raise
        self._wrong.pop(user, None)
        return made

    def _wrong_of(self, user: str, stored: str) -> WrongPasswords:
        before, wrong = self._wrong.get(user, (stored, WrongPasswords()))
        return wrong if before == stored else WrongPasswords()

    async def end(self, token: str) -> bool:
        """End a session. Raises StoreError also if too many logins wait."""
        ended = await self._threads.run(user_sessions.end, self._path, token)
        self._changed()
        return ended

    async def note_seen(self, seen: Mapping[str, int]) -> None:
        """Store when sessions were used last. Raises StoreError also if too many logins wait."""
        await self._threads.run(own_sessions.note_seen, self._path, seen)

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()


def _too_many_logins(count: int) -> StoreError:
    return StoreError("logins_wait", "{count} logins wait; try again later", count=count)
