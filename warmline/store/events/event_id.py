"""The id of an event: the number of its journal row, and its place among the row's events, as in `17-0`."""

import re
from typing import NamedTuple

WHOLE_ROW = 999_999_999  # the place behind all events of a row
FORM = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,9}))?", re.ASCII)


class EventId(NamedTuple):
    """Ids are in order. The first event of a row, `place` 0, is of its input."""

    row: int
    place: int

    def __str__(self) -> str:
        return str(self.row) if self.place == WHOLE_ROW else f"{self.row}-{self.place}"


def read(text: str) -> EventId | None:
    """Return the id that a text stands for, None if it is none; a row's number alone is behind the whole row."""
    found = FORM.fullmatch(text)
    if found is None:
        return None
    row, place = found.groups()
    return EventId(int(row), WHOLE_ROW if place is None else int(place))
