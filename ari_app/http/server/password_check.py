"""Checks names and passwords of API users and of users, remembers results, and slows guesses down."""

import asyncio
import hmac
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from weakref import WeakValueDictionary

from ari_app.http.server.limits.addresses import of_host
from ari_app.http.server.limits.waiting_line import MOST_FIRST, WaitingLine
from ari_app.process.log_writer import LogRateLimit, and_more
from ari_app.process.password_threads import AT_ONCE
from warmline.access import known_device
from warmline.access.login_delays import ENTRIES, Delay, LoginDelays, LoginSource
from warmline.store.configuration import api_users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database import passwords

REMEMBERED = 300.0  # seconds that a checked password is valid without the database
log = logging.getLogger("warmline.api")

DAY = 86_400  # seconds

Prove = Callable[[], Awaitable[bool]]
"""Checks a password elsewhere, and returns whether it is correct."""


@dataclass(frozen=True, slots=True)
class LoginCheck:
    """The result of a check: GOOD, BAD, LOCK or IPBLOCK; `user` is the user of that name, or None.

    LOCK is the agent API's word for a password that came too soon after wrong ones, and was not checked. The next
    one is checked in `wait` seconds. `device` is the id of a device that has logged in as this user before, or empty.
    """

    message: str
    user: ApiUser | None
    wait: float = 0.0
    device: str = ""

    @property
    def good(self) -> bool:
        return self.message == "GOOD"

    @property
    def api_access(self) -> bool:
        return self.user is not None and self.user.api_access


