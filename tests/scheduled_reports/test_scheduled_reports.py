"""Scheduled reports: what the worker process sends and stores, and that nothing is lost or sent by two runs."""

import asyncio
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ari_app.workers import scheduled_reports
from tests.reports import made_day
from tests.reports.conftest import day  # noqa: F401 - a fixture
from tests.reports.test_made_day import asked
from tests.scheduled_reports.mail_server import MailServer, serving
from warmline.store.configuration import config
from warmline.store.daily_reports import report_table
from warmline.store.database.database import StoreError
from warmline.store.scheduled_reports import report_runs
from warmline.system.settings import Settings, load

HOUR = 3_600_000_000  # microseconds
NEXT_MORNING = made_day.BEGIN + 23 * HOUR  # 7 o'clock of the day after the made day
BOSS = "boss@example.com"


@pytest.fixture
def database(day: Path, tmp_path: Path) -> Path:  # noqa: F811 - the fixture
    """A copy of the made day, in which a test may write."""
    path = tmp_path / "warmline.db"
    path.write_bytes(day.read_bytes())
    return path


@pytest.fixture
def server() -> Iterator[MailServer]:
    with serving() as made:
        yield made


@pytest.fixture
def settings(database: Path, server: MailServer) -> Settings:
    known = load(environ={})
    folder = str(database.with_name("reports"))
    return known._replace(db=str(database), reports=folder, mail_server=f"127.0.0.1:{server.port}")


