"""A page of past calls is the same in whichever way it is found; the ways must not need the period's calls."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ari_app.http.past import call_search
from tests.soak import soaking
from tests.store.reports import call_searches, past_calls
from tests.store.reports.call_searches import CallSearch
from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.store.database.database import connect
from warmline.store.database.reading import keeping
from warmline.store.reports import call_candidates, calls
from warmline.store.reports.call_filter import CallFilter

CALLS = 400
ALL = 10 * CALLS
LIMITS = ((1, 1, 0), (40, 100, 50))  # of NEWEST, READ_ON and FEW_OF_THESE; by day each search has one of them
SEEN = {
    "agent": VisibleAgents(frozenset({"agent-7"}), False),
    "newcomer": VisibleAgents(frozenset({past_calls.IDLE_AGENT}), False),
    "supervisor": VisibleAgents(frozenset(f"agent-{number}" for number in range(60, 80)), True),
    "idle-supervisor": VisibleAgents(frozenset({past_calls.IDLE_AGENT}), True),
    "manager": VisibleAgents(frozenset(), True, VisibleCampaigns(frozenset({"C1"})), every=True),
    "admin": None,
}
# Calls that are no whole rows of their table: one that lives, one in an in-group without a wait, one with two codes.
ODD = """
    UPDATE call SET ended = NULL, agent = 'agent-7', ingroup = 'QRARE' WHERE id = (SELECT max(id) FROM call);
    INSERT INTO open_state SELECT 'call', max(id), 1, '{}' FROM call;
    UPDATE call SET ingroup = 'QRARE', connected = NULL WHERE id = printf('01A%023d', 100);
    INSERT INTO disposition_entry (id, call, agent, status, at, "by")
        SELECT id || 'x', call, agent, 'WRONG', at, "by" FROM disposition_entry WHERE id = printf('01A%023d', 101);
    UPDATE call SET status = 'WRONG' WHERE id = (SELECT id FROM call WHERE last_agent = '' LIMIT 1);
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    past_calls.make(path := tmp_path_factory.mktemp("calls") / "warmline.db", CALLS)
    with closing(connect(path)) as db:
        db.executescript(ODD)
    return path


@pytest.fixture(autouse=True)
def kept_connections() -> Iterator[None]:
    """Keep the connections of hundreds of pages open, as the API process does."""
    with keeping():
        yield


def page(database: Path, one: CallSearch, turn: int) -> list[str]:
    query, now = call_searches.filled(one.query, turn, CALLS), time.time_ns() // 1000
    asked = call_search._filter(str(database), SimpleNamespace(query=query), now)  # type: ignore[arg-type] # has all that is read
    return [
        row["call"]
        for row in calls.page(
            database, asked, now, 20, query.get("after", ""), SEEN[one.user.removeprefix(call_searches.PREFIX)]
        )
    ]


def test_each_search_finds_the_same_calls_by_its_rarest_condition(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    different, ways = [], set[str]()
    narrowest = call_candidates._narrowest

    def noted(*given: Any, **most: Any) -> list[call_candidates.Source]:
        found = narrowest(*given, **most)
        ways.update(one.sql for one in found)
        return found

    monkeypatch.setattr(call_candidates, "_narrowest", noted)
    for turn, one in enumerate(call_searches.searches()):
        monkeypatch.setattr(call_candidates, "NEWEST", ALL)
        plain = page(database, one, turn)
        for newest, read_on, few in LIMITS if soaking() else LIMITS[turn % 2 :][:1]:
            monkeypatch.setattr(call_candidates, "NEWEST", newest)
            monkeypatch.setattr(call_candidates, "READ_ON", read_on)
            monkeypatch.setattr(call_candidates, "FEW_OF_THESE", few)
            if page(database, one, turn) != plain:
                different.append(one.what)
    assert different == []
    found = call_candidates.SOURCES, call_candidates.OF_OUTCOME
    sources = [*(source for table in found for source in table.values()), call_candidates.ON_SERVER]
    missed = [source for source in sources if not any(source in way for way in ways)]
    assert missed == [], "each source is the rarest condition of some search"


def test_more_of_the_newest_are_read_if_many_of_them_match(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No condition is rare, so that counting and sorting its calls would take longer."""
    limits = []
    narrowest = call_candidates._narrowest

    def noted(search: call_candidates.CandidateSearch, values: call_candidates.Values, limit: int, *more: Any) -> Any:
        limits.append(limit)
        return narrowest(search, values, limit, *more)

    monkeypatch.setattr(call_candidates, "_narrowest", noted)
    monkeypatch.setattr(call_candidates, "NEWEST", 30)
    monkeypatch.setattr(call_candidates, "FEW_OF_THESE", 5)
    assert len(page(database, CallSearch("", call_searches.ADMIN, {"disposition": "NI", "since": "400d"}), 0)) == 20
    assert limits == [3, 30, 5]


@pytest.mark.parametrize(
    "source",
    [
        call_candidates.OF_OUTCOME["missed"],
        call_candidates.AGENTS,
        *(call_candidates.SOURCES[name] for name in ("disposition", "ingroup")),
    ],
)
def test_counting_reads_no_rows_of_calls(database: Path, source: str) -> None:
    values = {"disposition": "NI", "ingroup": "Q1", "agents": '["agent-7"]', "start": 0}
    with closing(connect(database)) as db:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM ({source})", values)]  # noqa: S608
    indexes = [line for line in plan if "INDEX" in line and "json_each" not in line]
    assert indexes and all("COVERING INDEX" in line for line in indexes), plan


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Provide the plans of all statements that find calls, line by line."""
    found: list[str] = []
    asked = call_candidates._found

    def explained(search: call_candidates.CandidateSearch, *more: Any) -> list[str]:
        def execute(sql: str, values: call_candidates.Values) -> sqlite3.Cursor:
            if sql.lstrip().startswith(("SELECT call.id", "SELECT DISTINCT call.id")):
                found.extend(str(row[3]) for row in search.db.execute(f"EXPLAIN QUERY PLAN {sql}", values))
            return search.db.execute(sql, values)

        explaining = SimpleNamespace(execute=execute)
        return asked(search._replace(db=explaining), *more)  # type: ignore[arg-type]  # it has all that is used

    monkeypatch.setattr(call_candidates, "_found", explained)
    yield found


def test_no_condition_reads_a_whole_table_for_each_call(database: Path, steps: list[str]) -> None:
    for one in call_searches.searches():
        page(database, one, 0)
    scanned = [line for line in steps if line.startswith("SCAN") and line != "SCAN chosen" and "json_each" not in line]
    assert steps and not scanned, scanned


def test_a_page_asks_for_calls_up_to_its_beginning(database: Path) -> None:
    now = time.time_ns() // 1000
    asked = CallFilter(start=0, end=now, noted=json.dumps([f"01A{number:023d}" for number in range(0, 100, 7)]))
    first = calls.page(database, asked, now, 5)
    rest = calls.page(database, asked, now, 100, after=first[-1]["call"])
    found = [row["call"] for row in (*first, *rest)]
    assert found == sorted(json.loads(asked.noted), reverse=True)
