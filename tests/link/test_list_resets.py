"""The real worker process resets lists at their `reset_times`, also if it is killed in the middle."""

import asyncio
import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from lab import configure
from warmline.store.database.database import connect
from warmline.store.database.reading import reading
from warmline.store.leads import timed_resets

MANY = 2000  # leads
WITHIN = 60.0  # seconds, with the start of a process on a busy machine
FILL = """
    INSERT INTO lead (list_id, entry_date, modify_date, phone_number, status, passes)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
    SELECT '101', 0, 0, 3050000000 + i, 'NA', 1 FROM n
"""
# Kills the process after the first transaction of a reset.
DEADLY = """
import os, signal
from warmline.store.database import long_writes
long_writes.leader_lock_file.is_held = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from ari_app.supervisor.start import main
main("workers")
"""


async def workers(folder: Path, *program: str, until: str = "") -> str:
    """Run a worker process until it writes the line with this text, or ends. Return the line."""
    places = {"db": folder / "warmline.db", "run": folder, "recordings": folder, "spool": folder}
    environ = {f"WARMLINE_{name.upper()}": str(value) for name, value in places.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, env=os.environ | environ, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr
    try:
        async with asyncio.timeout(WITHIN):
            async for line in process.stderr:
                if until and until in line.decode():
                    return line.decode()
        return ""
    finally:
        if process.returncode is None and until:
            process.kill()
        await process.wait()


def passes(path: Path) -> list[int]:
    with reading(path) as db:
        return [int(one[0]) for one in db.execute("SELECT passes FROM lead ORDER BY lead_id")]


def test_a_killed_worker_process_resets_each_lead_once(short_path: Path) -> None:
    path = short_path / "warmline.db"
    configure.fill(path, [("list", "101", {})])
    now = datetime.now(UTC)
    with closing(connect(path)) as db:
        db.execute("UPDATE setting SET timezone = 'UTC'")
        db.execute("UPDATE list SET reset_times = json_array(?) WHERE id = '101'", [f"{now:%H:%M}"])
        db.execute(FILL, {"many": MANY})
    asyncio.run(workers(short_path, "-c", DEADLY))
    first = passes(path).index(1)
    assert passes(path) == [0] * first + [1] * (MANY - first) and 0 < first < MANY
    with closing(connect(path)) as db:
        db.execute("UPDATE lead SET passes = 1 WHERE lead_id = 1")  # it was called since
    said = asyncio.run(workers(short_path, "-m", "ari_app", "workers", until="reset_times has reset"))
    assert f"reset_times has reset {MANY} leads of list 101" in said
    assert passes(path) == [1] + [0] * (MANY - 1)
    assert timed_resets.begin_due(path, int(now.timestamp() * 1e6)) == {}
