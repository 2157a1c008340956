"""The upgrade from each kept release, with calls in progress: nothing that was said or written is lost."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from lab import process, programs
from tests.internals.databases import SCHEMA_VERSION
from tests.package import installed_wheel, kept_release
from tests.package.installed_wheel import environment, run
from tests.package.talking_calls import call_centre
from tools.release import checks
from tools.release.wheel import PROJECT
from tools.simulation.call_centre.real_world import LOST

LAB_USERS = ("agent", "supervisor", "manager", "admin")
CONTROL = 10.0  # seconds of the comparison without an upgrade
ROUNDS = 3  # of stop and start, until one loses no packet beyond the control
AFTERWARDS = 1.0  # seconds in which calls are still listened to after the app was stopped or started
# Agents who do not work in the database of the release: the others have had a call when Asterisk ended.
PAIRS, THREE_WAY = ("1003", "1004", "1005"), "1006"
COLUMNS = """
    SELECT made.name, info.name FROM sqlite_schema AS made, pragma_table_info(made.name) AS info
    WHERE made.type = 'table' ORDER BY made.rowid, info.cid
"""
RELEASED = "released.db"  # the database as the release left it
WITHOUT_KEYS, SELECTABLE, KEY = "0.9.0", 3, 11  # a release whose codes had no digits; columns of a disposition
PRESSED = (*"123456789", *(f"0{digit}" for digit in range(1, 10)))  # for the codes that agents may choose
NUMBERS = ("493012345680", "493012345681", "493012345682", "493012345683", "493012345684")


def rows(path: Path, release: Path | None = None) -> dict[str, set[tuple[object, ...]]]:
    """Return the rows of each table but notes about the program, with the columns that a database of a release has.

    Tables and columns that were taken out since then are left out.
    """
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript((PROJECT / "schema.sql").read_text())
        now = set(fresh.execute(COLUMNS))
    with closing(sqlite3.connect(release or path)) as named, closing(sqlite3.connect(path)) as connection:
        columns: dict[str, list[str]] = {}
        for table, name in named.execute(COLUMNS):
            if (table, name) in now:
                columns.setdefault(table, []).append(name)
        found = {}
        for table, names in columns.items():
            kept = ", ".join(f'"{name}"' for name in names)
            found[table] = set(connection.execute(f'SELECT {kept} FROM "{table}"'))  # noqa: S608 - names of the schema
    return {table: rows for table, rows in found.items() if table != "meta" and not table.startswith(("_", "sqlite_"))}


@pytest.fixture(params=kept_release.with_source(), ids=lambda release: release.name)
def release(request: pytest.FixtureRequest) -> Path:
    """Provide the folder of each kept release whose program can be built."""
    return Path(request.param)


@pytest.fixture
def released(release: Path, bare: Path, tmp_path: Path) -> Path:
    """Return the program `warmline` of the release."""
    return environment(tmp_path / "env", kept_release.wheel(release), bare)


def test_the_database_of_the_release_has_every_kind_of_record(release: Path, tmp_path: Path) -> None:
    found = rows(kept_release.database(tmp_path / "w.db", release))
    for table in ("user", "call", "receipt", "recording", "journal", "config_journal", "lead", "callback", "did"):
        assert found[table], table
    assert any("talking" in row for row in found["call"]) and any("out" in row for row in found["call"])


def test_calls_survive_an_upgrade_that_forgets_the_migration(
    release: Path, released: Path, packages: tuple[Path, Path], short_path: Path
) -> None:
    asyncio.run(upgraded(release, released, packages[0], short_path))


async def upgraded(release: Path, warmline: Path, new: Path, short_path: Path) -> None:
    """Upgrade with three pairs and a three-way on the line; compare with a time without an upgrade."""
    folder = short_path / "lab"
    folder.mkdir()
    (folder / "warmline.toml").touch()  # the folder of a previous lab: its database is used again
    kept_release.database(folder / RELEASED, release)
    before = rows(kept_release.database(folder / "warmline.db", release))
    async with call_centre(warmline, folder) as centre:
        for agent, number in zip(PAIRS, NUMBERS, strict=False):
            await centre.pair(agent, number)
        three = await centre.three_way(THREE_WAY, NUMBERS[3])
        control = await centre.during(asyncio.sleep(CONTROL))
        stopped = await centre.during(asyncio.to_thread(stop, folder))
        away = await centre.during(asyncio.to_thread(upgrade, release, warmline, new, folder))
        started = await centre.during(asyncio.to_thread(start, warmline, folder))
        print(f"before the upgrade: {control}", f"stop: {stopped}", f"away: {away}", f"start: {started}", sep="\n")
        assert [one.gaps for one in (control, stopped, away, started)] == [0, 0, 0, 0]
        # The app that is away costs no packet. Losses of that time are the machine's, as those of the control.
        machine = max(LOST, control.unheard, away.unheard)
        rounds = [max(stopped.unheard - stopped.late, started.unheard - started.late)]
        # A mixer that is late drops five packets, in some bridge, once. A loss by Warmline recurs.
        while rounds[-1] > machine and len(rounds) < ROUNDS:
            stopped = await centre.during(asyncio.to_thread(stop, folder))
            started = await centre.during(asyncio.to_thread(start, warmline, folder))
            rounds.append(max(stopped.unheard - stopped.late, started.unheard - started.late))
        assert min(rounds) <= machine, f"packets lost in each of {len(rounds)} rounds: {rounds}"
        assert (await centre.ask(THREE_WAY, "transfer_conference", value="LEAVE_3WAY_CALL")).startswith("SUCCESS")
        customer, third = three.lines["customer"], three.lines["third"]
        since = time.monotonic()
        await three.ear.heard(customer, third, since)
        await three.ear.heard(third, customer, since)
        assert (await centre.ask(THREE_WAY, "external_status", value="SALE")).startswith("SUCCESS")
        await centre.call(THREE_WAY, three.lines["agent"], NUMBERS[4])
    settings = {"WARMLINE_CONFIG": str(folder / "warmline.toml")}
    head = str(max(before["journal"])[-1])  # the hash of the last row; the files of the release are not here
    for check in ("db check", f"audit verify --no-files --expect {head}"):
        done = run(warmline, *check.split(), folder=short_path, **settings)
        assert done.returncode == 0, (check, done.stdout, done.stderr)
    after = rows(folder / "warmline.db", folder / RELEASED)
    assert before["journal"] < after["journal"] and people(before) == people(after)
    assert {row[0] for row in before["call"]} <= {row[0] for row in after["call"]}


def stop(folder: Path) -> None:
    """Stop the guard and the app of the lab."""
    for record in (programs.guard_record, programs.app_record):
        process.stop(record(folder))
    time.sleep(AFTERWARDS)


def start(warmline: Path, folder: Path) -> None:
    """Start the app of the lab, and wait until it controls the calls again."""
    started = run(warmline, "lab", "restart-app", "--dir", folder, folder=folder)
    assert started.returncode == 0, started.stderr
    time.sleep(AFTERWARDS)


def upgrade(release: Path, warmline: Path, wheel: Path, folder: Path) -> None:
    """Upgrade as the page on operation says; the migration is forgotten once, if the release has another schema."""
    settings = {"WARMLINE_CONFIG": str(folder / "warmline.toml")}
    copy, path = folder / "before.db", folder / "warmline.db"
    before, migrates = rows(path), schema(path) != SCHEMA_VERSION
    installed_wheel.install(warmline.with_name("python"), wheel)
    assert checks.version(PROJECT) in run(warmline, "--version", folder=folder).stdout
    if migrates:
        forgotten = run(warmline, "serve", "calls", folder=folder, **settings)
        assert forgotten.returncode != 0 and "warmline db migrate" in forgotten.stderr
    done = run(warmline, "db", "migrate", "--backup", copy, folder=folder, **settings)
    said = str(copy) if migrates else "is up to date"
    assert done.returncode == 0 and said in done.stdout, (done.stdout, done.stderr)
    after = rows(path, folder / RELEASED)
    if release.name == WITHOUT_KEYS:
        before["disposition"] = with_keys(before["disposition"])
    assert after == before and schema(path) == SCHEMA_VERSION


def with_keys(dispositions: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
    """Return the rows with the digits that agents pressed on their page: by name, nine codes to a page."""
    keys = dict(zip(sorted(str(row[0]) for row in dispositions if row[SELECTABLE] == "Y"), PRESSED, strict=False))
    return {(*row[:KEY], keys.get(str(row[0]), ""), *row[KEY + 1 :]) for row in dispositions}


def people(found: dict[str, set[tuple[object, ...]]]) -> set[tuple[object, ...]]:
    """Return the users but those of the lab, whose passwords are new with each start."""
    return {row for row in found["user"] if row[0] not in LAB_USERS}


def schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0])
