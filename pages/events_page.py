"""The tables of docs/reference/events.md, made from the types of events and the kinds of journal rows."""

from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.store.events.event_types import RECORD_TYPES
from warmline.store.events.input_fields import COMMAND, PUBLIC, REQUESTED
from warmline.store.wire_names.journal_kinds import KIND_MEANINGS

PAGE = PROJECT / "docs/reference/events.md"


def records() -> str:
    """Return a row for each type of an event about a changed record."""
    return rows(("type", "meaning"), *((f"`{name}`", cell(meaning)) for name, meaning in RECORD_TYPES.items()))


def inputs() -> str:
    """Return a row for each type of an event about an input, with the fields of its data."""
    told = ((f"`{kind}`", cell(meaning), _fields(kind)) for kind, meaning in KIND_MEANINGS.items())
    return rows(("type", "meaning", "fields of `data`"), *told)


def _fields(kind: str) -> str:
    names = PUBLIC.get(kind, ()) + (("command", *COMMAND[1:]) if kind == REQUESTED else ())
    return " ".join(f"`{name}`" for name in names) or "none"


def filled(text: str) -> str:
    """Return the page with both tables made again."""
    return with_tables(text, {"records": records, "inputs": inputs})
