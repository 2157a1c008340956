"""The copy of what routes calls answers as the database does, and in its place while the server is away."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ari_app.workers import routing_copy_refresh
from ari_app.workers.routing_copy_refresh import keep_fresh
from lab import configure
from warmline.core.rules import routing
from warmline.store.agi import routing_copy, routing_facts
from warmline.store.agi.routing_copy import RoutingCopyError
from warmline.store.agi.routing_facts import KEPT_FOR, FactsError, KeptDatabase
from warmline.store.configuration import config
from warmline.store.database.database import StoreError
from warmline.system.database_address import DatabaseAddress

DID, NIGHT, ALWAYS = "8005550100", "8005550199", "8005550123"
FILTER = {"filter_inbound_number": "GROUP", "filter_phone_group_id": "BLOCKED", "filter_route": "agent:1001"}
CHANGES: list[configure.Change] = [
    ("call-time", "DAY", {"ct_default_start": "900", "ct_default_stop": "1100", "ct_more_hours": "mon-sun:1200-1700"}),
    ("container", "BLOCKED", {"entries": "+13125550100"}),
    ("did", DID, {"call_time_id": "DAY", "after_hours_route": "agent:1000", **FILTER}),
    ("did", "_80055501XX", {"route": "ingroup:SUPPORTLINE"}),
]
AT = 1_795_158_000_000_000
ADDRESS = "postgresql://nobody@127.0.0.1:1/none"  # nothing listens there


@pytest.fixture
def source(demo_database: Path, tmp_path: Path) -> str:
    """Provide a database with routes, as a path."""
    path = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))
    configure.fill(path, CHANGES)
    return str(path)


def fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in type(one).__slots__}


def answers(source: str | KeptDatabase) -> list[object]:
    """Return what scripts ask before a call waits."""
    facts = [routing_facts.did(source, number, caller, AT) for number in (DID, NIGHT) for caller in ("13125550100", "")]
    told = [fields(one) for one in facts]
    return [
        [one | {"hours": one["hours"] and fields(one["hours"])} for one in told],
        routing_facts.targets(source, "ingroup:SALESLINE"),
        routing_facts.meant(source, "agent", "100"),
    ]


def opened_from_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets each database that is opened."""
    opened: list[str] = []
    of_server = routing_facts._opened

    def counted(path: str, mode: str) -> sqlite3.Connection:
        opened.append(path)
        return of_server(path, mode)

    monkeypatch.setattr(routing_facts, "_opened", counted)
    return opened


def test_copy_answers_as_the_database(source: str) -> None:
    assert routing_copy.refresh(source) and not routing_copy.refresh(source)
    assert answers(routing_facts.copy_of(source)) == answers(source)
    assert Path(routing_facts.copy_of(source)).stat().st_mode & 0o777 == 0o640
    config.set_options(source, "did", DID, {"route": "ingroup:SUPPORTLINE"}, who="test")
    assert routing_copy.refresh(source)
    assert answers(routing_facts.copy_of(source)) == answers(source)


