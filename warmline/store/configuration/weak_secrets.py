"""Finds stored secrets that are easy to guess."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from warmline.options.option_warnings import OFTEN, PINS
from warmline.store.database.passwords import matches
from warmline.store.database.reading import reading

AT_ONCE = 4  # each check takes 25 ms of one core, and 16 MB


def api_users(database: str | Path) -> list[str]:
    """Return the active API users whose password is easy to guess. Raises StoreError."""
    with reading(database) as db:
        found = db.execute("SELECT id, pass FROM api_user WHERE active = 'Y' AND pass <> ''").fetchall()
    return _weak(found, lambda name: (name, name.lower(), *OFTEN))


def users(database: str | Path) -> list[str]:
    """Return the active users whose password is easy to guess. Raises StoreError."""
    with reading(database) as db:
        found = db.execute("SELECT id, pass FROM user WHERE active = 'Y' AND pass <> ''").fetchall()
    return _weak(found, lambda name: (name, name.lower(), *OFTEN))


def agents(database: str | Path) -> list[str]:
    """Return the agents whose PIN is easy to guess. Raises StoreError."""
    with reading(database) as db:
        found = db.execute("SELECT id, pin FROM agent WHERE pin <> ''").fetchall()
    return _weak(found, lambda name: (name, *PINS))


def _weak(found: list[tuple[str, str]], tried: Callable[[str], tuple[str, ...]]) -> list[str]:
    def guessed(row: tuple[str, str]) -> bool:
        return any(matches(secret, row[1]) for secret in dict.fromkeys(tried(row[0])))

    def names() -> Iterator[str]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for (name, _), is_guessed in zip(found, pool.map(guessed, found), strict=True):
                if is_guessed:
                    yield name

    return list(names())
