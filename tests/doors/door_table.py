"""The table of an acceptance run: each attack, its figures, and what callers lost."""

from collections.abc import Sequence
from typing import NamedTuple

PARTS = {
    "floods": "Floods beside a three-way call",
    "history": "300,000 calls in the tables",
    "clock": "The clock of the app is moved during calls",
    "memory": "A limit of memory during calls",
    "killed": "Killed processes and a late disk beside a three-way call",
    "package": "The package in a bare Debian",
    "proved": "Attacks that `make test` proves",
}


class DoorRow(NamedTuple):
    """One row: the part of the run, the attack, and its figures."""

    part: str
    attack: str
    figures: str


FOUND: list[DoorRow] = []


def found(part: str, attack: str, figures: str) -> None:
    """Add a row, and print it at once."""
    assert part in PARTS, f"part {part!r}; allowed: {', '.join(PARTS)}"
    FOUND.append(DoorRow(part, attack, figures))
    print(f"{attack}: {figures}")


def lines(rows: Sequence[DoorRow]) -> list[str]:
    """Return the rows as Markdown, a table for each part."""
    printed: list[str] = []
    for part, title in PARTS.items():
        if own := [row for row in rows if row.part == part]:
            printed += ["", f"{title}:", "", "| attack | figures |", "|---|---|"]
            printed += [f"| {row.attack} | {row.figures} |" for row in own]
    return printed


def spread(milliseconds: Sequence[float]) -> str:
    """Return the median and the maximum of some milliseconds."""
    inside = sorted(milliseconds)
    return f"{inside[len(inside) // 2]:.0f}/{inside[-1]:.0f} ms" if inside else "none"
