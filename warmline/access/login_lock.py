"""The rule that locks a login after wrong passwords. Times are in seconds, on a clock of the caller's."""

from typing import NamedTuple

LOCKED = 900.0  # seconds from the last failure
FAILURES = 10


class WrongPasswords(NamedTuple):
    """The failures of a login, each at most LOCKED seconds after the one before; `last` is the time of the last."""

    number: int = 0
    last: float = 0.0

    def locks(self, now: float) -> bool:
        """Return whether they lock the login now."""
        return self.number >= FAILURES and now - self.last < LOCKED

    def another(self, now: float) -> "WrongPasswords":
        """Return the failures with one more, now."""
        return WrongPasswords(self.number + 1 if now - self.last < LOCKED else 1, now)
