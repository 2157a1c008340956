"""Lists come in pages, and no report delays a command."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ari_app.http.server import worker_threads
from tests.http.json_site import JsonSite, json_site
from tests.rows import check_each, check_rows
from warmline.operations import reports
from warmline.store.calls import call_history
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.database.reading import reading

TOKEN = "t" * 43
FOR_EVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
SECOND = 1_000_000


@pytest.fixture(scope="module")
def full_database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Leads of one number, callbacks that are due, and agents' calls: more of each than a page has. To be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("full") / "warmline.db"))
    with closing(connect(path)) as db, db:
        db.execute("BEGIN")
        for n in range(1, 151):
            db.execute(
                "INSERT INTO lead (list_id, phone_number, entry_date, modify_date)"
                " SELECT id, '5559876543', 1, 1 FROM list LIMIT 1"
            )
            due = (f"B{n:03}", n // 2, ["", "1000", "1001"][n % 3])
            db.execute(
                "INSERT INTO callback (id, call, number, ingroup, agent, at, state)"
                " VALUES (?, '', '5551', 'SALESLINE', ?3, ?2, 'pending')",
                due,
            )
            _call(db, n)
    return path


@pytest.fixture
def full(full_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    with json_site(tmp_path / full_database.name, tmp_path, full_database) as made:
        yield made


def _call(db: Any, n: int) -> None:
    """A call that both agents had, the first one twice."""
    call, at = f"C{n:03}", n * 100 * SECOND
    db.execute(
        "INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by, status,"
        " connected, ended) VALUES (?, ?, 'ended', ?, ?, '', 'SALESLINE', '', '1000', '', '', ?, ?)",
        (call, f"Y{n}", at, ["5550001", "+5550001"][n % 2], at, at + 90 * SECOND),
    )
    for stretch, agent in enumerate(("1000", "1001", "1000")):
        begun = at + stretch * 10 * SECOND
        db.execute(
            "INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started, ended)"
            " VALUES (?, 'S', ?, 'INCALL', '', ?, ?, ?)",
            (f"I{n:03}-{stretch}", agent, call, begun, begun + 5 * SECOND),
        )


LISTS = {
    "/leads": "lead_id",
    "/leads?number=5559876543": "lead_id",
    "/callbacks": "id",
    "/callbacks?agent=1000": "id",
    "/history": "call",
    "/history?agent=1000": "call",
    "/history?agent=1001&number=5550001": "call",
    "/history?number=5550001": "call",
}


def test_the_pages_together_are_the_list(full: JsonSite) -> None:
    def check(path: str) -> None:
        sign = "&" if "?" in path else "?"
        whole = [row[LISTS[path]] for row in full.ask("GET", f"{path}{sign}limit=1000").body]
        assert len(whole) >= 100 and len(set(whole)) == len(whole)
        usual = [row[LISTS[path]] for row in full.ask("GET", path).body]
        assert usual == whole[: 20 if "history" in path else 100]
        pages: list[str] = []
        while page := full.ask("GET", f"{path}{sign}limit=37" + (f"&after={pages[-1]}" if pages else "")).body:
            pages += [row[LISTS[path]] for row in page]
        assert pages == whole

    check_each(check, LISTS)


UNKNOWN = ["/history?after=NONE", "/history?agent=1000&after=NONE", "/callbacks?after=NONE"]


@pytest.mark.parametrize("path", [*UNKNOWN, "/leads?number=5559876543&after=987654"])
def test_a_page_behind_nothing_that_is_known(path: str, full: JsonSite) -> None:
    """A lead may have been erased; an empty page must not end the list."""
    assert full.ask("GET", path).status == 404


def test_a_limit_that_is_none(site: JsonSite) -> None:
    def check(path: str, limit: str) -> None:
        told = site.ask("GET", f"{path}?limit={limit}")
        assert (told.status, told.body["errors"][0]["field"]) == (422, "limit")

    check_rows(
        check,
        product(["/agents", "/calls", "/leads", "/callbacks", "/history", "/ingroups"], ["0", "-1", "x", "100000"]),
    )


@pytest.mark.parametrize("query", ["limit=1&limit=1", "limit=1&after=0&after=0"])
def test_a_parameter_with_two_values_is_refused(query: str, site: JsonSite) -> None:
    told = site.ask("GET", f"/leads?number=5559876543&{query}")
    assert (told.status, told.body["code"]) == (400, "parameter_repeated")
    assert [one["field"] for one in told.body["errors"]] == [query[-7:-2].strip("&=")]


def test_live_lists_have_pages_too(site: JsonSite) -> None:
    assert [one["user"] for one in site.ask("GET", "/agents?limit=1").body] == ["1000"]
    assert site.ask("GET", "/agents?after=1000").body == []
    call = site.customer()
    assert [one["id"] for one in site.ask("GET", "/calls").body] == [call]
    assert site.ask("GET", f"/calls?after={call}").body == []
    names = [one["ingroup"] for one in site.ask("GET", "/ingroups").body]
    assert [one["ingroup"] for one in site.ask("GET", f"/ingroups?after={names[0]}&limit=1").body] == names[1:2]


def test_a_report_that_takes_too_long_is_interrupted(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(path: str, *_: object) -> list[call_history.PastCall]:
        with reading(path) as db:
            return list(db.execute(FOR_EVER))

    monkeypatch.setattr(worker_threads, "MAX_READ_SECONDS", 0.1)
    monkeypatch.setattr(call_history, "of_everybody", endless)
    told = site.ask("GET", "/history")
    assert (told.status, told.body["code"]) == (503, "query_too_long")


@pytest.mark.parametrize(
    ("path", "module", "name"), [("/history", call_history, "of_everybody"), ("/reports/day", reports, "read_period")]
)
def test_reports_of_a_token_do_not_delay_dialling(
    site: JsonSite, monkeypatch: pytest.MonkeyPatch, path: str, module: ModuleType, name: str
) -> None:
    config.create(site.database, "api-token", "crm", {"scopes": "calls:read,reports:read", "token": TOKEN}, who="test")
    go_on, begun, quick = threading.Event(), threading.Semaphore(0), getattr(module, name)

    def slow(*arguments: object) -> object:
        begun.release()
        go_on.wait(60)
        return quick(*arguments)

    monkeypatch.setattr(module, name, slow)

    async def talk() -> tuple[int, int, list[int]]:
        tasks = [asyncio.create_task(site.asking("GET", path, token=TOKEN)) for _ in range(worker_threads.OF_TOKEN)]
        for _ in tasks:
            assert await asyncio.to_thread(begun.acquire, timeout=30)
        third = await site.asking("GET", path, token=TOKEN)
        assert third.headers["Retry-After"] == "1" and "2 reports" in third.body["detail"]
        dialled = await site.asking("POST", "/agents/1000/dial", {"number": "8500"}, key="k")
        go_on.set()
        return third.status, dialled.status, [(await one).status for one in tasks]

    try:
        assert site.do(talk()) == (429, 201, [200, 200])
    finally:
        go_on.set()
