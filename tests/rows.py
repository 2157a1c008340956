"""Rows of a table in one test: all are checked, and the failure names each row that is wrong."""

from collections.abc import Callable, Iterable
from typing import Any


def check_rows(check: Callable[..., None], rows: Iterable[tuple[Any, ...]]) -> None:
    """Call `check` with the cells of each row as its arguments."""
    wrong = []
    for row in rows:
        try:
            check(*row)
        except AssertionError as error:
            wrong.append(f"{row!r}: {error}")
    assert not wrong, "\n\n".join(wrong)


def check_each(check: Callable[[Any], None], values: Iterable[Any]) -> None:
    """Call `check` with each value."""
    check_rows(check, ((value,) for value in values))