class ApiUsers:
    """The API users.

    `verify(user, password)` reads the database, and returns the user of that name and whether the password is correct.
    It may block, and its exceptions pass through. It runs in `at_once` threads. Sources of wrong passwords have all but
    one of them, so that their flood costs a part of the processors, until the delays refuse it.

    `find` reads a user without checking a password. `clock` is in seconds, and `today` in days from 1970.
    """

    def __init__(
        self,
        verify: Callable[[str, str], tuple[ApiUser | None, bool]],
        clock: Callable[[], float] = time.monotonic,
        find: Callable[[str], ApiUser | None] = lambda user: None,
        today: Callable[[], int] = lambda: int(time.time()) // DAY,
        at_once: int = AT_ONCE,
    ) -> None:
        self._verify = verify
        self._clock = clock
        self._find = find
        self._today = today
        self._seen: dict[str, ApiUser] = {}  # users by name, as last read
        self._key = secrets.token_bytes(32)
        self._good: dict[bytes, tuple[LoginCheck, float]] = {}
        self._once_good: dict[bytes, None] = {}
        self._delays = LoginDelays()
        self._slowed: dict[str, tuple[str, int]] = {}  # users: the hash of the password, and the configuration
        self._line = WaitingLine(at_once)
        self._of_user: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._said = LogRateLimit()
        self._threads = ThreadPoolExecutor(at_once, "passwords")
        self._reader, self._reading = ThreadPoolExecutor(1, "users"), 0
        self._configuration = 0

    async def check(
        self,
        user: str,
        password: str,
        address: str,
        devices: Sequence[str] | None = None,
        prove: Prove | None = None,
    ) -> LoginCheck:
        """Check a password that came from this address. After five wrong ones, the next has to wait.

        `devices` are the tokens by which a person's device shows earlier logins; None for a program of the agent API.

        The address is checked before the password, so that a client at a forbidden address cannot test
        passwords. Checks take turns by address. Those of known devices and of passwords that were correct before go
        first. Those of addresses without a recent failure are next. Raises LineFull if too many checks are pending.

        `prove` checks the password too. It is called in place of a check here, for a known device that has sent no
        wrong password. A login then costs one check, and waits for no other one here. Raises what `prove` raises.
        """
        if login := self.remembered(user, password, address, devices):
            return login
        if devices and user not in self._seen:  # only the hash of the password tells whether a device is known
            await self._get_to_know(user)
        return await self._look_up(user, password, address, devices, prove)

    def remembered(
        self, user: str, password: str, address: str, devices: Sequence[str] | None = None
    ) -> LoginCheck | None:
        """Return the result of a check without the database, or None if the database is needed."""
        seen = self._seen.get(user)
        if seen and not may_come_from(address, seen.addresses):
            return LoginCheck("IPBLOCK", seen)
        source = self._source(user, address, devices, seen)
        wait = self._delays.wait(source, self._clock())
        # While a person has to wait, a remembered password would admit whoever guesses it.
        if (devices is None or not wait) and (login := self._remembered(source, password)):
            return login
        if not wait or (seen is None and devices) or self._is_from_here(source, password, devices):
            return None
        is_current = self._slowed.get(user, ("", -1))[1] == self._configuration
        return LoginCheck("LOCK", seen, wait) if is_current else None

    def delays(self) -> list[Delay]:
        """Return the users whose next password has to wait, with its address and the seconds."""
        return self._delays.delayed(self._clock())

    def forget_failures(self, user: str) -> int:
        """Forget the wrong passwords of a user; return the number of addresses and devices that sent them."""
        return self._delays.forget(user)

    def was_good(self, user: str, password: str) -> bool:
        """Return whether the password was correct before. It may have changed, so this admits no client."""
        return self._fingerprint(user, password) in self._once_good

    def clear(self) -> None:
        """Forget every checked password after a change of the configuration. Only a new password ends a delay."""
        self._configuration += 1
        self._good.clear()
        self._seen.clear()

    async def _get_to_know(self, user: str) -> None:
        """Read a user before its rank in the line, unless many are being read."""
        if self._reading >= MOST_FIRST:
            return
        self._reading += 1
        configuration = self._configuration
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._reader, self._find, user)
        finally:
            self._reading -= 1
        if found and configuration == self._configuration:
            self._keep_user(found)

    async def _look_up(
        self, user: str, password: str, address: str, devices: Sequence[str] | None, prove: Prove | None
    ) -> LoginCheck:
        loop = asyncio.get_running_loop()
        line = self._line.place(self._rank(user, password, address, devices), of_host(address))
        async with line, self._of_user.setdefault(user, asyncio.Lock()):  # so that guesses count one by one
            if login := self.remembered(user, password, address, devices):
                return login
            configuration = self._configuration
            known = await loop.run_in_executor(self._threads, self._find, user)
            if known and configuration == self._configuration:
                self._keep_user(known)
            if known and not may_come_from(address, known.addresses):
                return LoginCheck("IPBLOCK", known)
            source = self._source(user, address, devices, known)
            if wait := self._still_waits(source, known, password, devices):
                return LoginCheck("LOCK", known, wait)
            if not (prove and source.device and not self._delays.has_failed(source, self._clock())):
                found, good = await loop.run_in_executor(self._threads, self._verify, user, password)
                if found and not may_come_from(address, found.addresses):
                    return LoginCheck("IPBLOCK", found)
                return self._counted(source, password, found, known, configuration, good=good)
        good = await prove()  # without a place here: others have the threads
        return self._counted(source, password, known, known, configuration, good=good)

    def _counted(
        self,
        source: LoginSource,
        password: str,
        found: ApiUser | None,
        known: ApiUser | None,
        configuration: int,
        *,
        good: bool,
    ) -> LoginCheck:
        """Return the result of a check, and remember it. `configuration` is that before the check."""
        if not good:
            if found and configuration == self._configuration:
                self._keep_user(found)
            self._count_failure(source, known, is_user=found is not None)
            return LoginCheck("BAD", found)
        login = LoginCheck("GOOD", found, device=source.device)
        self._delays.succeeded(source)
        if configuration == self._configuration:
            key = self._fingerprint(source.user, password, source.address)
            self._good[key] = (login, self._clock() + REMEMBERED)
        for address_too in ("", source.address):
            self._once_good[self._fingerprint(source.user, password, address_too)] = None
        while len(self._once_good) > ENTRIES:
            del self._once_good[next(iter(self._once_good))]
        return login

    def _source(self, user: str, address: str, devices: Sequence[str] | None, known: ApiUser | None) -> LoginSource:
        stored = known.pass_hash if known else ""
        device = known_device.device_of(devices or (), user, stored, self._today())
        return LoginSource(user, of_host(address), device)

    def _rank(self, user: str, password: str, address: str, devices: Sequence[str] | None) -> int:
        """Return the rank in the line of checks: 0 for a password that was correct before, and for a known device."""
        source, now = self._source(user, address, devices, self._seen.get(user)), self._clock()
        if source.device or self.was_good(user, password):
            return 0
        return 1 + self._delays.address_has_failed(source.address, now) + self._delays.has_failed(source, now)

    def _keep_user(self, user: ApiUser) -> None:
        self._seen[user.name] = user
        while len(self._seen) > ENTRIES:
            del self._seen[next(iter(self._seen))]

    def _remembered(self, source: LoginSource, password: str) -> LoginCheck | None:
        """Return the result for a password that was correct from this address a short time ago."""
        key = self._fingerprint(source.user, password, source.address)
        login, until = self._good.get(key, (None, 0.0))
        if login is None or self._clock() >= until:
            return None
        return login if login.device == source.device else replace(login, device=source.device)

    def _is_from_here(self, source: LoginSource, password: str, devices: Sequence[str] | None) -> bool:
        """Return whether a program has sent this password from this address before, when it was correct."""
        return devices is None and self._fingerprint(source.user, password, source.address) in self._once_good

    def _still_waits(
        self, source: LoginSource, known: ApiUser | None, password: str, devices: Sequence[str] | None
    ) -> float:
        """Return the seconds that a password has to wait; a new password of the user ends the delays."""
        stored = known.pass_hash if known else ""
        before, _ = self._slowed.get(source.user, (stored, 0))
        if not hmac.compare_digest(before.encode(), stored.encode()):
            del self._slowed[source.user]
            self._delays.forget(source.user)
        wait = self._delays.wait(source, self._clock())
        if wait:
            self._keep_slowed(source.user, stored)
        return 0.0 if self._is_from_here(source, password, devices) else wait

    def _count_failure(self, source: LoginSource, known: ApiUser | None, *, is_user: bool) -> None:
        wait = self._delays.failed(source, self._clock())
        self._keep_slowed(source.user, known.pass_hash if known else "")
        if is_user and wait and (held := self._said.due()) is not None:
            where = "a known device" if source.device else source.address
            log.warning(
                "wrong passwords for user %s from %s: the next one has to wait %d s%s",
                *(source.user, where, round(wait), and_more(held)),
            )

    def _keep_slowed(self, user: str, stored: str) -> None:
        self._slowed.pop(user, None)
        self._slowed[user] = stored, self._configuration  # at the end: the oldest come first
        while len(self._slowed) > ENTRIES:
            del self._slowed[next(iter(self._slowed))]

    def _fingerprint(self, user: str, password: str, host: str = "") -> bytes:
        return hmac.digest(self._key, f"{user}\0{host}\0{password}".encode(), "sha256")


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
        return api_users.named(path, user)

    return ApiUsers(verify, find=find)
