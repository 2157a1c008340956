"""A file of leads as a spreadsheet saves it, with bad lines of several sorts among the good ones."""

import csv
from pathlib import Path

SUBSCRIBER = 12_300_000  # of the first lead; Tokyo has eight digits after the area code
JAPAN = "813123"  # how the numbers of the leads begin
HEAD = ("Telefon", "Vorname", "Nachname", "Kunde seit")
FORMULA = '=HYPERLINK("http://attacker.example";"Offer")'
# A number that is none, a formula, a number that a spreadsheet has shortened, an empty field, an emergency number.
BAD = ("no number", FORMULA, "8,13E+10", "", "110")
SHARE = 1000  # one line of so many is bad


def number(n: int) -> str:
    """Return the number of a good lead, or of a corrected one."""
    return f"+813{SUBSCRIBER + n}"


def first_name(n: int) -> str:
    """Return the first name in a line: a formula in every bad one."""
    return f"=Bad {n}" if is_bad(n) else f"Lead {n}"


def is_bad(n: int) -> bool:
    """Return whether a line is bad; the last one of each thousand is."""
    return n % SHARE == SHARE - 1


def written(file: Path, lines: int) -> None:
    """Write a file of so many lines, whose delimiter is that of a German spreadsheet."""
    with file.open("w", newline="", encoding="utf-8-sig") as opened:
        out = csv.writer(opened, delimiter=";")
        out.writerow(HEAD)
        for n in range(lines):
            said = BAD[n // SHARE % len(BAD)] if is_bad(n) else number(n)
            out.writerow((said, first_name(n), "Müller", 1990 + n % 30))


def corrected(rejected: Path, file: Path) -> list[dict[str, str]]:
    """Give the rejected lines good numbers, and write them to a file; return the lines as they were."""
    with rejected.open(newline="") as opened:
        found = list(csv.DictReader(opened, delimiter=";"))
    with file.open("w", newline="") as opened:
        out = csv.DictWriter(opened, found[0], delimiter=";")
        out.writeheader()
        out.writerows({**line, "Telefon": number(n * SHARE + SHARE - 1)} for n, line in enumerate(found))
    return found
