"""The keys of dispositions and pause codes: no change gives two codes one key where an agent may give either."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import combinations
from typing import NamedTuple

from warmline.options.option_table import ENTITIES
from warmline.options.values.option_types import Value
from warmline.store.configuration import config_rows
from warmline.store.database.errors import Conflict
from warmline.system.program_files import SCHEMA

KINDS = ("disposition", "pause-code")
PROPOSED = tuple(f"{zeros}{digit}" for zeros in ("", "0", "00") for digit in range(1, 10))

Code = Mapping[str, Value]


class SharedKey(NamedTuple):
    """A key of two codes, of which `first` and `second` are the names, in their order."""

    key: str
    first: str
    second: str


def shared_keys(codes: Mapping[str, Code]) -> Iterator[SharedKey]:
    """Yield each key that two of these codes have for the same calls or pauses; `codes` are all of one kind."""
    with_key = {name: code for name, code in sorted(codes.items()) if has_key(code)}
    for (first, one), (second, other) in combinations(with_key.items(), 2):
        if one["key"] == other["key"] and can_meet(one, other):
            yield SharedKey(str(one["key"]), first, second)


def has_key(code: Code) -> bool:
    """Return whether agents can give the code by a key."""
    return bool(code["key"]) and code.get("selectable", "Y") == "Y"


def can_meet(one: Code, other: Code) -> bool:
    """Return whether an agent can have both codes for a call, or for a pause."""
    for option in ("campaigns", "ingroups"):
        first, second = _names(one.get(option, ())), _names(other.get(option, ()))
        if first and second and not set(first) & set(second):
            return False
    directions = {one.get("direction", "BOTH"), other.get("direction", "BOTH")}
    return len(directions) == 1 or "BOTH" in directions


def free_keys(codes: Mapping[str, Code]) -> list[str]:
    """Return keys that no code has, begins or continues, the shortest first."""
    taken = [str(code["key"]) for code in codes.values() if has_key(code)]
    return [key for key in PROPOSED if not any(begins(key, other) for other in taken)]


def begins(one: str, other: str) -> bool:
    """Return whether one of two keys begins the other, or is the same."""
    return one.startswith(other) or other.startswith(one)


def _names(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


@contextmanager
def no_new_shared_key(db: sqlite3.Connection, kinds: Collection[str]) -> Iterator[None]:
    """Check the keys of codes of these kinds after a change in the open transaction.

    Codes that had one key before the change may keep it. Raises Conflict.
    """
    checked = [kind for kind in KINDS if kind in kinds]
    before = {kind: set(shared_keys(_codes(db, kind))) for kind in checked}
    yield
    for kind in checked:
        codes = _codes(db, kind)
        for key, first, second in shared_keys(codes):
            if (key, first, second) not in before[kind]:
                raise Conflict(
                    "code_key_taken",
                    "{kind}s {first} and {second} would have the same key {key}; {proposed}take it from the other one: "
                    "warmline {kind} set CODE key=",
                    kind=kind,
                    first=first,
                    second=second,
                    key=key,
                    proposed="".join(f"choose another, such as {free}, or " for free in free_keys(codes)[:1]),
                )


def _codes(db: sqlite3.Connection, kind: str) -> dict[str, dict[str, Value]]:
    entity = ENTITIES[kind]
    return {name: config_rows.shown(entity, row) for name, row in config_rows.every(db, entity).items()}


def keys_of_new_database() -> dict[str, str]:
    """Return the dispositions of a new database by their keys."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text())
        return dict(fresh.execute("SELECT key, id FROM disposition WHERE key <> ''"))
