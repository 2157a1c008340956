"""Databases of the last release and of commits since are upgraded by this program alone, and keep all rows."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyotp
import pytest
from sqlite_utils import Database

from tests.internals.databases import (
    FINGERPRINT,
    REMOVED,
    SCHEMA,
    SCHEMA_VERSION,
    CodeNeeded,
    ConfigurationChanged,
    Event,
    LostPeriod,
    Reconciled,
    Reconciling,
    SentCode,
    State,
    StoreError,
    UserRole,
    backup_and_vacuum,
    config,
    configuration_snapshot,
    database,
    database_restore,
    fingerprint,
    handle,
    hash_chain,
    ids,
    lost_period,
    meaning,
    migrate,
    migration_steps,
    one_time_codes,
    open_state,
    rebuild,
    report_mails,
    restore,
    schema,
    schema_check,
    second_factors,
    upgrade,
    user_sessions,
)
from tests.store import left_databases
from tests.wording.said import refused

PASSWORD = "opensesame7"  # noqa: S105 - of a test
OURS = ("meta", "sqlite_", "_sqlite_")
# Values that an administrator had given to options that were removed in schema 6.
GIVEN_BEFORE: dict[tuple[str, str], str | int] = {
    ("campaign", "dial_weight"): 7,
    ("campaign", "give_up"): "N",
    ("campaign", "phone_caller_name"): "Desk 5",
    ("campaign", "xfer_groups"): '["SALESLINE"]',
    ("ingroup", "hold_time_option"): "CALLERID_CALLBACK",
    ("ingroup", "hold_time_option_seconds"): 90,
    ("disposition", "unworkable"): "Y",
    ("setting", "dial_reserve"): 40,
}
REMOVED_COLUMNS = {(kind.replace("-", "_"), option) for kind, option in REMOVED}
NAMES = [*left_databases.ALL]
FIRST_RELEASE, LAST_RELEASE = left_databases.RELEASES[0].parent.name, left_databases.RELEASES[-1].parent.name


@pytest.fixture(params=NAMES)
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Provide a database that was left."""
    return left_databases.write(request.param, tmp_path / "left.db")


@pytest.fixture(params=left_databases.older())
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Provide a database that was left, and that this program upgrades."""
    return left_databases.write(request.param, tmp_path / "older.db")


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Provide the database of the first release."""
    return left_databases.write(FIRST_RELEASE, tmp_path / "released.db")


def objects(script: str) -> dict[str, str]:
    """Return the SQL of each object of a schema, by name."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {name: meaning(sql) for name, sql in rows if not name.startswith(OURS) and "_migrations" not in name}


def columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the columns of each table and view, in their order."""
    found = connection.execute(
        "SELECT object.name, column.name FROM sqlite_schema AS object, pragma_table_info(object.name) AS column "
        "WHERE object.type IN ('table', 'view') ORDER BY object.name, column.cid"
    )
    table: dict[str, list[str]] = {}
    for name, column in found:
        table.setdefault(name, []).append(column)
    return {name: names for name, names in table.items() if not name.startswith(("sqlite_", "_sqlite_"))}


