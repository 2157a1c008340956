"""A list as JSON, whose records are made and encoded again only when they may have changed."""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct


class EncodedList:
    """The records that `make` returns for ids, each as JSON."""

    def __init__(self, make: Callable[[str], Struct]) -> None:
        self._make = make
        self._known: dict[str, bytes] = {}

    def forget(self, ids: Iterable[str]) -> None:
        """Make these records again when they are next wanted."""
        for one in ids:
            self._known.pop(one, None)

    def forget_all(self) -> None:
        """Make every record again when it is next wanted."""
        self._known.clear()

    def of(self, ids: Iterable[str]) -> bytes:
        """Return the records of these ids as a JSON array; records of other ids are forgotten."""
        known = self._known
        self._known = {one: known.get(one) or msgspec.json.encode(self._make(one)) for one in ids}
        return b"[%b]" % b",".join(self._known.values())
