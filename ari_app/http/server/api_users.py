"""Checks names and passwords of API users and of users, remembers results, and locks after failures."""

import asyncio
import hmac
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from ari_app.http.server.limits.addresses import of_host
from ari_app.http.server.limits.waiting_line import WaitingLine
from warmline.access.login_lock import FAILURES, LOCKED, WrongPasswords
from warmline.store.configuration import api_users, users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.users import StoredUser
from warmline.store.database import passwords
from warmline.store.database.reading import reading

REMEMBERED = 300.0  # seconds that a checked password is valid without the database
log = logging.getLogger("warmline.api")

ENTRIES = 10_000  # pairs of user and address whose failures are kept


@dataclass(frozen=True, slots=True)
class LoginCheck:
    """The result of a check: GOOD, BAD, LOCK or IPBLOCK; `user` is the user of that name, or None."""

    message: str
    user: ApiUser | None

    @property
    def good(self) -> bool:
        return self.message == "GOOD"

    @property
    def api_access(self) -> bool:
        return self.user is not None and self.user.api_access


class UserLock(NamedTuple):
    """A user who is locked from an address for another `seconds`."""

    user: str
    address: str
    seconds: float


@dataclass(frozen=True, slots=True)
class _Failures:
    login: LoginCheck
    wrong: WrongPasswords
    configuration: int


