"""Rows of answers: `stage` names the text between the values, and `header=YES` asks for the names first."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from warmline.text.csv_cell import cell

BETWEEN = {"csv": ",", "tab": "\t", "newline": "\n"}  # every other word means a bar, CSV, too
BREAKS = str.maketrans(dict.fromkeys("|\r\n\t", " "))  # would be read as the end of a value or row
LINE_ENDS = str.maketrans("\r\n", "  ")
EVERY_GROUP = "---ALL---"  # a word of VICIdial, which no spreadsheet takes for a formula with a call
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class Separators(NamedTuple):
    """The text between values, and whether the names of the values come first."""

    between: str = "|"
    header: bool = False

    @classmethod
    def of(cls, stage: str, header: str) -> Self:
        """Return what the fields of a request ask for."""
        return cls(BETWEEN.get(stage, "|"), header == "YES")

    def page(self, names: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
        """Return rows as lines, after the names if these are wanted. Values must not break a row apart."""
        lines = [list(names)] if self.header else []
        return "".join(self.line(row) for row in (*lines, *rows))

    def line(self, values: Iterable[object]) -> str:
        """Return one row with its line end."""
        return self.between.join(self._value(value) for value in values) + "\n"

    def _value(self, value: object) -> str:
        text = str(value)
        if self.between != "|" and text != EVERY_GROUP and not NUMBER.fullmatch(text):
            text = str(cell(text))  # a spreadsheet may open the answer
        text = text.translate(BREAKS)
        return text.replace(",", " ") if self.between == "," else text


def time_of(at: int | None, zone: ZoneInfo, otherwise: str = "") -> str:
    """Return a time in microseconds UTC as answers print it, in the setting's zone; `otherwise` without a time."""
    return f"{datetime.fromtimestamp(at // 1_000_000, zone):%Y-%m-%d %H:%M:%S}" if at else otherwise
