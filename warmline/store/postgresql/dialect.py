"""Rewrites SQL of SQLite so that PostgreSQL takes it; functions.sql has the functions that only SQLite has."""

import re
from collections.abc import Callable

QUOTED = re.compile(r"('(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*)")

# Words that PostgreSQL reserves and the schema uses as names. The test of the schema finds a new one.
RESERVED = "user", "limit", "order", "end", "from", "to", "desc", "analyse"

WORDS = (
    (re.compile(r"\bifnull\("), "coalesce("),
    (re.compile(r"(?<![\w:.])user(?=[ ,;.)\n]|$)"), '"user"'),
    (re.compile(r"\bIS NOT (?!NULL\b|DISTINCT\b|TRUE\b|FALSE\b)"), "IS DISTINCT FROM "),
    (re.compile(r"\bIS (?!NOT\b|NULL\b|DISTINCT\b|TRUE\b|FALSE\b)"), "IS NOT DISTINCT FROM "),
    (re.compile(r"(?<![\w.])(\d+\.\d+)(?![\w.])"), r"\1::float8"),  # a number of SQLite is no decimal fraction
    (re.compile(r"\b(\w+(?:\.\w+)?) COLLATE NOCASE\b"), r"lower(\1)"),  # of the letters A to Z, as in SQLite
)
ONLY_DIGITS = re.compile(r"(\w+) NOT GLOB '\*\[\^0-9\]\*'")
SUBQUERY = re.compile(r"\b(?:FROM|JOIN) \(\s*(?:SELECT|WITH|VALUES)\b")
UNNAMED = re.compile(r"\s*(?:$|[),;]|(?:WHERE|GROUP|ORDER|LIMIT|HAVING|UNION|JOIN|LEFT|CROSS|ON)\b)")
IGNORED = re.compile(r"\bINSERT OR IGNORE INTO\b")


def rewritten(sql: str) -> str:
    """Return a statement or an expression for PostgreSQL. Texts in quotes and comments stay as they are."""
    sql = ONLY_DIGITS.sub(r"\1 !~ '[^0-9]'", sql)
    parts = QUOTED.split(sql)
    parts[::2] = [_words(part) for part in parts[::2]]
    sql = _named(_last_letters("".join(parts)))
    if IGNORED.search(sql):
        sql = f"{IGNORED.sub('INSERT INTO', sql)} ON CONFLICT DO NOTHING"
    return sql


def top_level(sql: str) -> list[str]:
    """Split a list at those of its commas that are in no brackets and no quotes."""
    found, depth, start = [], 0, 0
    for place in unquoted(sql):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if sql[place] == "," and depth == 0:
            found.append(sql[start:place].strip())
            start = place + 1
    return [*found, sql[start:].strip()]


def unquoted(sql: str) -> list[int]:
    """Return the places of the letters that are in no quotes and in no comment."""
    places: list[int] = []
    start = 0
    for part in QUOTED.split(sql):
        if not QUOTED.fullmatch(part):
            places += range(start, start + len(part))
        start += len(part)
    return places


def closing(sql: str, opening: int) -> int:
    """Return the place of the bracket that closes the one at `opening`. Raises ValueError if there is none."""
    depth = 0
    for place in unquoted(sql):
        if place >= opening:
            depth += {"(": 1, ")": -1}.get(sql[place], 0)
            if depth == 0:
                return place
    raise ValueError(f"a bracket is not closed in {sql!r}")


def _words(text: str) -> str:
    for pattern, new in WORDS:
        text = pattern.sub(new, text)
    return text


def _last_letters(sql: str) -> str:
    """Write `substr(text, -7)` as `right(text, 7)`: in PostgreSQL, a negative start is not counted from the end."""
    start = sql.find("substr(")
    while start >= 0:
        end = closing(sql, start + len("substr"))
        match top_level(sql[start + len("substr(") : end]):
            case [text, count] if re.fullmatch(r"-\d+", count):
                sql = f"{sql[:start]}right({text}, {count[1:]}){sql[end + 1 :]}"
        start = sql.find("substr(", start + 1)
    return sql


def _named(sql: str) -> str:
    """Give each subquery of FROM a name, as PostgreSQL 15 wants it."""
    place, count = 0, 0
    while found := SUBQUERY.search(sql, place):
        place = found.end()
        end = closing(sql, sql.index("(", found.start())) + 1
        if UNNAMED.match(sql, end):
            count += 1
            sql = f"{sql[:end]} AS unnamed_{count}{sql[end:]}"
    return sql


def each_statement(sql: str, of: Callable[[str], str]) -> list[str]:
    """Return what `of` makes of each statement of a text; a semicolon ends a statement."""
    ends = [place for place in unquoted(sql) if sql[place] == ";"]
    starts = [0, *(end + 1 for end in ends)]
    return [of(one) for start, end in zip(starts, ends, strict=False) if (one := sql[start:end].strip())]
