"""/api/v1/reports: the same rows as the reports in the store, typed, with the parameters of the options."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ari_app.http.server import worker_threads
from cli.main import main
from tests.http.json_site import JsonSite, json_site
from tests.rows import check_rows
from tests.store.busy_ingroups import SECOND, fill
from tests.wording.said import said
from warmline.store.daily_reports import report_table
from warmline.store.database import reading as reading_
from warmline.store.database.reading import ReadInterrupted, for_reader, reading


@pytest.fixture(scope="module")
def busy_database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide a database to be copied: SALES has been busy for a minute and a half."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("busy") / "warmline.db"))
    fill(path, time.time_ns() // 1000 - 90 * SECOND)
    return path


@pytest.fixture
def busy(busy_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    with json_site(tmp_path / busy_database.name, tmp_path, busy_database) as made:
        yield made


@pytest.mark.parametrize("name", report_table.NAMES)
def test_a_sheet_is_the_csv_of_the_command(
    busy: JsonSite, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)  # callers wait on between the two answers
    end = datetime.fromtimestamp(now / 1e9, UTC) - timedelta(seconds=1)
    period = f"2023-11-14..{end:%Y-%m-%dT%H:%M:%S}"
    told = busy.ask("GET", f"/reports/sheets/{name}?between={period}&timezone=UTC")
    assert told.headers["Content-Disposition"] == f'attachment; filename="warmline-{name}.csv"'
    monkeypatch.setenv("WARMLINE_DB", str(busy.database))
    with pytest.raises(SystemExit):
        main(("report", name, "--between", period, "--timezone", "UTC", "--csv"))
    assert (told.status, told.body) == (200, capsys.readouterr().out)


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [("none", 404, ""), ("agents?ingroup=SALES", 422, "ingroup"), ("agents?by=x", 422, "by")],
)
def test_a_sheet_that_does_not_exist_is_refused(busy: JsonSite, path: str, status: int, field: str) -> None:
    told = busy.ask("GET", f"/reports/sheets/{path}")
    assert told.status == status
    assert [one["field"] for one in told.body.get("errors", ())] == ([field] if field else [])


def test_a_wrong_parameter_is_refused(busy: JsonSite) -> None:
    def check(query: str, status: int, field: str) -> None:
        told = busy.ask("GET", f"/reports/interval?{query}")
        assert told.status == status
        assert [one["field"] for one in told.body.get("errors", ())] == ([field] if field else [])

    check_rows(
        check,
        [
            ("since=soon", 422, "since"),
            ("day=someday", 422, "day"),
            ("between=2026-11-20", 422, "between"),
            ("between=2026-11-20..2026-11-19", 422, "between"),
            ("since=1h&day=today", 422, "day"),
            ("timezone=Mars", 422, "timezone"),
            ("by=7m", 422, "by"),
            ("by=", 422, "by"),
            ("colour=red", 422, "colour"),
            ("ingroup=SALE", 404, ""),
        ],
    )


def test_a_report_ends_when_its_reader_has_gone(site: JsonSite) -> None:
    asked = iter((False, False, True))
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(ReadInterrupted), for_reader(lambda: next(asked)), reading(site.database) as db:
        db.execute(endless).fetchall()
    assert next(asked, None) is None


def test_a_report_that_takes_too_long_names_its_period(busy: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_, "STEPS", 1)
    monkeypatch.setattr(worker_threads, "MAX_READ_SECONDS", 0.0)
    told = busy.ask("GET", "/reports/day?between=2026-10-01..2026-11-01&timezone=UTC")
    assert (told.status, told.body["code"]) == (503, "report_too_long")
    assert told.body["detail"] == said(
        "report_too_long", report="day", since="2026-10-01 00:00", until="2026-11-01 00:00", seconds=5.0
    )
