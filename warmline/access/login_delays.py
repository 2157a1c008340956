"""The delays after wrong passwords, by source, user and address. Times are in seconds, on a clock of the caller's.

A source is a device that has logged in as the user before, or else an address. Only its own wrong passwords slow a
device. Addresses also share the delays of the user and of the address, unless the user has logged in from there.
"""

import math
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

ENTRIES = 10_000  # of each kind that are kept; the oldest are forgotten first

K = TypeVar("K", bound=Hashable)


class Growth(NamedTuple):
    """How delays grow: after `free` wrong passwords the next one waits 1 second, then 2, 4 … up to `longest`.

    A wrong password is forgotten every `fades` seconds.
    """

    free: int
    longest: float
    fades: float

    @property
    def most(self) -> int:
        """Return the number of wrong passwords after which the delay grows no more."""
        return self.free + math.ceil(math.log2(self.longest))


OF_SOURCE = Growth(free=5, longest=120.0, fades=300.0)  # 720 guesses a day at most
OF_USER = Growth(free=30, longest=30.0, fades=30.0)  # 2,880 a day, from all addresses
OF_ADDRESS = Growth(free=30, longest=16.0, fades=16.0)  # 5,400 a day, of all users


class WrongPasswords(NamedTuple):
    """How many wrong passwords are not forgotten yet, and the time of the last one."""

    number: float = 0.0
    last: float = 0.0

    def left(self, now: float, growth: Growth) -> float:
        """Return how many are not forgotten now."""
        return max(0.0, self.number - max(0.0, now - self.last) / growth.fades)

    def wait(self, now: float, growth: Growth) -> float:
        """Return the seconds until another password may be checked."""
        over = round(self.number) - growth.free
        delay = min(growth.longest, 2.0**over) if over >= 0 else 0.0
        return max(0.0, self.last + delay - now)

    def another(self, now: float, growth: Growth) -> "WrongPasswords":
        """Return them with one more, now."""
        return WrongPasswords(min(self.left(now, growth) + 1, growth.most), now)


class Delay(NamedTuple):
    """A user whose next password from a source is checked in `seconds`; `address` is empty for a known device."""

    user: str
    address: str
    seconds: float


class LoginSource(NamedTuple):
    """The origin of a password for a user. `device` is the id of a device that has logged in as this user, or ""."""

    user: str
    address: str
    device: str = ""


class LoginDelays:
    """Counts wrong passwords, and tells how long the next one has to wait. Names need not be those of users."""

    def __init__(self) -> None:
        self._sources: dict[LoginSource, WrongPasswords] = {}
        self._users: dict[str, WrongPasswords] = {}
        self._addresses: dict[str, WrongPasswords] = {}
        self._proven: dict[LoginSource, None] = {}  # users and addresses with a correct password

    def wait(self, source: LoginSource, now: float) -> float:
        """Return the seconds until a password from this source may be checked; 0 if it may be now."""
        own = self._sources.get(_of(source), WrongPasswords()).wait(now, OF_SOURCE)
        if source.device or source in self._proven:
            return own
        user = self._users.get(source.user, WrongPasswords()).wait(now, OF_USER)
        return max(own, user, self._addresses.get(source.address, WrongPasswords()).wait(now, OF_ADDRESS))

    def failed(self, source: LoginSource, now: float) -> float:
        """Count a wrong password, and return the seconds until the next one of this source may be checked."""
        _put(self._sources, _of(source), lambda before: before.another(now, OF_SOURCE))
        if not source.device:
            _put(self._users, source.user, lambda before: before.another(now, OF_USER))
            _put(self._addresses, source.address, lambda before: before.another(now, OF_ADDRESS))
        return self.wait(source, now)

    def succeeded(self, source: LoginSource) -> None:
        """Forget the wrong passwords of a source, which has sent the correct one."""
        self._sources.pop(_of(source), None)
        place = source._replace(device="")
        self._proven.pop(place, None)
        self._proven[place] = None
        _keep_newest(self._proven)

    def has_failed(self, source: LoginSource, now: float) -> bool:
        """Return whether this source has sent a wrong password that is not forgotten."""
        return self._sources.get(_of(source), WrongPasswords()).left(now, OF_SOURCE) > 0

    def address_has_failed(self, address: str, now: float) -> bool:
        """Return whether this address has sent a wrong password that is not forgotten."""
        return self._addresses.get(address, WrongPasswords()).left(now, OF_ADDRESS) > 0

    def delayed(self, now: float) -> list[Delay]:
        """Return the users and sources whose next password has to wait."""
        sources = list(self._sources.items())  # another thread may read them
        waits = ((source, found.wait(now, OF_SOURCE)) for source, found in sources)
        return [Delay(source.user, source.address, seconds) for source, seconds in waits if seconds]

    def forget(self, user: str) -> int:
        """Forget the wrong passwords of a user; return for how many sources."""
        self._users.pop(user, None)
        found = [source for source in self._sources if source.user == user]
        for source in found:
            del self._sources[source]
        return len(found)


def _of(source: LoginSource) -> LoginSource:
    """Return the key of a source: a device is the same one at each address."""
    return source._replace(address="") if source.device else source


def _put(kept: dict[K, WrongPasswords], key: K, change: Callable[[WrongPasswords], WrongPasswords]) -> None:
    kept[key] = change(kept.pop(key, WrongPasswords()))  # at the end: the oldest come first
    _keep_newest(kept)


def _keep_newest(kept: "dict[K, WrongPasswords] | dict[K, None]") -> None:
    oldest: Iterable[K] = iter(kept)
    while len(kept) > ENTRIES:
        del kept[next(iter(oldest))]
