"""Who may use the API: user and password against the store, remembered for a while, locked after failures."""

import asyncio
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from warmline.store import api_users, database, passwords
from warmline.store.api_users import ApiUser

REMEMBERED = 300.0  # seconds a checked password is good without the store
LOCKED = 900.0  # seconds from the last failure
FAILURES = 10
ENTRIES = 10_000  # pairs of user and address whose failures are kept


@dataclass(frozen=True, slots=True)
class Login:
    """What a check came to: GOOD, BAD, LOCK or IPBLOCK; `user` is the one of that name, if there is one."""

    message: str
    user: ApiUser | None

    @property
    def good(self) -> bool:
        return self.message == "GOOD"

    @property
    def api_access(self) -> bool:
        return self.user is not None and self.user.api_access


@dataclass(frozen=True, slots=True)
class _Failures:
    login: Login
    count: int
    last: float


class ApiUsers:
    """The API users as the HTTP door sees them.

    `verify(user, password)` reads the store: the user of that name, and whether the password is his. It may block;
    it is called in a thread, one at a time, so that a flood of wrong passwords costs one core at most and is locked
    out by count. What it raises goes through. `clock` is in seconds.
    """

    def __init__(
        self,
        verify: Callable[[str, str], tuple[ApiUser | None, bool]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._verify = verify
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._good: dict[bytes, tuple[Login, float]] = {}
        self._once_good: dict[bytes, None] = {}
        self._failures: dict[tuple[str, str], _Failures] = {}
        self._one_at_a_time = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, "passwords")  # always the same: each that ever checks one keeps 16 MB
        self._configuration = 0

    async def check(self, user: str, password: str, address: str) -> Login:
        """Check a password that came from this address. Ten failures lock user and address for 900 seconds.

        From an address the user may not come from, nobody learns whether the password is right.
        """
        login = self._remembered(user, password, address) or await self._look_up(user, password, address)
        return _admitted(login, address)

    def remembered(self, user: str, password: str, address: str) -> Login | None:
        """The same where it needs no look into the store."""
        login = self._remembered(user, password, address)
        return _admitted(login, address) if login else None

    def was_good(self, user: str, password: str) -> bool:
        """Whether they have been right before, however long ago: it may have changed, so it admits nobody."""
        return self._fingerprint(user, password) in self._once_good

    def clear(self) -> None:
        """Forget every checked password: the configuration has changed. Locks stay."""
        self._configuration += 1
        self._good.clear()

    async def _look_up(self, user: str, password: str, address: str) -> Login:
        async with self._one_at_a_time:
            if login := self._remembered(user, password, address):
                return login
            configuration = self._configuration
            found, good = await asyncio.get_running_loop().run_in_executor(self._thread, self._verify, user, password)
            login = Login("GOOD" if good else "BAD", found)
            if not good:
                self._count_failure(login, user, address)
                return login
            self._failures.pop((user, address), None)
            seen = self._fingerprint(user, password)
            if configuration == self._configuration:
                self._good[seen] = (login, self._clock() + REMEMBERED)
            self._once_good[seen] = None
            while len(self._once_good) > ENTRIES:
                del self._once_good[next(iter(self._once_good))]
            return login

    def _remembered(self, user: str, password: str, address: str) -> Login | None:
        failures = self._failures.get((user, address))
        if failures and failures.count >= FAILURES and self._clock() - failures.last < LOCKED:
            return Login("LOCK", failures.login.user)
        login, until = self._good.get(self._fingerprint(user, password), (None, 0.0))
        if login is None or self._clock() >= until:
            return None
        self._failures.pop((user, address), None)
        return login

    def _count_failure(self, login: Login, user: str, address: str) -> None:
        if login.user is None:  # a name that nobody has cannot be locked
            return
        now = self._clock()
        before = self._failures.pop((user, address), None)
        count = before.count + 1 if before and now - before.last < LOCKED else 1
        self._failures[user, address] = _Failures(login, count, now)  # at the end: the oldest come first
        while len(self._failures) > ENTRIES:
            del self._failures[next(iter(self._failures))]

    def _fingerprint(self, user: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{user}\0{password}".encode(), "sha256")


def _admitted(login: Login, address: str) -> Login:
    """The login, or that its user may not come from this address."""
    if login.user and not may_come_from(address, login.user.addresses):
        return Login("IPBLOCK", login.user)
    return login


def may_come_from(address: str, allowed: Sequence[str]) -> bool:
    """Whether an address is one of these, or in one of these networks; with none allowed, all are."""
    if not allowed:
        return True
    try:
        here = ip_address(address)
    except ValueError:
        return False
    here = getattr(here, "ipv4_mapped", None) or here
    return any(here in ip_network(network, strict=False) for network in allowed)


def from_store(path: str) -> ApiUsers:
    """The API users in the database at `path`, opened anew for each check; raises StoreError or sqlite3.Error then."""

    def verify(user: str, password: str) -> tuple[ApiUser | None, bool]:
        with closing(database.connect(path)) as connection:
            found = api_users.find(connection, user)
        return found, found is not None and found.active and passwords.matches(password, found.pass_hash)

    return ApiUsers(verify)
