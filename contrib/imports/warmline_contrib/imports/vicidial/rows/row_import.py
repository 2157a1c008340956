"""The parts that all readers of rows share: source, database, new names, and the reading of times and texts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from warmline.options.values.entity import OptionError
from warmline.store.database.database import Connection
from warmline_contrib.imports.store.import_runs import ImportedRow
from warmline_contrib.imports.vicidial.new_names import NewNames
from warmline_contrib.imports.vicidial.source import Cell, VicidialSource
from warmline_contrib.imports.vicidial.user_conversion import OWN

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 4_102_444_800_000_000  # 2100 in microseconds
LONGEST = 500  # characters of a short text

Statements = tuple[tuple[str, tuple[object, ...]], ...]


@dataclass(frozen=True)
class RowImport:
    """An import of rows. `now` is in microseconds UTC, and `zone` that of the old server's clock.

    `text` returns a text as it was meant, and `refuse` gets table, key and reason of a row that is left out.
    """

    source: VicidialSource
    db: Connection
    run: int
    names: NewNames
    zone: tzinfo
    now: int
    text: Callable[[str], str]
    refuse: Callable[[str, str, str], None]

    def row(self, table: str, key: Cell, statements: Callable[[], Statements]) -> ImportedRow:
        """Return a row with the statements that write it; without any if it cannot be read, which is told."""
        try:
            return ImportedRow(str(key), statements())
        except OptionError as error:
            self.refuse(table, str(key), str(error))
        except (ValueError, OverflowError) as error:
            self.refuse(table, str(key), f"a value of it cannot be read: {error}")
        return ImportedRow(str(key))

    def agent(self, user: Cell) -> str:
        """Return the agent that a user is here; "" for one of VICIdial's own programs."""
        name = self.short(user)
        return "" if name in ("", *OWN) else self.names.known("agent", name)

    def moment(self, written: Cell, zone: tzinfo | None = None) -> int | None:
        """Return a written time in microseconds UTC, by the old server's clock or in a zone; None for none."""
        try:
            at = datetime.fromisoformat(str(written or "")).replace(tzinfo=zone or self.zone)
            found = (at - EPOCH) // timedelta(microseconds=1)
        except (ValueError, OverflowError):
            return None
        return found if 0 < found < LATEST else None

    def short(self, cell: Cell, most: int = LONGEST) -> str:
        """Return a text without signs that no screen shows, up to a length."""
        found = str(cell or "")[:most]
        return found if found.isprintable() else "".join(sign if sign.isprintable() else " " for sign in found).strip()


def refused(code: str, why: str) -> OptionError:
    """Return the error of a row that is left out."""
    return OptionError(code, "{why}", why=why)


def following(key: str) -> int:
    """Return the number behind which the rows of a table follow, from the key of the last one."""
    return int(key) if key.isascii() and key.isdecimal() else 0
