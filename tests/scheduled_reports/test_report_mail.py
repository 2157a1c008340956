"""The mail of a scheduled report: what it says, and how it is handed over."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ari_app.workers import report_mail
from ari_app.workers.report_mail import MailError
from tests.free_port import free_port
from tests.scheduled_reports.mail_server import serving
from warmline.store.scheduled_reports.report_files import ReportFile
from warmline.store.scheduled_reports.report_mails import DueReport
from warmline.store.scheduled_reports.report_period import last_due
from warmline.system.settings import Settings, load

ZONE = ZoneInfo("Europe/Berlin")
NOON = 1_795_172_400_000_000
PERIOD = last_due("DAY", ZONE, NOON)
SHEET = ReportFile("missed", "List missed callers", "times\n3\n", "times  3")
SECRET = "opensesame7"  # noqa: S105 - of a test


def settings(server: str, **more: str) -> Settings:
    return load(environ={})._replace(mail_server=server, mail_from="reports@example.com", **more)


DUE = DueReport("morning", {"mail_to": ("boss@example.com", "lead@example.com")}, PERIOD, ZONE)


def test_a_mail_has_the_sums_as_text_and_each_report_as_a_file() -> None:
    with serving() as server:
        made = settings(f"127.0.0.1:{server.port}")
        report_mail.send(made, report_mail.message(made, DUE, [SHEET]))
    [mail] = server.mails
    assert mail["To"] == "boss@example.com, lead@example.com" and mail["From"] == "reports@example.com"
    assert mail["Subject"] == "morning: 2026-11-19" and mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_body()
    assert body and "List missed callers" in body.get_content() and "times  3" in body.get_content()
    [sheet] = mail.iter_attachments()
    assert sheet.get_filename() == "2026-11-19-missed.csv"
    assert sheet.get_content().splitlines() == ["times", "3"]


def test_a_refused_address_and_a_server_that_is_away_are_named() -> None:
    with serving() as server:
        server.answer = "550 no such user"
        made = settings(f"127.0.0.1:{server.port}")
        with pytest.raises(MailError, match=r"refused boss@example.com \(550 no such user\)"):
            report_mail.send(made, report_mail.message(made, DUE, [SHEET]))
    assert server.mails == []
    away = settings(f"127.0.0.1:{free_port()}")
    with pytest.raises(MailError, match="Connection refused"):
        report_mail.send(away, report_mail.message(away, DUE, [SHEET]))


def test_a_failed_login_shows_no_password() -> None:
    with serving() as server:
        made = settings(f"127.0.0.1:{server.port}", mail_login=f"ada:{SECRET}")
        with pytest.raises(MailError) as told:
            report_mail.send(made, report_mail.message(made, DUE, [SHEET]))
    assert SECRET not in str(told.value) and "AUTH" in str(told.value)


def test_a_program_gets_the_mail_as_its_input(tmp_path: Path) -> None:
    program, got = tmp_path / "sendmail", tmp_path / "got"
    program.write_text(f'#!/bin/sh\necho "$@" > {got}\ncat >> {got}\n')
    program.chmod(0o755)
    made = settings(str(program))
    report_mail.send(made, report_mail.message(made, DUE, [SHEET]))
    assert got.read_text().startswith("-t -i\nFrom: reports@example.com\nTo: boss@example.com")
    program.write_text("#!/bin/sh\necho queue is full >&2\nexit 75\n")
    with pytest.raises(MailError, match="ended with 75: queue is full"):
        report_mail.send(made, report_mail.message(made, DUE, [SHEET]))
