"""The app is killed while it writes: all rows reported as stored exist, and the tables are consistent."""

import asyncio
import json
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from tests.soak import soaking
from tests.store import busy_app
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.database import database
from warmline.store.journal import hash_chain


def write_and_be_killed(path: Path, answers: int) -> int:
    """Let the app write until it has had this many answers, then kill it; return the time of the last answer."""
    reads, writes = os.pipe()
    if not (app := os.fork()):  # a new Python would import for longer than it writes
        sys.stdout = open(writes, "w")  # noqa: SIM115 - until it is killed
        try:
            asyncio.run(busy_app.run(str(path)))
        finally:
            os._exit(1)
    os.close(writes)
    with open(reads) as told:
        seen = [int(told.readline()) for _ in range(answers)]
        os.kill(app, signal.SIGKILL)
    os.waitpid(app, 0)
    return seen[-1]


def last_of_each_call(path: Path) -> dict[str, dict[str, object]]:
    """Return each call by the newest journal row."""
    with closing(database.connect(path)) as connection:
        rows = connection.execute("SELECT call, payload FROM journal ORDER BY seq")
        return {call: json.loads(payload) for call, payload in rows}


def test_nothing_is_lost_or_torn(db: Path) -> None:
    for answers in range(1, 60, 1 if soaking() else 6):
        answered = write_and_be_killed(db, answers)
        calls = last_of_each_call(db)
        with closing(database.connect(db)) as connection:
            times = [at for (at,) in connection.execute("SELECT at FROM journal ORDER BY seq")]
            derived = dict(connection.execute("SELECT id, number FROM call"))
            still_open = dict(connection.execute("SELECT id, body FROM open_state"))
        assert times == list(range(1, len(times) + 1)) and len(times) >= answered
        assert derived == {name: call["number"] for name, call in calls.items()}
        assert {name: json.loads(body) | {"server": MAIN_SERVER} for name, body in still_open.items()} == {
            name: call for name, call in calls.items() if call["ended"] is None
        }
        assert hash_chain.verify(db) == []
