"""Appends Asterisk-style queue_log lines to a file, from the journal, each once, even after a crash.

A mark file beside it has the number of the last journal row that is in the file, and the file's length at that time.
The mark is written after the lines are on disk. A crash may therefore leave lines behind that length. The writer reads
them each time, and appends only the lines that are missing.
"""

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ari_app.process.broadcast import Broadcast
from warmline.store.asterisk_records import queue_log
from warmline.store.database.database import StoreError

ROWS = 2000  # journal rows in one read
PACE = 0.5  # seconds between two reads, so that a burst is written at once
RETRY = 5.0  # seconds until a file that cannot be written is retried

log = logging.getLogger("warmline.queue_log")


class QueueLogPosition(NamedTuple):
    """The mark: the last journal row that is in the file, and the file's length at that time."""

    seq: int
    size: int


async def follow(db: str, path: Path, committed: Broadcast) -> None:
    """Write each change to the file soon after its commit, without end; changes that the app missed come first."""
    while True:
        ring = committed.next_ring()  # before the read, so that a commit during the read sets it
        try:
            more = await asyncio.to_thread(advance, db, path)
        except (OSError, StoreError) as error:
            log.warning("queue_log %s cannot be written; retrying: %s", path, error)
            await asyncio.sleep(RETRY)
            continue
        if not more:
            await ring.wait()
        await asyncio.sleep(PACE)


def advance(db: str, path: Path, most: int = ROWS) -> bool:
    """Append the lines of the next journal rows; return False if there are no new rows.

    Without a mark, or with the mark of another database, the file begins after the journal's last row.
    Raises OSError, StoreError.
    """
    mark, last = _read_mark(path), queue_log.last(db)
    if mark is None or mark.seq > last:
        log.info("queue_log %s begins after row %d of the journal", path, last)
        _write_mark(path, QueueLogPosition(last, path.stat().st_size if path.exists() else 0))
        return False
    if mark.seq == last:
        return False
    batch = queue_log.behind(db, mark.seq, most)
    _write_mark(path, QueueLogPosition(batch.seq, _append(path, mark.size, batch.lines)))
    return True


def _append(path: Path, told: int, lines: Iterable[str]) -> int:
    """Write the lines that are missing behind the length `told` to disk; return the file's new length."""
    with open(path, "a+b", opener=_for_owner_and_group) as file:
        file.seek(told if told <= file.seek(0, os.SEEK_END) else 0)  # a shorter file is a new one
        *whole, torn = file.read().split(b"\n")
        text = b"".join(_missing(lines, Counter(whole)))
        if torn:  # the disk was full in the middle of a line
            text = text.removeprefix(torn) if text.startswith(torn) else b"\n" + text
        file.write(text)
        file.flush()
        os.fdatasync(file.fileno())
        return file.seek(0, os.SEEK_END)


def _missing(lines: Iterable[str], there: Counter[bytes]) -> Iterator[bytes]:
    """Yield the lines that are not in `there`; each counted line replaces one."""
    for line in lines:
        text = line.encode()
        if there[text]:
            there[text] -= 1
        else:
            yield text + b"\n"


def _for_owner_and_group(path: str, flags: int) -> int:
    return os.open(path, flags, 0o640)


def _mark_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.mark")


def _read_mark(path: Path) -> QueueLogPosition | None:
    try:
        seq, size = _mark_of(path).read_text().split()
        return QueueLogPosition(int(seq), int(size))
    except FileNotFoundError:
        return None
    except ValueError:
        log.warning("%s is damaged: lines may be missing", _mark_of(path))
        return None


def _write_mark(path: Path, mark: QueueLogPosition) -> None:
    new = _mark_of(path).with_suffix(".new")
    new.write_text(f"{mark.seq} {mark.size}\n")
    new.replace(_mark_of(path))
