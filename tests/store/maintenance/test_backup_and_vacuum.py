"""The database file: copied beside a busy app, restored, checked, vacuumed."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store import left_databases
from tests.wording.said import refused
from warmline.store.configuration import api_users, config, user_sessions, users
from warmline.store.database import database, leader_epoch
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import hash_chain
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import LinkRefused
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.migrations.schema_migration import migrate

ROOT = Path(__file__).parents[3]
RECORDING = """
    INSERT INTO recording
    VALUES ('R1', 'C1', 'call', '', '', 1, 1, 2, 'kept', '', 'none.wav', 4, 1, '', '', 0, '', '', 0, 'main')
"""


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_copy_beside_an_app_that_writes(db: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.store.busy_app", str(db)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=ROOT) as app:
        assert app.stdout
        answered = [int(app.stdout.readline()) for _ in range(20)]
        copies = []
        for name in ("one", "two"):
            said: list[tuple[int, int]] = []
            size = backup_and_vacuum.backup(
                db, tmp_path / name, lambda left, total, said=said: said.append((left, total))
            )
            assert said[-1][0] == 0 and size == (tmp_path / name).stat().st_size
            copies.append(rows(tmp_path / name))
        while int(app.stdout.readline()) <= copies[0]:  # it continues to write
            pass
        app.kill()
    assert answered[-1] <= copies[0] <= copies[1]
    for name in ("one", "two"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
        assert backup_and_vacuum.check(tmp_path / name) == hash_chain.verify(tmp_path / name) == []
    assert sorted(file.name for file in tmp_path.iterdir() if "partial" in file.name) == []


def test_a_restored_copy_equals_the_original(db: Path, tmp_path: Path) -> None:
    config.create(db, "phone", "1000", {}, who="ada")
    backup_and_vacuum.backup(db, tmp_path / "copy")
    before = dump(db)
    config.create(db, "phone", "1001", {}, who="ada")
    now = dump(db)
    known = (database.SCHEMA_VERSION, True, 0, 0, 0, ())
    assert database_restore.restore(db, tmp_path / "copy", tmp_path / "kept") == known
    assert dump(db) == before != now == dump(tmp_path / "kept")
    config.create(db, "phone", "1001", {}, who="ada")
    assert hash_chain.verify(db) == []


def test_sessions_of_users_do_not_come_back(db: Path, tmp_path: Path) -> None:
    config.create(db, "user", "anna", {"pass": "opensesame7", "role": "manager"}, who="ada")
    token = user_sessions.begin(db, "anna", "opensesame7", "").token
    backup_and_vacuum.backup(db, tmp_path / "copy")
    user_sessions.end(db, token)
    assert database_restore.restore(db, tmp_path / "copy") == (database.SCHEMA_VERSION, True, 1, 0, 0, ())
    assert users.of_token(db, token) is None
    assert hash_chain.verify(db) == backup_and_vacuum.check(db) == []


def test_a_foreign_trigger_on_the_sessions_of_a_copy_does_not_run(db: Path, tmp_path: Path) -> None:
    config.create(db, "user", "anna", {"pass": "opensesame7", "role": "manager"}, who="ada")
    user_sessions.begin(db, "anna", "opensesame7", "")
    backup_and_vacuum.backup(db, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as connection:
        connection.execute("UPDATE meta SET value = 'another commit' WHERE key = 'fingerprint'")
        connection.execute("CREATE TRIGGER evil AFTER DELETE ON user_session BEGIN DELETE FROM user; END")
        connection.commit()
    database_restore.restore(db, tmp_path / "copy")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT id FROM user").fetchall() == [("anna",)]


def test_revoked_links_to_recordings_do_not_come_back(db: Path, tmp_path: Path) -> None:
    config.create(db, "api-user", "6666", {"pass": "1234567890", "scopes": "ALL"}, who="ada")
    config.set_options(db, "setting", "warmline", {"recording_links": "api"}, who="ada")
    with connect(db) as open_db:
        open_db.execute(RECORDING)
        maker = api_users.find(open_db, "6666")
    assert maker
    [link] = signed_recording_links.make(db, ["R1"], maker, 1000)
    backup_and_vacuum.backup(db, tmp_path / "copy")
    assert signed_recording_links.check(db, "R1", link, 1001)
    signed_recording_links.revoke(db, "R1")
    database_restore.restore(db, tmp_path / "copy")
    with refused(LinkRefused, "recording_link_wrong"):
        signed_recording_links.check(db, "R1", link, 1001)


def test_a_copy_replaces_a_damaged_database(db: Path, tmp_path: Path) -> None:
    backup_and_vacuum.backup(db, tmp_path / "copy")
    before = dump(db)
    db.write_bytes(b"nothing of the kind" * 1000)
    database_restore.restore(db, tmp_path / "copy", tmp_path / "kept")
    assert dump(db) == before and (tmp_path / "kept").read_bytes().startswith(b"nothing of the kind")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda file: None, "copy_missing"),
        (lambda file: file.write_text("a letter"), "copy_no_database"),
        (lambda file: sqlite3.connect(file).execute("CREATE TABLE a (b)"), "copy_no_database"),
    ],
)
def test_an_invalid_copy_is_refused(db: Path, tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    make(tmp_path / "copy")
    before = dump(db)
    with refused(StoreError, code, file=tmp_path / "copy"):
        database_restore.restore(db, tmp_path / "copy")
    assert dump(db) == before


def test_a_newer_copy_is_refused(db: Path, tmp_path: Path) -> None:
    backup_and_vacuum.backup(db, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
        connection.commit()
    with refused(StoreError, "copy_newer", schema=99):
        database_restore.restore(db, tmp_path / "copy")


def test_a_restored_copy_has_the_highest_epoch_that_is_known(db: Path, tmp_path: Path) -> None:
    """The gates refuse an app with a lower epoch than they have seen."""
    backup_and_vacuum.backup(db, alone := tmp_path / "alone")
    assert database_restore.restore(db, alone).epoch == 0 and leader_epoch.read(db) == 0
    leader_epoch.begin_next(db)
    backup_and_vacuum.backup(db, copy := tmp_path / "copy")
    assert [leader_epoch.begin_next(db) for _ in range(3)] == [2, 3, 4]
    assert database_restore.restore(db, copy).epoch == 4 and leader_epoch.read(db) == 4
    assert database_restore.restore(db, copy, epoch=9).epoch == 9 and leader_epoch.begin_next(db) == 10
    assert database_restore.restore(tmp_path / "new.db", copy, epoch=1).epoch == 0
    (damaged := tmp_path / "damaged.db").write_bytes(b"no database" * 1000)
    assert database_restore.restore(damaged, copy, epoch=3).epoch == 3 and leader_epoch.read(damaged) == 3


def test_a_reference_to_nothing_is_found(db: Path) -> None:
    config.create(db, "campaign", "SHOP", {}, who="ada")
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE campaign SET default_xfer_group = 'NOWHERE'")
        connection.commit()
    assert backup_and_vacuum.check(db) == ["a row of campaign names a row of ingroup that does not exist"]


def test_a_file_becomes_smaller(db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("CREATE TABLE much AS SELECT zeroblob(4000000) AS b")
        connection.execute("DROP TABLE much")
        connection.commit()
    size = backup_and_vacuum.vacuum(db)
    assert size.before > 4_000_000 > size.after == db.stat().st_size


def killed_at(number: int, does: Callable[[Callable[[sqlite3.Connection], None]], None]) -> bool:
    """Run it in a process that kills itself before its n-th statement; return whether this happened."""
    child = os.fork()
    if child == 0:
        left = number

        def statement(_: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            does(lambda connection: connection.set_trace_callback(statement))
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_migration_that_is_killed_is_done_or_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each kill: the old schema with every row, or a later one from which the rest can be applied."""
    old = left_databases.write("0.9.0", tmp_path / "old.db")
    states = {"\n".join(dump(old)): "old"}
    really = database._opened

    def migrate_watched(watch: Callable[[sqlite3.Connection], None]) -> None:
        def opened(path: Path, busy: float) -> sqlite3.Connection:
            connection = really(path, busy)
            watch(connection)
            return connection

        monkeypatch.setattr(database, "_opened", opened)
        migrate(tmp_path / "db")

    left: dict[str, list[str]] = {"old": ["fourth", "fifth", "sixth"], "4": ["fifth", "sixth"], "5": ["sixth"], "6": []}
    seen = []
    for number in range(1, 4000, 1 if os.environ.get("WARMLINE_SOAK") else 53):
        for file in tmp_path.glob("db*"):
            file.unlink()
        (tmp_path / "db").write_bytes(old.read_bytes())
        was_killed = killed_at(number, migrate_watched)
        with closing(database.create(tmp_path / "db")) as connection:
            version, _ = database.schema_of(connection)
        state = states.get("\n".join(dump(tmp_path / "db")), str(version))
        seen.append(state)
        assert state in left, f"after statement {number}"
        if state != "old":  # complete; the remaining migrations can be applied
            with closing(sqlite3.connect(tmp_path / "db")) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert migrate(tmp_path / "db") == left[state]
            assert backup_and_vacuum.check(tmp_path / "db") == []
        if not was_killed:
            break
    assert migrate(tmp_path / "db") == []
    assert seen[0] == "old" and {"4", seen[-1]} < set(seen) and not was_killed and len(seen) > 8
