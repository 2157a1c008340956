"""How many findings each file may have: as many as it had. A number only shrinks, and with the last this file goes."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.tree.prose.rules import Finding

FILE = Path(__file__).parent / "baseline.txt"


def allowed() -> dict[str, int]:
    """The findings that each file may have.

    Git merges this file by keeping the lines of both sides (.gitattributes): the smaller of two numbers holds.
    """
    found: dict[str, int] = {}
    for line in FILE.read_text().splitlines():
        number, file = line.split(" ", 1)
        found[file] = min(int(number), found.get(file, int(number)))
    return found


def counts(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings each file has."""
    return Counter(one.file for one in findings)


def write(found: Counter[str]) -> None:
    """Write the numbers down.

    Raises ValueError if there are more findings than allowed, as a whole: a moved file takes its number along.
    """
    if FILE.exists() and found.total() > (most := sum(allowed().values())):
        raise ValueError(f"{found.total()} findings, at most {most} are allowed: rewrite the new sentences")
    FILE.write_text("".join(f"{number} {file}\n" for file, number in sorted(found.items()) if number))