def look(settings: Settings, now: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker look once, at this time in microseconds UTC."""
    monkeypatch.setattr(scheduled_reports, "_now", lambda: now)

    async def once() -> None:
        task = asyncio.create_task(scheduled_reports.keep_sent(settings, every=0))
        looked = asyncio.Event()
        begun = asyncio.sleep

        async def slept(_seconds: float) -> None:
            looked.set()
            await begun(3600)

        monkeypatch.setattr(scheduled_reports.asyncio, "sleep", slept)
        await looked.wait()
        monkeypatch.setattr(scheduled_reports.asyncio, "sleep", begun)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(once())


def states(database: Path, name: str = "morning") -> list[str]:
    return [one.state for one in report_runs.runs(database, name)]


def test_a_day_is_sent_once_with_the_figures_of_the_command(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.create(database, "scheduled-report", "morning", {"reports": "day,missed", "mail_to": BOSS}, who="test")
    for _ in range(2):
        look(settings, NEXT_MORNING, monkeypatch)
    [mail] = server.mails
    assert mail["Subject"] == f"morning: {made_day.DAY}" and states(database) == ["sent"]
    body = mail.get_body()
    calls = report_table.find("day").read(database, asked()).totals["calls"]
    assert body and re.search(rf"^calls +{calls}\r?$", body.get_content(), re.MULTILINE)
    sheets = {one.get_filename(): one.get_content() for one in mail.iter_attachments()}
    assert sorted(sheets) == [f"{made_day.DAY}-day.csv", f"{made_day.DAY}-missed.csv"]
    assert "SALESLINE" in sheets[f"{made_day.DAY}-day.csv"] and "4930" not in sheets[f"{made_day.DAY}-missed.csv"]


def test_a_copy_is_stored_without_numbers_and_deleted_when_it_is_old(
    database: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"reports": "missed", "keep_days": "5", "mail_numbers": "Y"}
    config.create(database, "scheduled-report", "morning", given, who="test")
    folder = Path(settings.reports) / "morning"
    folder.mkdir(parents=True)
    (old := folder / "2020-01-01-missed.csv").write_text("old")
    os.utime(old, (0, 0))
    look(settings, NEXT_MORNING, monkeypatch)
    [file] = folder.iterdir()
    assert file.name == f"{made_day.DAY}-missed.csv" and file.stat().st_mode & 0o777 == 0o640
    assert "4930" not in file.read_text() and "times" in file.read_text()


def test_a_failed_mail_is_sent_later_and_given_up_after_a_day(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.create(database, "scheduled-report", "morning", {"mail_to": BOSS, "keep_days": "0"}, who="test")
    server.answer = "451 try later"
    look(settings, NEXT_MORNING, monkeypatch)
    assert states(database) == ["failing"]
    [one] = report_runs.failing(database)
    assert (one.report, one.tries, one.stopped) == ("morning", 1, 0) and "451 try later" in one.why
    look(settings, NEXT_MORNING + 1_000_000, monkeypatch)
    assert report_runs.runs(database, "morning")[0].tries == 1, "not before its time"
    server.answer = "250 ok"
    look(settings, NEXT_MORNING + 60_000_000, monkeypatch)
    assert states(database) == ["sent"] and len(server.mails) == 1 and report_runs.failing(database) == []

    server.answer = "550 no such user"
    run = report_runs.ask(database, "morning", who="ada", now=NEXT_MORNING)
    look(settings, NEXT_MORNING, monkeypatch)
    look(settings, NEXT_MORNING + 24 * HOUR, monkeypatch)
    last = next(one for one in report_runs.runs(database, "morning") if one.id == run)
    assert (last.state, last.by, last.tries) == ("failed", "ada", 2)


def test_a_clock_that_was_ahead_suppresses_no_later_report(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.create(database, "scheduled-report", "morning", {"mail_to": BOSS, "keep_days": "0"}, who="test")
    look(settings, NEXT_MORNING, monkeypatch)
    look(settings, NEXT_MORNING + 24 * HOUR, monkeypatch)
    server.answer = "451 try later"
    look(settings, NEXT_MORNING + 365 * 24 * HOUR, monkeypatch)
    server.answer = "250 ok"
    assert states(database) == ["failing", "sent", "sent"]
    look(settings, NEXT_MORNING + 2 * HOUR, monkeypatch)  # the clock is right
    assert states(database) == ["sent"] * 3 and len(server.mails) == 3
    look(settings, NEXT_MORNING + 48 * HOUR, monkeypatch)
    assert states(database) == ["sent"] * 4 and len(server.mails) == 4


def test_a_run_that_was_written_before_a_kill_is_sent_after_it(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.create(database, "scheduled-report", "morning", {"mail_to": BOSS}, who="test")
    assert len(report_runs.begin_due(database, NEXT_MORNING)) == 1  # and the process is killed here
    look(settings, NEXT_MORNING + 10 * HOUR, monkeypatch)
    assert len(server.mails) == 1 and states(database) == ["sent"]

    def gone(*_: object) -> None:
        raise StoreError("database_gone", "the database is away")

    with monkeypatch.context() as patch:
        report_runs.ask(database, "morning", who="ada", now=NEXT_MORNING)
        patch.setattr(report_runs, "sent", gone)
        look(settings, NEXT_MORNING + 11 * HOUR, patch)
    look(settings, NEXT_MORNING + 12 * HOUR, monkeypatch)
    assert states(database) == ["sent", "sent"]
    assert server.mails[1]["Message-ID"] == server.mails[2]["Message-ID"] != server.mails[0]["Message-ID"]


def test_an_inactive_schedule_sends_nothing_by_itself_but_when_a_person_asks(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.create(database, "scheduled-report", "morning", {"mail_to": BOSS, "active": "N"}, who="test")
    look(settings, NEXT_MORNING, monkeypatch)
    assert states(database) == [] and server.mails == []
    report_runs.ask(database, "morning", who="ada", now=NEXT_MORNING)
    look(settings, NEXT_MORNING, monkeypatch)
    assert states(database) == ["sent"] and len(server.mails) == 1


def test_the_reports_of_a_group_have_its_agents_alone(
    database: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"reports": "agents", "user_group": "WEST"}
    config.create(database, "scheduled-report", "morning", given, who="test")
    look(settings, NEXT_MORNING, monkeypatch)
    text = (Path(settings.reports) / "morning" / f"{made_day.DAY}-agents.csv").read_text()
    assert "1002" in text and "1000" not in text


def test_a_run_that_cannot_be_made_fails_alone(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No mail can have this sender; the schedule without mail is stored all the same."""
    config.create(database, "scheduled-report", "a-mail", {"mail_to": BOSS, "keep_days": "0"}, who="test")
    config.create(database, "scheduled-report", "morning", {}, who="test")
    look(settings._replace(mail_from="reports\n@example.com"), NEXT_MORNING, monkeypatch)
    assert (states(database, "a-mail"), states(database)) == (["failing"], ["sent"]) and server.mails == []