def values(path: Path, of: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of these tables with these columns, but for notes about the program."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table in of.keys() & tables - {"meta"}:
            names = ", ".join(f'"{name}"' for name in of[table])
            found[table] = sorted(connection.execute(f'SELECT {names} FROM "{table}"'), key=str)  # noqa: S608 - names of the schema
    return found


def test_the_number_counts_up_with_the_first_change_after_a_release() -> None:
    """If this fails, do what warmline/store/migrations/migration_steps.py says about the first change of schema.sql."""
    last = left_databases.script(left_databases.ALL[LAST_RELEASE])
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(last)
        number, _ = database.schema_of(connection)
    assert objects(schema(number)) == objects(last), f"schema_{number}.sql is not what {LAST_RELEASE} released"
    changed = meaning(SCHEMA.read_text()) != meaning(schema(number))
    assert number + changed == SCHEMA_VERSION


def test_each_release_is_kept_with_its_schema() -> None:
    for path in left_databases.RELEASES:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(path.read_text())
            assert list(schema_check.differences(connection, database.schema_of(connection)[0])) == [], path


def test_left_databases_have_rows_in_each_changed_table(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        path = left_databases.write(name, tmp_path / f"{number}.db")
        with closing(sqlite3.connect(path)) as connection:
            found = values(path, columns(connection))
        for table in ("user", "call", "receipt", "recording", "journal", "config_journal", "lead", "callback", "did"):
            assert found[table], (name, table)
        assert name == FIRST_RELEASE or (found["attempt"] and found["dialler"])


def test_campaigns_from_before_an_upgrade_dial_star_codes_as_before(left: Path) -> None:
    def stars() -> set[str]:
        with closing(sqlite3.connect(left)) as connection:
            return {value for (value,) in connection.execute("SELECT deny_star_codes FROM campaign")}

    with closing(sqlite3.connect(left)) as connection:
        knows = "deny_star_codes" in columns(connection)["campaign"]
    before = stars() if knows else {"N"}
    left_databases.upgrade(left)
    assert stars() == before
    config.create(left, "campaign", "NEWER", {}, who="ada")
    assert stars() == before | {"Y"}
    with closing(sqlite3.connect(left)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'another commit' WHERE key = 'fingerprint'")
    migrate(left)
    assert stars() == before | {"Y"}, "the same migration once more"


def test_users_of_a_left_database_log_in_and_enrol(left: Path) -> None:
    """An upgrade asks for no code, and requires no second factor."""
    left_databases.upgrade(left)
    config.create(left, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")
    key, now = one_time_codes.new_key(), 1_800_000_000.0
    token = user_sessions.begin(left, "mia", PASSWORD, "").token
    assert second_factors.keys(left) == {} and not second_factors.is_required(left, UserRole.ADMIN)
    secret = second_factors.begin(left, key, token, PASSWORD).secret
    second_factors.confirm(left, key, token, pyotp.TOTP(secret).at(int(now)), now)
    with pytest.raises(CodeNeeded):
        user_sessions.begin(left, "mia", PASSWORD, "")
    sent = SentCode(pyotp.TOTP(secret).at(int(now) + 30), key, now + 30)
    assert user_sessions.begin(left, "mia", PASSWORD, "", code=sent).token
    assert backup_and_vacuum.check(left) == []


def test_an_upgraded_database_has_the_current_schema(left: Path, db: Path) -> None:
    wanted = left_databases.due(left)
    assert upgrade(left).applied == wanted
    with closing(database.connect(left)) as upgraded, closing(database.connect(db)) as new:
        assert list(schema_check.differences(upgraded, SCHEMA_VERSION)) == []
        assert columns(upgraded) == columns(new)
        assert database.schema_of(upgraded) == (SCHEMA_VERSION, FINGERPRINT)
    assert backup_and_vacuum.check(left) == []
    assert upgrade(left) == ([], None)


def test_every_value_is_kept_and_the_journals_are_whole(left: Path) -> None:
    with closing(sqlite3.connect(left)) as connection:
        former = columns(connection)
        views = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    former.pop("report_run", None)  # of them report_mail has the newest
    for table, names in former.items():
        former[table] = [name for name in names if (table, name) not in REMOVED_COLUMNS]
    former["disposition"] = [name for name in former["disposition"] if name != "key"]  # those without one get one
    before = values(left, {table: names for table, names in former.items() if table not in views})
    left_databases.upgrade(left)
    assert values(left, {table: former[table] for table in before}) == before
    assert hash_chain.verify(left) == []


CODES = "SELECT id, key FROM disposition WHERE selectable = 'Y' ORDER BY id"


def test_codes_keep_their_order_and_keys_and_get_the_digits_of_the_page(left: Path) -> None:
    with closing(sqlite3.connect(left)) as connection:
        if "place" in columns(connection)["disposition"]:  # of a commit whose codes have their own digits
            before = connection.execute("SELECT id, key, place FROM disposition").fetchall()
            migrate(left)
            assert connection.execute("SELECT id, key, place FROM disposition").fetchall() == before
            return
        connection.execute("UPDATE disposition SET key = '4' WHERE id = 'SALE'")
        connection.commit()
        former = [code for code, _ in connection.execute(CODES)]
    migrate(left)
    with closing(database.connect(left)) as connection:
        found = dict(connection.execute(CODES).fetchall())
        order = connection.execute("SELECT id FROM disposition WHERE selectable = 'Y' ORDER BY place, id")
        assert [code for (code,) in order] == list(found) == former
        others = connection.execute("SELECT DISTINCT place, direction, reached FROM disposition").fetchall()
        assert others == [(100, "BOTH", "BOTH")]
        page = [*"123456789", *(f"0{digit}" for digit in range(1, 10))]
        wanted = {code: "" if key == "4" else key for code, key in zip(former, page, strict=False)} | {"SALE": "4"}
        assert found == wanted
        connection.execute("UPDATE disposition SET key = ''")
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'fingerprint'")
        connection.commit()
    assert upgrade(left).applied == [left_databases.STEPS[SCHEMA_VERSION]]
    with closing(database.connect(left)) as connection:
        assert {key for _, key in connection.execute(CODES)} == {""}, "an administrator has emptied them"


def test_the_values_of_removed_options_are_named_and_no_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number, name in enumerate(left_databases.older()):
        path = left_databases.write(name, tmp_path / f"{number}.db")
        with closing(sqlite3.connect(path)) as connection:
            there = columns(connection)
            given = {key: value for key, value in GIVEN_BEFORE.items() if key[1] in there[key[0]]}
            for (kind, option), value in given.items():
                for (entity,) in connection.execute(f"SELECT min(id) FROM {kind}").fetchall():  # noqa: S608 - a kind
                    connection.execute(f"UPDATE {kind} SET {option} = ? WHERE id = ?", [value, entity])  # noqa: S608
            connection.commit()
        caplog.clear()
        migrate(path)
        lines = (line for line in caplog.messages if " was dropped: " in line)
        found = [line for line in lines if not line.startswith("disposition DISC: ")]  # that centre's own code
        assert len(found) == len(given), found
        for (kind, option), value in given.items():
            assert any(line.startswith(f"{kind} ") and f": {option}={value} was dropped: " in line for line in found)
        with closing(database.connect(path)) as connection:
            now = columns(connection)
            assert not [(table, option) for table, option in REMOVED_COLUMNS if option in now[table]]
            assert configuration_snapshot.load_rules(connection).campaigns, name


def test_scheduled_reports_keep_what_they_send_and_send_no_period_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A report was sent, one failed, one was not active; in Berlin a day begins before midnight in UTC."""
    path = left_databases.write(LAST_RELEASE, tmp_path / "left.db")
    day, hour = 86_400_000_000, 3_600_000_000
    ends = 20_000 * day - hour
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE setting SET timezone = 'Europe/Berlin'")
        given = 'INSERT INTO scheduled_report (id, reports, mail_to, active) VALUES (?, \'["day", "missed"]\', ?, ?)'
        for name, active in (("sent", "Y"), ("late", "Y"), ("off", "N")):
            connection.execute(given, [name, '["boss@example.com"]', active])
        run = 'INSERT INTO report_run (report, begins, ends, "by", ended, why, asked, due) VALUES (?,?,?,?,?,?,1,1)'
        for name, end, who, ended, why in (
            ("sent", ends - day, "", 2, "refused"),
            ("sent", ends, "", 2, ""),
            ("sent", ends - day, "ada", None, ""),
            ("late", ends, "", None, ""),
            ("off", ends, "", 2, ""),
        ):
            connection.execute(run, [name, end - day, end, who, ended, why])
        connection.commit()
    migrate(path)
    emptied = 'scheduled-report off: mail_to=["boss@example.com"] was emptied, because it was not active'
    assert emptied in caplog.messages
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id, reports, mail_to FROM scheduled_report ORDER BY id").fetchall() == [
            ("late", '["day", "missed"]', '["boss@example.com"]'),
            ("off", '["day", "missed"]', "[]"),
            ("sent", '["day", "missed"]', '["boss@example.com"]'),
        ]
        connection.execute("DELETE FROM report_mail WHERE report = 'off'")
        connection.commit()
    now = ends + 7 * hour
    assert [(one.report, str(one.period)) for one in report_mails.due(path, now)] == [("late", "2024-10-03")]
    assert [(mail.first, mail.state) for mail in report_mails.mails(path, "sent")] == [("2024-10-03", "sent")]


def test_calls_in_progress_continue_after_the_upgrade(left: Path) -> None:
    left_databases.upgrade(left)
    with closing(database.connect(left)) as connection:
        world = restore(open_state.load(connection))
        rules = configuration_snapshot.load_rules(connection)
    now = max(call.since for call in world.calls.values())
    events: tuple[Event, ...] = (ConfigurationChanged(rules), Reconciling(), Reconciled())
    for number, event in enumerate(events, 1):
        handle(world, event, now + number, ids.encode(number << 32))
    assert sorted(str(call.state) for call in world.calls.values() if call.state is not State.ENDED) == [
        "talking",
        "three_way",
    ]


def test_leads_of_a_release_count_their_calls_and_are_called_again_as_new_ones(released: Path) -> None:
    with closing(sqlite3.connect(released)) as connection:
        connection.execute("DELETE FROM disposition WHERE id = 'ADCT'")
        connection.execute("UPDATE lead SET phone_code = '1', phone_number = '2125550123' WHERE status = 'NA'")
        connection.execute("UPDATE list SET campaign = 'TESTCAMP' WHERE id = '101'")
        connection.commit()
    migrate(released)
    with closing(database.connect(released)) as connection:
        leads = connection.execute("SELECT status, passes, (next_try - last_call) / 60000000, time_zones FROM lead")
        assert sorted(leads, key=str) == [
            ("INBND", 0, None, ""),
            ("INBND", 0, None, ""),
            ("LATER", 0, None, ""),
            ("NA", 1, 60, "America/New_York"),
            ("SALE", 1, None, ""),
        ]
        methods = connection.execute("SELECT DISTINCT dial_method, amd FROM campaign").fetchall()
        assert methods == [("MANUAL", "OFF")]  # no upgrade begins to dial
        gone = connection.execute("SELECT 1 FROM disposition WHERE id = 'ADCT'").fetchall()
        assert gone == [], "a code that an administrator deleted came back"


def test_rows_written_by_the_dialler_of_a_commit_are_kept(tmp_path: Path) -> None:
    for name in (path.name.split(".")[0] for path in left_databases.COMMITS):
        path = left_databases.write(name, tmp_path / f"{name}.db")
        migrate(path)
        with closing(database.connect(path)) as connection:
            origins = connection.execute(
                "SELECT DISTINCT attempt.origin = call.origin FROM attempt JOIN call ON call.id = attempt.call"
            )
            assert origins.fetchall() == [(1,)], name
            passes = connection.execute("SELECT sum(passes) FROM lead WHERE list_id = '200'").fetchone()
            assert passes == (2,), name


def killed_after_rebuilding(path: Path) -> int:
    """Migrate in a process that ends, as by a power cut, when all tables have been rebuilt; return its signal."""

    def dies(db: Database, script: str) -> None:
        rebuild(db, script)
        os.kill(os.getpid(), signal.SIGKILL)

    if (child := os.fork()) == 0:
        try:
            with patch.object(migration_steps, "rebuild", dies):
                migrate(path)
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def test_a_killed_migration_changes_nothing(older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection:
        before = list(connection.iterdump())
    assert killed_after_rebuilding(older) == signal.SIGKILL
    with closing(sqlite3.connect(older)) as connection:
        assert list(connection.iterdump()) == before
    wanted = left_databases.due(older)
    assert upgrade(older).applied == wanted


def test_a_database_that_cannot_be_backed_up_stays_as_it_is(released: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    before = left_bytes(released)
    with refused(StoreError, "copy_exists"):
        upgrade(released, tmp_path / "copy")
    with refused(StoreError, "copy_not_written"):
        upgrade(released, tmp_path / "nowhere/copy")
    assert left_bytes(released) == before and (tmp_path / "copy").read_text() == "mine"
    with refused(StoreError, "database_schema_differs", schema=3):
        database.connect(released)


def left_bytes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_the_backup_is_the_state_before_and_leads_back(released: Path) -> None:
    before = left_bytes(released)
    done = upgrade(released)
    assert done.backup and left_bytes(done.backup) == before and done.backup.stat().st_mode & 0o777 == 0o600
    with closing(database.connect(released)) as connection:
        last = connection.execute("SELECT max(at) FROM journal").fetchone()[0]
        connection.execute(
            "INSERT INTO journal SELECT max(seq) + 1, at + 5000000, kind, call, agent, payload, payload_hash, hash"
            " FROM journal"
        )
        call = "id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by, status"
        connection.execute(
            f"INSERT INTO call ({call}) VALUES ('new', 'M', 'ended', ?, '1', '2', '', '', '', '', '')",  # noqa: S608
            [last + 1],
        )
    assert lost_period(released, done.backup) == LostPeriod(last, last + 5_000_000, 1)
    assert database_restore.restore(released, done.backup)[:3] == (3, False, 0)
    assert left_bytes(released) == before
    assert lost_period(released, done.backup) is None


def altered(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


@pytest.mark.parametrize(
    "other",
    ["DELETE FROM meta WHERE key = 'fingerprint'", f"UPDATE meta SET value = '{SCHEMA_VERSION}'"],  # noqa: S608
)
def test_a_schema_of_another_commit_is_named_and_rebuilt(db: Path, other: str) -> None:
    altered(
        db,
        other,
        "ALTER TABLE pacing RENAME COLUMN body TO content",
        "DROP TABLE attempt",
        "CREATE TRIGGER evil AFTER INSERT ON config_journal BEGIN DELETE FROM did; END",
        "CREATE TRIGGER worse AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM did; END",
        "INSERT INTO did (id, route) VALUES ('800', 'ingroup:AGENTDIRECT')",
    )
    with refused(
        StoreError, "database_fingerprint_differs", path=db, schema=SCHEMA_VERSION, ours=FINGERPRINT
    ) as caught:
        database.connect(db)
    assert str(caught.value).endswith("warmline db migrate") and "\n" not in str(caught.value)
    assert upgrade(db).applied == [left_databases.STEPS[SCHEMA_VERSION]]
    with closing(database.connect(db)) as connection:
        assert list(schema_check.differences(connection, SCHEMA_VERSION)) == []
        assert connection.execute("SELECT id FROM did").fetchall() == [("800",)]


def test_a_database_that_differs_is_never_up_to_date(db: Path) -> None:
    altered(db, "CREATE TRIGGER evil AFTER INSERT ON config_journal BEGIN DELETE FROM did; END")
    with refused(StoreError, "migrated_differs", why="trigger 'evil' is not one of Warmline's"):
        upgrade(db)


def test_the_fingerprint_is_that_of_schema_sql_and_ignores_its_layout() -> None:
    text = SCHEMA.read_text()
    assert fingerprint(text) == FINGERPRINT == fingerprint("-- a comment\n" + text.replace("\n", "\n\n"))
    assert fingerprint(text.replace("DEFAULT 23", "DEFAULT 24")) != FINGERPRINT