def test_copy_answers_while_the_server_is_away(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    routing_copy.refresh(source)
    expected = answers(source)
    kept = KeptDatabase(DatabaseAddress(ADDRESS, source))
    assert answers(kept) == expected
    opened = opened_from_now(monkeypatch)
    again = KeptDatabase(DatabaseAddress(ADDRESS, source))
    assert answers(again) == answers(again) == expected
    assert [path for path in opened if path == again.path] == [again.path], "it is asked once in some seconds"
    again.close()
    kept.close()


def test_process_asks_server_only_if_copy_is_not_confirmed(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    routing_copy.refresh(source)
    expected = answers(source)
    routing_copy.confirm(source)
    opened, address = opened_from_now(monkeypatch), DatabaseAddress(ADDRESS, source)
    first = KeptDatabase(address, copy_first=True)
    assert answers(first) == expected and address not in opened
    with pytest.raises(FactsError, match="cannot be read"):
        first.read(lambda db: db.execute("SELECT count(*) FROM lead").fetchone())
    assert opened.count(address) == 1, "the copy has no leads"
    old = time.time() - KEPT_FOR - 1
    os.utime(routing_facts.copy_of(source), (old, old))
    later = KeptDatabase(address, copy_first=True)
    assert answers(later) == expected and opened.count(address) == 2
    for one in (first, later):
        one.close()


def kept_until(enough: threading.Event) -> None:
    """Keep a copy fresh until this event."""

    async def kept() -> None:
        keeper = asyncio.create_task(keep_fresh(DatabaseAddress(ADDRESS), every=0.001))
        assert await asyncio.to_thread(enough.wait, 10)
        keeper.cancel()

    asyncio.run(kept())


def thrice(monkeypatch: pytest.MonkeyPatch, function: str, *errors: StoreError | None) -> threading.Event:
    """Let a function of the copy do nothing but raise these errors in turn; return the event of its third call."""
    calls, third = list[str](), threading.Event()

    def called(database: str) -> None:
        calls.append(database)
        if len(calls) == 3:
            third.set()
        if errors and (error := errors[min(len(calls), len(errors)) - 1]):
            raise error

    monkeypatch.setattr(routing_copy, function, called)
    return third


def confirmed_after(monkeypatch: pytest.MonkeyPatch, *errors: StoreError | None) -> int:
    """Return how often a copy is confirmed while it is refreshed three times with these errors."""
    confirmed = list[str]()

    async def at_once(refresh: Callable[[str], None], database: str) -> None:
        refresh(database)

    monkeypatch.setattr(routing_copy, "confirm", confirmed.append)
    monkeypatch.setattr(routing_copy_refresh, "in_own_thread", at_once)
    kept_until(thrice(monkeypatch, "refresh", *errors))
    return len(confirmed)


def away() -> StoreError:
    silent = sqlite3.OperationalError("no answer")
    silent.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    error = StoreError("database_unreadable", "it is away")
    error.__cause__ = silent
    return error


def test_copy_is_confirmed_only_after_it_had_newest_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    full = RoutingCopyError("routing_copy_failed", "the disk is full")
    refused = StoreError("database_unreadable", "permission denied")
    assert confirmed_after(monkeypatch, None, away()) >= 2
    assert confirmed_after(monkeypatch, away()) == 0, "it may be of last week"
    assert confirmed_after(monkeypatch, None, full) == confirmed_after(monkeypatch, None, refused) == 1
    monkeypatch.setattr(routing_copy_refresh, "SILENT_FOR", -1)
    assert confirmed_after(monkeypatch, None, away()) == 0, "the server has been silent for too long"


def test_copy_of_other_database_or_schema_is_written_again(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert routing_copy.refresh(source) and not routing_copy.refresh(source)
    with closing(sqlite3.connect(source)) as db:
        db.execute("UPDATE config_journal SET hash = ? WHERE seq = (SELECT max(seq) FROM config_journal)", ("0" * 64,))
        db.commit()
    assert routing_copy.refresh(source) and not routing_copy.refresh(source)
    monkeypatch.setattr(routing_copy, "FINGERPRINT", "of the next release")
    assert routing_copy.refresh(source) and not routing_copy.refresh(source)


def test_server_without_copy_tells_its_own_error(tmp_path: Path) -> None:
    address = DatabaseAddress(ADDRESS, str(tmp_path / "warmline.db"))
    with pytest.raises(FactsError, match=r"database postgresql://nobody@127\.0\.0\.1:1/none cannot be read"):
        routing_facts.targets(KeptDatabase(address), "ingroup:SALESLINE")


def test_script_without_driver_routes_by_copy_and_loads_little(source: str, tmp_path: Path) -> None:
    """Callers wait for it, and a server changes nothing about its start."""
    routing_copy.refresh(source)
    (file := tmp_path / "warmline.toml").write_text(f'db = "{ADDRESS}"\nspool = "{tmp_path}/spool"\n')
    told = "import sys; sys.path.insert(0, '.'); from warmline.agi import decisions"
    asked = f"print(decisions.find_route('{ALWAYS}', '').route, *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-SEI", "-c", f"{told}; {asked}"],
        env={"WARMLINE_CONFIG": str(file)},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    route, *loaded = done.stdout.split()
    assert route == routing.route_did(routing_facts.did(source, ALWAYS, "", AT)).route
    assert {"re", "pathlib", "typing", "warmline.store.postgresql.server_connection"}.isdisjoint(loaded)
