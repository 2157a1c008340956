"""Appends Asterisk-style queue_log lines to a file, behind the journal: each once, also over a crash.

Beside the file lies its mark: the number of the journal's row that was told last, and how long the file was then. It is
written after the lines are on disk. So what stands behind that length may have been written before a crash; which of
the lines that follow from the journal are there already is looked up, every time.
"""

import asyncio
import logging
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ari_app.process.broadcast import Broadcast
from warmline.store.asterisk_records import queue_log
from warmline.store.database.database import StoreError

ROWS = 2000  # of the journal, read at once
PACE = 0.5  # seconds between two looks: a burst is written together
RETRY = 5.0  # seconds until a file that cannot be written is tried again

log = logging.getLogger("warmline.queue_log")


class QueueLogPosition(NamedTuple):
    """Up to which row of the journal, and up to which length of the file, everything is told."""

    seq: int
    size: int


async def follow(db: str, path: Path, committed: Broadcast) -> None:
    """Tell each change in the file soon after its commit, for ever. What the app missed is told first."""
    while True:
        ring = committed.next_ring()  # taken first: what is committed from here on rings it
        try:
            more = await asyncio.to_thread(advance, db, path)
        except (OSError, StoreError, sqlite3.Error) as error:
            log.warning("queue_log %s cannot be written, it is tried again: %s", path, error)
            await asyncio.sleep(RETRY)
            continue
        if not more:
            await ring.wait()
        await asyncio.sleep(PACE)


def advance(db: str, path: Path, most: int = ROWS) -> bool:
    """Append the lines of the journal's next rows; False if there were none. Raises OSError, StoreError, sqlite3.Error.

    Without a mark, or with one of another database, everything up to now counts as told.
    """
    mark, last = _read_mark(path), queue_log.last(db)
    if mark is None or mark.seq > last:
        log.info("queue_log %s begins behind row %d of the journal", path, last)
        _write_mark(path, QueueLogPosition(last, path.stat().st_size if path.exists() else 0))
        return False
    if mark.seq == last:
        return False
    batch = queue_log.behind(db, mark.seq, most)
    _write_mark(path, QueueLogPosition(batch.seq, _append(path, mark.size, batch.lines)))
    return True


def _append(path: Path, told: int, lines: Iterable[str]) -> int:
    """Bring those lines to disk that do not stand behind the length `told`; returns how long the file is then."""
    with open(path, "a+b", opener=_for_owner_and_group) as file:
        file.seek(told if told <= file.seek(0, os.SEEK_END) else 0)  # shorter: it is a new one
        *whole, torn = file.read().split(b"\n")
        text = b"".join(_missing(lines, Counter(whole)))
        if torn:  # the disk was full in the middle of a line
            text = text.removeprefix(torn) if text.startswith(torn) else b"\n" + text
        file.write(text)
        file.flush()
        os.fdatasync(file.fileno())
        return file.seek(0, os.SEEK_END)


def _missing(lines: Iterable[str], there: Counter[bytes]) -> Iterator[bytes]:
    """The lines that are not there, each that is counting once."""
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
