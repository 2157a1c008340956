"""Checks at the end of a run: all records are closed and true, and Asterisk has no orphans."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tools.bench.tools.bench_lab import BenchLab
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain

ENDLESS = "SELECT 'call ' || id FROM call WHERE ended IS NULL OR ended_by = ''"
OPEN = "SELECT kind || ' ' || id FROM open_state WHERE kind IN ('call', 'receipt', 'recording')"
FILES = (
    "SELECT recording.id, recording.status, cause, path, bytes, sha256 FROM recording"
    " LEFT JOIN call ON call.id = recording.call WHERE ifnull(number, '') LIKE '%' || ?"
)


def endless(path: str) -> list[str]:
    """Return calls in the database at `path` that have no end, or no recorded party who ended them."""
    return _texts(path, ENDLESS)


def still_open(path: str) -> list[str]:
    """Return calls, receipts and recordings that count as open."""
    return _texts(path, OPEN)


def untrue(path: str, number: str = "") -> list[str]:
    """Return recordings whose row is wrong: it is open, has failed without a cause, or differs from its file.

    `number`: only those of calls whose customer's number ends like this.
    """
    with closing(connect(path)) as db:
        return [text for row in db.execute(FILES, (number,)) if (text := _untrue(*row))]


def _untrue(name: str, status: str, cause: str, path: str, size: int, sha256: str) -> str:
    if status == "running" or (status == "failed" and not cause):
        return f"{name} is {status} {cause}"
    if status != "kept":
        return ""
    file = Path(path)
    if not file.is_file():
        return f"{name} is kept, and {path} is not there"
    content = file.read_bytes()
    same = len(content) == size and hashlib.sha256(content).hexdigest() == sha256
    return "" if same else f"{name} is not {path} as it is: {len(content)} bytes"


def broken(path: str) -> list[str]:
    """Return where the journal's chain is broken."""
    return [str(finding) for finding in hash_chain.verify(Path(path))]


async def orphans(
    here: BenchLab, seats: str | tuple[str, ...], ours: Callable[[str], bool] = lambda _: False
) -> list[str]:
    """Return the remaining channels and bridges, except those whose name begins with `seats` or whose id is `ours`."""
    channels = await here.ari.request("GET", "channels")
    bridges = await here.ari.request("GET", "bridges")
    names = [one["name"] for one in channels if not ours(one["id"]) and not one["name"].startswith(seats)]
    return names + [one["id"] for one in bridges if not ours(one["id"])]


def count(path: str, sql: str) -> float:
    """Return the one number that a statement finds."""
    with closing(connect(path)) as db:
        [number] = db.execute(sql).fetchone()
    return float(number)


def _texts(path: str, sql: str) -> list[str]:
    with closing(connect(path)) as db:
        return [text for (text,) in db.execute(sql)]
