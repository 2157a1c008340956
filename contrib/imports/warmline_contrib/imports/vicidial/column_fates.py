"""The fate of each column of the tables that are imported: whether something reads it, or why it does not.

`columns.toml` has the fates. A column that is not there is one of a newer VICIdial, and is said to be lost. Tables of
people's own work that are not imported are in it, too, so that their loss is told.
"""

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

from warmline_contrib.imports.converted_value import Fate

READ = "read"
UNKNOWN = "lost: this version of Warmline does not know the column"
_READ = tomllib.loads(Path(__file__).with_name("columns.toml").read_text())
LEFT_OUT: dict[str, str] = _READ.pop("tables that are left out")  # the fate of each
_FATES: dict[str, dict[str, str]] = _READ
TABLES = tuple(_FATES)


class ColumnFate(NamedTuple):
    """The fate of a column; `is_read` if something is made of it, else `fate` with its reason."""

    is_read: bool
    fate: Fate
    why: str
    is_known: bool


@cache
def of_column(table: str, column: str) -> ColumnFate:
    """Return the fate of a column of a table in TABLES."""
    for said, names in _FATES[table].items():
        if any(fnmatchcase(column, name) for name in names.split()):
            if said == READ:
                return ColumnFate(True, Fate.KEPT, "", True)
            return _told(said, is_known=True)
    return _told(UNKNOWN, is_known=False)


def of_table(table: str) -> ColumnFate:
    """Return the fate of the rows of a table in LEFT_OUT."""
    return _told(LEFT_OUT[table], is_known=True)


def _told(said: str, *, is_known: bool) -> ColumnFate:
    fate, _, why = said.partition(": ")
    return ColumnFate(False, Fate(fate), why, is_known)
