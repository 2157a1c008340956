"""The page of limits: each value is the one of the constant that the row names."""

import importlib
import re
from collections.abc import Iterator

from tools.pages.marked_text import PROJECT
from warmline.access.login_delays import Growth

PAGE = (PROJECT / "docs/reference/limits.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| ")][
    1:
]
CONSTANT = re.compile(r"`((?:warmline|warmline_contrib|ari_app)\.[a-z_.0-9]+)\.([A-Z_]+)`")
NAMED = re.compile(r"(setting|option) `([a-z_]+)`")
UNITS = {"KB": 1024, "MB": 1024**2, "minutes": 60, "hours": 3600}


def numbers(text: str) -> set[float]:
    """Return the numbers of a text, and each number before a unit in bytes or seconds, too."""
    found = set()
    for number, unit in re.findall(r"(\d{1,3}(?:,\d{3})+|\d+)(?: (\w+))?", text):
        value = float(number.replace(",", ""))
        found |= {value, value * UNITS.get(unit, 1)}
    return found


def values(row: list[str]) -> Iterator[float]:
    for module, name in CONSTANT.findall(row[3]):
        value = getattr(importlib.import_module(module), name)
        yield from value if isinstance(value, Growth) else (value,)


def test_a_limit_has_the_value_of_its_constant() -> None:
    assert ROWS
    for row in ROWS:
        assert len(row) == 4, row
        assert CONSTANT.search(row[3]) or NAMED.search(row[3]), row
        assert [value for value in values(row) if value not in numbers(f"{row[1]} {row[2]}")] == [], row


def test_each_setting_or_option_of_a_limit_exists() -> None:
    pages = {kind: (PROJECT / f"docs/reference/generated/{kind}s.md").read_text() for kind in ("setting", "option")}
    assert [(kind, name) for kind, name in NAMED.findall(PAGE) if f"| `{name}`" not in pages[kind]] == []
