"""Limits the connections to the command line's socket, so that no user of the machine takes all of them."""

import logging
import time
from collections import Counter
from collections.abc import Collection

from ari_app.process.log_writer import LogRateLimit, and_more

MOST = 64  # connections
KEPT = 16  # of MOST, for root and the app's user
MOST_OF_USER = 8  # except of root and the app's user
OFTEN = 100  # connections of such a user in a second

log = logging.getLogger("warmline.local")


class LocalPlaces:
    """Counts the open connections by user number; `admins` are root and the app's user."""

    def __init__(self, admins: Collection[int]) -> None:
        self._admins = admins
        self._open: Counter[int] = Counter()
        self._second = 0
        self._came: Counter[int] = Counter()  # in that second
        self._said = LogRateLimit()

    def come(self, user: int) -> bool:
        """Count a new connection; return False if it exceeds a limit."""
        total = self._open.total()
        if is_free := total < MOST if user in self._admins else self._has_place(user, total):
            self._open[user] += 1
        elif (held := self._said.due()) is not None:
            log.warning("user %d has no place at the socket, where %d are taken%s", user, total, and_more(held))
        return is_free

    def _has_place(self, user: int, total: int) -> bool:
        if (now := int(time.monotonic())) != self._second:
            self._second, self._came = now, Counter()
        self._came[user] += 1
        return total < MOST - KEPT and self._open[user] < MOST_OF_USER and self._came[user] <= OFTEN

    def go(self, user: int) -> None:
        """Count a closed connection."""
        self._open[user] -= 1
        self._open += Counter()  # drops users without connections
