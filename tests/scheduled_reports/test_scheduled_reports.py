"""Scheduled reports: each period is mailed once, a failure is said and repeated, and a kill doubles nothing."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from ari_app.workers import report_mail
from ari_app.workers.scheduled_reports import send_due
from tests.reports import made_day
from tests.reports.conftest import day  # noqa: F401 - a fixture
from tests.reports.test_made_day import asked
from tests.scheduled_reports.mail_server import MailServer, serving
from warmline.store.configuration import config
from warmline.store.daily_reports import report_table
from warmline.store.scheduled_reports import report_mails
from warmline.store.scheduled_reports.report_files import ReportFile
from warmline.store.scheduled_reports.report_mails import INTERRUPTED, LONGEST, DueReport
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
    return load(environ={})._replace(db=str(database), mail_server=f"127.0.0.1:{server.port}")


def schedule(database: Path, name: str = "morning", **options: str) -> None:
    config.create(database, "scheduled-report", name, {"mail_to": BOSS} | options, who="test")


def states(database: Path, name: str = "morning") -> list[str]:
    return [mail.state for mail in report_mails.mails(database, name)]


def test_a_day_is_sent_once_with_the_figures_of_the_command(
    database: Path, settings: Settings, server: MailServer
) -> None:
    schedule(database, reports="day,missed")
    config.create(database, "scheduled-report", "nobodys", {}, who="test")
    send_due(settings, NEXT_MORNING - 2 * HOUR)
    assert made_day.DAY not in str(server.mails.pop()["Subject"]), "not before six"
    for hours in (0, 0, 10):
        send_due(settings, NEXT_MORNING + hours * HOUR)
    [mail] = server.mails
    assert mail["Subject"] == f"morning: {made_day.DAY}" and states(database) == ["sent", "sent"]
    assert states(database, "nobodys") == []
    body = mail.get_body()
    calls = report_table.find("day").read(database, asked()).totals["calls"]
    assert body and re.search(rf"^calls +{calls}\r?$", body.get_content(), re.MULTILINE)
    sheets = {one.get_filename(): one.get_content() for one in mail.iter_attachments()}
    assert sorted(sheets) == [f"{made_day.DAY}-day.csv", f"{made_day.DAY}-missed.csv"]
    assert "SALESLINE" in sheets[f"{made_day.DAY}-day.csv"] and "4930" not in sheets[f"{made_day.DAY}-missed.csv"]


def test_the_reports_of_a_group_have_its_agents_alone(database: Path, settings: Settings, server: MailServer) -> None:
    schedule(database, reports="agents", user_group="WEST")
    send_due(settings, NEXT_MORNING)
    [sheet] = server.mails[0].iter_attachments()
    assert "1002" in sheet.get_content() and "1000" not in sheet.get_content()


def test_each_option_changes_the_mail(database: Path, settings: Settings, server: MailServer) -> None:
    config.create(database, "campaign", "EMPTY", {}, who="test")
    given: list[dict[str, str]] = [{}, {"campaign": "EMPTY"}, {"ingroup": "CLOSERS"}, {"period": "WEEK"}]
    for number, options in enumerate(given):
        values = {"reports": "day", "mail_to": f"to{number}@example.com"} | options
        config.create(database, "scheduled-report", f"each{number}", values, who="test")
    send_due(settings, NEXT_MORNING)
    mails = {str(mail["To"]): mail for mail in server.mails}
    assert sorted(mails) == [f"to{number}@example.com" for number in range(len(given))]
    bodies = {mail.get_body().get_content() for mail in mails.values()}  # type: ignore[union-attr] # each has a text
    assert len(bodies) == len(given)


def test_a_failed_mail_is_sent_by_the_next_timer(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server refuses it, or it cannot even be made; another report is sent all the same."""
    schedule(database, "evening")
    server.answer = "451 try later"
    send_due(settings, NEXT_MORNING)
    [failing] = report_mails.failing(database, NEXT_MORNING)
    assert (failing.report, failing.state) == ("evening", "failed") and "451 try later" in failing.why
    server.answer = "250 ok"
    schedule(database)
    make = report_mail.message

    def message(settings: Settings, due: DueReport, files: list[ReportFile]) -> EmailMessage:
        if due.report == "evening":
            raise ValueError("no mail can have this sender")
        return make(settings, due, files)

    with monkeypatch.context() as patch:
        patch.setattr(report_mail, "message", message)
        send_due(settings, NEXT_MORNING + 1)
    assert (states(database, "evening"), states(database)) == (["failed"], ["sent"]) and len(server.mails) == 1
    assert [one.why for one in report_mails.failing(database, NEXT_MORNING + 1)] == ["no mail can have this sender"]
    send_due(settings, NEXT_MORNING + 2)
    assert states(database, "evening") == ["sent"] and len(server.mails) == 2
    assert report_mails.failing(database, NEXT_MORNING + HOUR) == []


def test_a_kill_while_a_mail_is_sent_doubles_nothing_and_is_said(
    database: Path, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kill comes before the mail server is asked, and a day later after it took the mail."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    schedule(database)
    for module, function, mails, now in (
        (report_mail, "send", 0, NEXT_MORNING),
        (report_mails, "sent", 1, NEXT_MORNING + 24 * HOUR),
    ):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(module, function, killed)
            send_due(settings, now)
        send_due(settings, now + 5 * HOUR)
        assert len(server.mails) == mails and states(database)[0] == "sending"
        assert report_mails.failing(database, now) == [], "it may still be sending"
        assert [one.why for one in report_mails.failing(database, now + LONGEST + 1)] == [INTERRUPTED]
    [due] = report_mails.due(database, NEXT_MORNING + 48 * HOUR)
    assert [report_mails.take(database, due, NEXT_MORNING) for _ in range(2)] == [True, False], "of two processes"


def test_a_clock_or_a_time_zone_that_changes_sends_no_day_again(
    database: Path, settings: Settings, server: MailServer
) -> None:
    schedule(database)
    for hours in (0, 24, 365 * 24, 2, 48):  # the clock is a year ahead, and right again
        send_due(settings, NEXT_MORNING + hours * HOUR)
    assert len({mail["Subject"] for mail in server.mails}) == len(server.mails) == 4
    for zone in ("Asia/Tokyo", "America/New_York"):
        config.set_options(database, "setting", "warmline", {"timezone": zone}, who="test")
        send_due(settings, NEXT_MORNING + 53 * HOUR)
    assert len(server.mails) == 4
    for days in range(4, 31):
        due = report_mails.due(database, NEXT_MORNING + days * 24 * HOUR)
        assert report_mails.take(database, due[0], NEXT_MORNING + days * 24 * HOUR)
    assert len(states(database)) == report_mails.KEPT
    [failing] = report_mails.failing(database, NEXT_MORNING + 31 * 24 * HOUR)
    assert failing.state == "sending", "the mail of the clock ahead is not the newest"
