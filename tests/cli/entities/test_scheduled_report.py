"""`warmline scheduled-report send` and `sent`: on this machine and over HTTP."""

import json
import time

import pytest

from cli.entities import scheduled_report
from tests.cli.app import App
from tests.cli.entities.test_event_hook import app  # noqa: F401 - a fixture
from warmline.store.scheduled_reports import report_runs

MADE = ("scheduled-report", "create", "morning", "reports=day,missed", "send_time=06:30", "mail_to=boss@example.com")


def test_a_person_sees_whether_a_report_was_sent(app: App, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    path = app.site.database
    assert app.run(*MADE)[0] == 0
    assert app.done("scheduled-report", "sent", "morning") == "scheduled-report morning: nothing was sent yet\n"
    why = ["", "mail.example.com:25 refused boss@example.com (550 no)"]

    def work(_seconds: float) -> None:
        now = time.time_ns() // 1000
        for run in report_runs.begin_due(path, now):
            if run.by and why[0]:
                report_runs.failed(path, run, now, why[0])
            else:
                report_runs.sent(path, run, now)

    monkeypatch.setattr(scheduled_report, "sleep", work)
    assert "morning: sent, from " in app.done("scheduled-report", "send", "morning")
    why.reverse()
    code, out, _ = app.run("scheduled-report", "send", "morning")
    assert code == 1 and out.endswith(f"not sent yet, and tried again for a day: {why[0]}\n")
    runs = json.loads(app.done("scheduled-report", "sent", "morning", "--json"))["runs"]
    assert [(one["state"], one["tries"], bool(one["by"])) for one in runs if one["by"]] == [
        ("failing", 1, True),
        ("sent", 0, True),
    ]
    assert "(550 no)" in app.done("scheduled-report", "sent", "morning")
    monkeypatch.setattr(scheduled_report, "WITHIN", 0)
    code, out, _ = app.run("scheduled-report", "send", "morning")
    assert code == 1 and "the worker process must run: warmline doctor" in out


def test_a_wrong_schedule_is_refused_and_names_the_allowed_values(app: App) -> None:  # noqa: F811
    code, _, err = app.run(*MADE[:3], "reports=agents", "ingroup=SALESLINE")
    assert code and "a session is for several" in err
    code, _, err = app.run(*MADE[:3], "mail_to=boss")
    assert code and "mail_to" in err
    assert app.run("scheduled-report", "send", "nothing")[0] == 3
