"""The cost of a commit in both engines, in turn, with a network of 0.3 ms each way and a synchronous standby."""

import os
import shutil
import time
from pathlib import Path
from statistics import median

from tests.postgresql.at_night import at_night
from tests.postgresql.day_of_calls import lived
from tests.postgresql.relay import relay
from tests.postgresql.test_primary_killed import pair
from warmline.store.database import lease
from warmline.store.database.database import connect
from warmline.store.journal.journal_entry import append, head
from warmline.store.maintenance.move import move
from warmline.system.database_address import DatabaseAddress

pytestmark = at_night

NETWORK = 0.0003  # seconds, each way
LATER, DEARER = 4.0, 1.3  # limits: times SQLite's latency, and times its processor time


def test_commit_cost_within_limits(tmp_path: Path) -> None:
    before, entries = lived(tmp_path, seed=1, steps=60)
    load = os.getloadavg()[0]
    with pair(NETWORK) as (primary, _), relay(primary.port, NETWORK) as port:
        primary.run("CREATE DATABASE cost")
        database = DatabaseAddress(primary.address("cost", port))
        move(Path(shutil.copy(before, tmp_path / "source.db")), database)
        ways = {"SQLite": connect(before), "PostgreSQL": connect(database)}
        lease.take(ways["PostgreSQL"], "test")
        heads, known = {name: head(db) for name, db in ways.items()}, {name: {} for name in ways}  # type: ignore[var-annotated]
        took: dict[str, list[float]] = {name: [] for name in ways}
        work: dict[str, list[float]] = {name: [] for name in ways}
        for entry in entries:
            for name, db in ways.items():
                began, worked = time.perf_counter(), time.thread_time()
                heads[name] = append(db, heads[name], [entry], known[name])
                took[name].append(1000 * (time.perf_counter() - began))
                work[name].append(1000 * (time.thread_time() - worked))
        print(f"\n{len(entries)} commits of one turn each, in turn; load {load:.1f}")
        for name, db in ways.items():
            found, late = median(took[name]), sorted(took[name])[len(entries) * 99 // 100]
            print(f"{name:12} p50 {found:.2f} ms, p99 {late:.2f} ms, processor {median(work[name]):.2f} ms")
            db.close()
        assert heads["SQLite"] == heads["PostgreSQL"]
        if load < (os.cpu_count() or 1):  # a commit of PostgreSQL waits for five processes, each for a processor
            assert median(took["PostgreSQL"]) <= LATER * median(took["SQLite"])
        assert median(work["PostgreSQL"]) <= DEARER * median(work["SQLite"])
