"""A filter for the test of all: its values, its readers, and the meaning of each field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.store.filters.random_records import Row, Rows

Asked = Mapping[str, Any]
Read = Callable[[Path, Asked], Iterable[Any]]
Fulfils = Callable[[Row, Any], bool]
Field = tuple[Sequence[Any], Fulfils]  # the values that are tried, and whether a row fulfils one

PAGE = 9  # rows: less than most filters find, so that pages are joined


class Filter(NamedTuple):
    """A filter: the rows that it chooses from by `id`, the readers that take it, and its fields by name.

    One of the fields in `needed` is in each question, and of those in `alone` at most one.
    """

    name: str
    rows: Callable[[Rows], list[Row]]
    readers: Sequence[Read]
    fields: Mapping[str, Field]
    needed: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


def paged(page: Callable[[Any], list[Any]], after: Any = "") -> list[Any]:
    """Return the rows of all pages; `page` returns up to PAGE rows after a row."""
    found: list[Any] = []
    while new := page(found[-1] if found else after):
        found += new
        assert len(found) < 1000, "a page repeats the rows of another one"
    return found
