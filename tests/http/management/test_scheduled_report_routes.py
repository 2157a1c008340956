"""Scheduled reports over HTTP: sending one at once, what was sent, and the bounds of a group's people."""

import time

import pytest

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from warmline.store.scheduled_reports import report_runs

MORNING = "/config/scheduled-report/morning"


def test_a_manager_sends_a_report_and_sees_its_run(site: JsonSite) -> None:
    manager = token(site, "config:read,config:write", "office")
    assert site.ask("POST", MORNING, {"reports": "day,agents", "active": "N"}, token=manager).status == 201
    asked = site.ask("POST", "/scheduled-reports/morning/send", token=manager)
    assert (asked.status, asked.body["state"], asked.body["by"]) == (202, "waiting", "token:office")
    now = time.time_ns() // 1000
    [run] = report_runs.begin_due(site.database, now)
    report_runs.failed(site.database, run, now, "the mail server is away")
    body = site.ask("GET", "/scheduled-reports/morning", token=manager).body
    assert [(one["id"], one["state"], one["why"]) for one in body["runs"]] == [
        (asked.body["id"], "failing", "the mail server is away")
    ]


def test_a_reader_of_the_configuration_sees_runs_and_sends_nothing(site: JsonSite) -> None:
    site.ask("POST", MORNING, {})
    reader = token(site, "config:read", "wall")
    assert site.ask("GET", "/scheduled-reports/morning", token=reader).status == 200
    assert site.ask("POST", "/scheduled-reports/morning/send", token=reader).status == 403


def test_the_runs_tell_whether_a_mail_server_is_set_now(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.ask("POST", MORNING, {})
    for server in ("", "127.0.0.1:25"):
        monkeypatch.setenv("WARMLINE_MAIL_SERVER", server)
        assert site.ask("GET", "/scheduled-reports/morning").body["mail_server_set"] is bool(server)


def test_a_scheduled_report_that_does_not_exist_is_404(site: JsonSite) -> None:
    assert site.ask("GET", "/scheduled-reports/nothing").status == 404
    assert site.ask("POST", "/scheduled-reports/nothing/send").status == 404
