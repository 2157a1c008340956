"""The id of an event: the number of its journal row and its place in that row, such as `17-0`."""

import re
from typing import NamedTuple

WHOLE_ROW = 999_999_999  # a place after all events of a row
FORM = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,9}))?", re.ASCII)


class EventId(NamedTuple):
    """The id of an event. Ids are in order; the event at `place` 0 is the row's input."""

    row: int
    place: int

    def __str__(self) -> str:
        return str(self.row) if self.place == WHOLE_ROW else f"{self.row}-{self.place}"


def read(text: str) -> EventId | None:
    """Return the id in a text; None if it is not an id. A row number alone is after all events of that row."""
    found = FORM.fullmatch(text)
    if found is None:
        return None
    row, place = found.groups()
    return EventId(int(row), WHOLE_ROW if place is None else int(place))
