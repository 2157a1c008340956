"""When all is over: whatever should be closed is, what is written is true, and nobody is left in Asterisk."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.tools.bench_lab import BenchLab
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain

ENDLESS = "SELECT 'call ' || id FROM call WHERE ended IS NULL OR ended_by = ''"
OPEN = "SELECT kind || ' ' || id FROM open_state WHERE kind IN ('call', 'receipt', 'recording')"
FILES = (
    "SELECT recording.id, recording.status, cause, path, bytes, sha256 FROM recording"
    " LEFT JOIN call ON call.id = recording.call WHERE ifnull(number, '') LIKE '%' || ?"
)


def endless(path: str) -> list[str]:
    """Calls in the database at `path` that have no end, or of which nobody knows who ended them."""
    return _texts(path, ENDLESS)


def still_open(path: str) -> list[str]:
    """Calls, receipts and recordings that are taken to go on."""
    return _texts(path, OPEN)


def untrue(path: str, number: str = "") -> list[str]:
    """Recordings whose row does not say what there is: it runs on, has failed for no reason, or has another file.

    `number`: only those of the calls whose customer's number ends so.
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
    """Where the journal's chain does not hold."""
    return [str(finding) for finding in hash_chain.verify(Path(path))]


async def orphans(
    here: BenchLab, seats: str | tuple[str, ...], ours: Callable[[str], bool] = lambda _: False
) -> list[str]:
    """Channels and bridges that are there still; whose name begins with `seats` may be, and whose id is `ours`."""
    channels = await here.ari.request("GET", "channels")
    bridges = await here.ari.request("GET", "bridges")
    names = [one["name"] for one in channels if not ours(one["id"]) and not one["name"].startswith(seats)]
    return names + [one["id"] for one in bridges if not ours(one["id"])]


def count(path: str, sql: str) -> float:
    """The one number that a statement finds."""
    with closing(connect(path)) as db:
        [number] = db.execute(sql).fetchone()
    return float(number)


def _texts(path: str, sql: str) -> list[str]:
    with closing(connect(path)) as db:
        return [text for (text,) in db.execute(sql)]
