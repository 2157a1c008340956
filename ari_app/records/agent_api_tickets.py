"""Tickets of the agent API, whose requests have a user and a password and no session.

The API process shows a password once, and gets a ticket, with which it gives the commands of the next minutes. A check
of a password takes some 25 ms of a processor, and a command must not.
"""

import secrets
import time
from collections.abc import Callable
from hmac import compare_digest
from threading import Lock
from typing import NamedTuple, Protocol

from ari_app.link.requests import Line, request
from ari_app.process.counted_threads import CountedThreads
from ari_app.process.password_threads import AT_ONCE as PASSWORDS_AT_ONCE
from warmline.access.login_delays import OF_SOURCE, WrongPasswords
from warmline.store.configuration import api_users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database import passwords
from warmline.store.database.database import StoreError
from warmline.store.database.login_refusals import LoginRefused, refused
from warmline.store.database.passwords import hashed_token

LASTS = 300.0  # seconds, as long as the API process remembers a password
MOST = 1000  # tickets; the oldest one ends for a new one
WAITING = 64  # checks of passwords that wait for a thread, or are in one


class TicketMaker(Protocol):
    @request(LoginRefused, StoreError)
    async def ticket(self, user: Line, password: Line) -> str:
        """Return a ticket for commands of a user of the agent API, if the password is correct.

        Raises LoginRefused, StoreError.
        """


class _Ticket(NamedTuple):
    user: str
    pass_hash: str
    until: float


class AgentApiTickets:
    """The tickets of the users in the database at `path`. `clock` is in seconds.

    A wrong password slows its user down, as at a login. Only an API process that was taken over sends many.
    """

    def __init__(self, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._clock = path, clock
        self._threads = CountedThreads("tickets", PASSWORDS_AT_ONCE, WAITING, _too_many)
        self._tickets: dict[str, _Ticket] = {}  # by their hash
        self._users: dict[str, ApiUser | None] = {}  # as last read
        self._wrong: dict[str, WrongPasswords] = {}
        self._counting = Lock()
        self._changes = 0

    async def ticket(self, user: str, password: str) -> str:
        """Check a password, and return a ticket. Raises LoginRefused, StoreError."""
        found = await self._threads.run(self._user_with, user, password)
        ticket = secrets.token_urlsafe(32)
        self._tickets[hashed_token(ticket)] = _Ticket(user, found.pass_hash, self._clock() + LASTS)
        while len(self._tickets) > MOST:
            del self._tickets[next(iter(self._tickets))]
        return ticket

    async def holder(self, ticket: str) -> ApiUser | None:
        """Return the user of a ticket with the rights of now, or None. Raises StoreError."""
        hashed = hashed_token(ticket)
        known = self._tickets.get(hashed)
        if known is None:
            return None
        found = await self._current(known.user)
        is_same = found is not None and compare_digest(found.pass_hash.encode(), known.pass_hash.encode())
        if found is None or not is_same or not _admitted(found) or self._clock() > known.until:
            self._tickets.pop(hashed, None)
            return None
        return found

    def clear(self) -> None:
        """Read the users again, because the configuration has changed."""
        self._changes += 1
        self._users.clear()

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()

    async def _current(self, user: str) -> ApiUser | None:
        if user not in self._users:
            changes = self._changes
            found = await self._threads.run(api_users.named, self._path, user)
            if changes != self._changes:  # it may have changed since
                return found
            self._users[user] = found
        return self._users[user]

    def _user_with(self, user: str, password: str) -> ApiUser:
        """Return the user with this password, in a thread. Raises LoginRefused, StoreError."""
        found, now = api_users.named(self._path, user), self._clock()
        wrong = self._wrong.get(user, WrongPasswords())
        if found and not wrong.wait(now, OF_SOURCE):
            if _admitted(found) and passwords.matches(password, found.pass_hash):
                self._wrong.pop(user, None)
                return found
            with self._counting:
                self._wrong[user] = self._wrong.get(user, wrong).another(now, OF_SOURCE)
        raise refused()


def _admitted(user: ApiUser) -> bool:
    return user.active and user.api_access and not user.is_shut_out


def _too_many(count: int) -> StoreError:
    return StoreError("tickets_wait", "{count} tickets of the agent API wait; try again later", count=count)
