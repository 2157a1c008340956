"""Scheduled reports over HTTP: what was sent."""

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from warmline.store.scheduled_reports import report_mails

MORNING = "/config/scheduled-report/morning"


def test_a_manager_sees_why_a_report_was_not_sent(site: JsonSite) -> None:
    manager = token(site, "config:read,config:write", "office")
    created = site.ask("POST", MORNING, {"reports": "day,agents", "mail_to": "boss@example.com"}, token=manager)
    assert created.status == 201
    [due] = report_mails.due(site.database, 0)
    report_mails.failed(site.database, due, 1_000_000, "the mail server is away", taken=False)
    reader = token(site, "config:read", "wall")
    assert site.ask("GET", "/scheduled-reports/morning", token=reader).body["mails"] == [
        {
            "first": str(due.period.first),
            "last": str(due.period.last),
            "at": "1970-01-01T00:00:01.000+00:00",
            "state": "failed",
            "why": "the mail server is away",
        }
    ]
    assert site.ask("GET", "/scheduled-reports/nothing").status == 404
