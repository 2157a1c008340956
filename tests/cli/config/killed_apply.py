"""Kills `config apply` at each of its writes, and checks the result.

FOLDER contains `before.db` and `new.toml`. Each attempt is a process, forked here, on a copy of the database. It is
killed at its Nth statement, or after it has written N blocks of bytes. For the second way, the kernel kills a process
in the middle of a write when its file exceeds a limit. The results of the attempts are printed as JSON. `make test`
kills at each third place of the log and each third statement, `tools/nightly soak` at each.
"""

import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing, nullcontext
from functools import partial
from itertools import count
from pathlib import Path

from tests.soak import soaking
from warmline.options import config_files
from warmline.store.configuration import change_plan, config
from warmline.store.database import database, reading
from warmline.store.journal import hash_chain


def outcomes(folder: Path) -> dict[str, Counter[str]]:
    """Count how often the old and the new configuration was left, by kind of kill, and how often no kill happened."""
    before, work = folder / "before.db", folder / "work.db"
    old = state(before)
    shutil.copy(before, work)
    named, _ = config_files.read(folder / "new.toml")
    planned = change_plan.plan(work, named)
    change_plan.apply(work, planned, who="ada")
    new = state(work)
    assert old != new
    found: dict[str, Counter[str]] = {}
    for way, (arm, app_runs) in WAYS.items():
        found[way] = Counter()
        alive = False
        for point in count(1, 3 if app_runs and not soaking() else 1):
            for file in folder.glob("work.db*"):
                file.unlink()
            shutil.copy(before, work)
            with closing(database.connect(work)) if app_runs else nullcontext() as app:
                if app:
                    app.execute("SELECT count(*) FROM campaign").fetchone()
                alive = attempt(partial(arm, point), work, planned)
            left = state(work)
            assert left in (old, new), (way, point)
            found[way][("" if alive else "killed, ") + ("old" if left == old else "new")] += 1
            if alive:
                break
    return found


def state(path: Path) -> tuple[object, int]:
    """Return the whole configuration, and the number of recorded changes; check the journal and the file."""
    assert hash_chain.verify(path) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (noted,) = connection.execute("SELECT count(*) FROM config_journal").fetchone()
    return config.everything(path, secrets=True), noted


def attempt(arm: Callable[[], None], path: Path, planned: list[change_plan.ConfigChange]) -> bool:
    """Make the changes in a process that will be killed; return whether it finished."""
    child = os.fork()
    if not child:
        try:
            arm()
            change_plan.apply(path, planned, who="ada")
            os._exit(0)
        finally:
            os._exit(99)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGXFSZ)
        return False
    assert os.waitstatus_to_exitcode(status) == 0
    return True


def at_statement(point: int) -> None:
    """Kill this process when it begins its Nth statement."""
    left = point

    def step(_: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(path: str | Path) -> sqlite3.Connection:
        connection = database.connect(path)
        connection.set_trace_callback(step)
        return connection

    reading.connect = connect  # type: ignore[assignment]  # this process is about to die


def after_bytes(point: int, stretch: int) -> None:
    """Limit the files of this process to N blocks of bytes; the kernel ends the process at the limit."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (point * stretch, point * stretch))


# The ways to kill it, and whether another program has the database open. If so, only the log is written. If not, the
# log is copied into the database's file at the end.
WAYS = {
    "statement": (at_statement, True),
    "log": (partial(after_bytes, stretch=1031), True),
    "file": (partial(after_bytes, stretch=16_384), False),
}

if __name__ == "__main__":
    print(json.dumps(outcomes(Path(sys.argv[1]))))
