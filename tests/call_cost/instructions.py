"""Counts the processor's instructions of a recorded call: core, journal row and writer, without the disk.

Valgrind counts them, with a replay of few calls and one of more: `python -m tests.call_cost.instructions STORY CALLS`.
The figure depends on the versions of Python and SQLite, so it is printed and not judged.
"""

import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.call_cost.counted_calls import CountedCalls
from warmline.core.engine.engine import handle
from warmline.core.world.world import World
from warmline.store.database.database import connect
from warmline.store.journal.journal_codec import entry_of
from warmline.store.journal.journal_entry import Known, append, head

FEW, MORE = 5, 25  # calls
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
SAME_PLACES = ("setarch", "-R")  # without random addresses, two runs differ by some ten instructions


def measure(valgrind: str) -> int:
    """Return the instructions of one call. Raises subprocess.CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story"
        _record(story)
        few, more = (_counted(valgrind, story, calls) for calls in (FEW, MORE))
    return (more - few) // (MORE - FEW)


def replay(story: Path, calls: int) -> None:
    """Let the core and the writer handle the recorded inputs of this many calls."""
    start, inputs = pickle.loads(story.read_bytes())  # noqa: S301 - it was written by this program
    shutil.copy(f"{story}.db", f"{story}.{calls}.db")
    database = connect(f"{story}.{calls}.db")
    database.execute("PRAGMA synchronous=OFF")
    last, known, world = head(database), Known(), World()
    for number, (entry, now, base) in enumerate(inputs[: start + (len(inputs) - start) * calls // MORE]):
        turn = handle(world, entry, now, base)
        if number >= start and (written := entry_of(entry, turn, base)):
            last = append(database, last, [written], known)
    database.close()


def _record(story: Path) -> None:
    calls = CountedCalls(Path(f"{story}.db"))
    calls.plain_call()
    start = len(calls.inputs)
    calls.journal.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(f"{story}.db", f"{story}.start")
    for _ in range(MORE):
        calls.plain_call()
    story.write_bytes(pickle.dumps((start, calls.inputs)))
    calls.close()
    shutil.move(f"{story}.start", f"{story}.db")
    for left in ("-wal", "-shm"):
        Path(f"{story}.db{left}").unlink(missing_ok=True)


def _counted(valgrind: str, story: Path, calls: int) -> int:
    tool = [valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    command = [*SAME_PLACES, *tool, sys.executable, "-m", "tests.call_cost.instructions", str(story), str(calls)]
    run = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    found = COUNTED.search(run.stderr)
    assert found, run.stderr
    return int(found[1].replace(",", ""))


if __name__ == "__main__":
    replay(Path(sys.argv[1]), int(sys.argv[2]))