class ApiUsers:
    """The API users.

    `verify(user, password)` reads the database, and returns the user of that name and whether the password is correct.
    It may block, and its exceptions pass through. It runs in one thread, so that a flood of wrong passwords costs one
    processor core at most, until the lock refuses it.

    `find` reads a user without checking a password. `clock` is in seconds.
    """

    def __init__(
        self,
        verify: Callable[[str, str], tuple[ApiUser | None, bool]],
        clock: Callable[[], float] = time.monotonic,
        find: Callable[[str], ApiUser | None] = lambda user: None,
    ) -> None:
        self._verify = verify
        self._clock = clock
        self._find = find
        self._seen: dict[str, ApiUser] = {}  # users by name, as last read
        self._key = secrets.token_bytes(32)
        self._good: dict[bytes, tuple[LoginCheck, float]] = {}
        self._once_good: dict[bytes, None] = {}
        self._failures: dict[tuple[str, str], _Failures] = {}
        self._failed: dict[str, float] = {}  # hosts, and the time of their last wrong password
        self._line = WaitingLine()
        self._thread = ThreadPoolExecutor(1, "passwords")  # each thread that checks passwords keeps 16 MB
        self._configuration = 0

    async def check(self, user: str, password: str, address: str) -> LoginCheck:
        """Check a password that came from this address. Ten failures lock user and address for 900 seconds.

        The address is checked before the password, so that a client at a forbidden address cannot test
        passwords. Checks take turns by address; those of passwords that were correct before go first, those of
        addresses without a recent failure next. Raises LineFull if too many checks are pending.
        """
        return self.remembered(user, password, address) or await self._look_up(user, password, address)

    def remembered(self, user: str, password: str, address: str) -> LoginCheck | None:
        """Return the result of a check without the database, or None if the database is needed."""
        if (seen := self._seen.get(user)) and not may_come_from(address, seen.addresses):
            return LoginCheck("IPBLOCK", seen)
        return self._remembered(user, password, address)

    def locks(self) -> list[UserLock]:
        """Return every current lock with its remaining seconds."""
        now = self._clock()
        return [
            UserLock(user, address, LOCKED - (now - one.wrong.last))
            for (user, address), one in self._failures.items()
            if one.wrong.locks(now)
        ]

    def unlock(self, user: str) -> int:
        """End all locks of a user and forget the failures; return the number of locks."""
        locked = sum(one.user == user for one in self.locks())
        self._failures = {name: one for name, one in self._failures.items() if name[0] != user}
        return locked

    def was_good(self, user: str, password: str) -> bool:
        """Return whether the password was correct before. It may have changed, so this admits no client."""
        return self._fingerprint(user, password) in self._once_good

    def clear(self) -> None:
        """Forget every checked password after a change of the configuration. Only a new password ends a lock."""
        self._configuration += 1
        self._good.clear()
        self._seen.clear()

    async def _look_up(self, user: str, password: str, address: str) -> LoginCheck:
        async with self._line.place(self._rank(user, password, address), of_host(address)):
            if login := self.remembered(user, password, address):
                return login
            configuration, loop = self._configuration, asyncio.get_running_loop()
            known = await loop.run_in_executor(self._thread, self._find, user)
            if known and configuration == self._configuration:
                self._keep_user(known)
            if known and not may_come_from(address, known.addresses):
                return LoginCheck("IPBLOCK", known)
            if known and (login := self._still_locked(known, address)):
                return login
            found, good = await loop.run_in_executor(self._thread, self._verify, user, password)
            login = LoginCheck("GOOD" if good else "BAD", found)
            if found and not may_come_from(address, found.addresses):
                return LoginCheck("IPBLOCK", found)
            if not good:
                self._note_failed(of_host(address))
                self._count_failure(login, user, address)
                return login
            self._failures.pop((user, of_host(address)), None)
            seen = self._fingerprint(user, password)
            if configuration == self._configuration:
                self._good[seen] = (login, self._clock() + REMEMBERED)
            self._once_good[seen] = None
            while len(self._once_good) > ENTRIES:
                del self._once_good[next(iter(self._once_good))]
            return login

    def _rank(self, user: str, password: str, address: str) -> int:
        """Return the rank in the line of checks: 0 for a password that was correct before."""
        if self.was_good(user, password):
            return 0
        host = of_host(address)
        has_failed = self._clock() - self._failed.get(host, float("-inf")) < LOCKED
        return 1 + has_failed + ((user, host) in self._failures)

    def _note_failed(self, host: str) -> None:
        self._failed.pop(host, None)
        self._failed[host] = self._clock()  # at the end: the oldest come first
        while len(self._failed) > ENTRIES:
            del self._failed[next(iter(self._failed))]

    def _keep_user(self, user: ApiUser) -> None:
        self._seen[user.name] = user
        while len(self._seen) > ENTRIES:
            del self._seen[next(iter(self._seen))]

    def _remembered(self, user: str, password: str, address: str) -> LoginCheck | None:
        login, until = self._good.get(self._fingerprint(user, password), (None, 0.0))
        if login and self._clock() < until:  # wrong passwords of other clients do not lock it
            self._failures.pop((user, of_host(address)), None)
            return login
        failures = self._lock(user, address)
        if failures and failures.configuration == self._configuration:
            return LoginCheck("LOCK", failures.login.user)
        return None

    def _lock(self, user: str, address: str) -> _Failures | None:
        failures = self._failures.get((user, of_host(address)))
        return failures if failures and failures.wrong.locks(self._clock()) else None

    def _still_locked(self, user: ApiUser, address: str) -> LoginCheck | None:
        """Return a lock from before a change of the configuration; a new password ends it."""
        failures = self._lock(user.name, address)
        if failures is None:
            return None
        before = failures.login.user
        if before and not hmac.compare_digest(before.pass_hash.encode(), user.pass_hash.encode()):
            del self._failures[user.name, of_host(address)]
            return None
        self._failures[user.name, of_host(address)] = replace(failures, configuration=self._configuration)
        return LoginCheck("LOCK", user)

    def _count_failure(self, login: LoginCheck, user: str, address: str) -> None:
        if login.user is None:  # a user that does not exist cannot be locked
            return
        now, host = self._clock(), of_host(address)
        before = self._failures.pop((user, host), None)
        wrong = (before.wrong if before else WrongPasswords()).another(now)
        self._failures[user, host] = _Failures(login, wrong, self._configuration)  # the oldest come first
        if wrong.number == FAILURES:
            log.warning("user %s is locked from %s for %d s: %d wrong passwords", user, host, LOCKED, wrong.number)
        while len(self._failures) > ENTRIES:
            del self._failures[next(iter(self._failures))]

    def _fingerprint(self, user: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{user}\0{password}".encode(), "sha256")


def may_come_from(address: str, allowed: Sequence[str]) -> bool:
    """Return whether an address is one of these or in one of these networks; an empty list allows all."""
    if not allowed:
        return True
    try:
        here = ip_address(address)
    except ValueError:
        return False
    here = getattr(here, "ipv4_mapped", None) or here
    return any(here in ip_network(network, strict=False) for network in allowed)


def from_store(path: str) -> ApiUsers:
    """Return the API users and the users of the database at `path`.

    Each check opens the database, and raises StoreError.
    """

    def verify(user: str, password: str) -> tuple[ApiUser | None, bool]:
        found = find(user)
        return found, found is not None and found.active and passwords.matches(password, found.pass_hash)

    def find(user: str) -> ApiUser | None:
        with reading(path) as connection:
            found = api_users.find(connection, user)
        return found or _of_user(users.find(path, user))

    return ApiUsers(verify, find=find)


def _of_user(found: StoredUser | None) -> ApiUser | None:
    """Return a user as the agent API knows its users: with every function, bound to the user's agents."""
    if found is None:
        return None
    functions, user = frozenset({"ALL_FUNCTIONS"}), found.user
    return ApiUser(user.name, found.pass_hash, functions, True, user.user_group, active=found.active, user=user)
