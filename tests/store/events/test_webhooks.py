"""The webhooks of a call that the core has handled, and their log."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.main import main
from tests.cli.command_line import Run
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.webhook import Webhook
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.journal.replay import replay
from warmline.store.lookups import webhook_values
from warmline.text import webhook_url
from warmline.text.webhook_variables import NAMES

URL = "https://crm.example.com/secret-path?token=s3cret&who=--A--user--B--"


EXPECTED = {
    "phone_login": "1000",
    "SIPexten": "1000",
    "channel_group": "SALESLINE",
    "fullname": "Anna Berg",
    "user_group": "BERLIN",
    "did_description": "Hotline",
    "user_custom_three": "CRM1000",
    "user_custom_five": "5100",
    "dialed_number": "3125550100",
    "did_extension": "8005550100",
    "gmt_offset_now": "-5",
    "list_name": "Neu",
    "call_notes": "Rückruf",
    "dispo_name": "Sale",
    "term_reason": "CALLER",
    "talk_time_min": "1",
}


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    """Return a call of 20 s that was recorded and sold; the receiver did not answer at its end."""
    path = Path(shutil.copy(demo_database, tmp_path))
    urls = {"start_call_url": URL, "dispo_call_url": URL, "campaign_recording": "ALLCALLS"}
    config.set_options(path, "campaign", "TESTCAMP", urls, who="test")
    driver = RecordedDriver(path)
    driver.asterisk.now = time.time_ns() // 1000 - 60 * SECOND
    driver.log_in("1000")
    driver.customer(Ticket="47 11")
    driver.wait(20)
    driver.asterisk.receiver = 503
    driver.hang_up("cust")
    driver.wait(3)
    driver.ask(Kind.STATUS, status="SALE")
    yield driver
    driver.close()


def last(lab: RecordedDriver) -> Webhook:
    [webhook] = lab.world.webhooks.values()
    return webhook


def test_the_variables_have_the_call_s_values(lab: RecordedDriver) -> None:
    known = webhook_values.webhook_facts(lab.database, last(lab))
    with closing(connect(lab.database)) as db:
        call, agc_id = db.execute("SELECT id, agc_id FROM call").fetchone()
        [file] = db.execute("SELECT id FROM recording").fetchone()
    told = ("user", "group", "campaign", "dispo", "phone_number", "did_pattern", "uniqueid", "talk_time")
    values = ("1000", "SALESLINE", "TESTCAMP", "SALE", "3125550100", "8005550100", "cust", "20")
    assert tuple(known[name] for name in told) == values
    assert (known["call_id"], known["warmline_call"], known["recording_filename"]) == (agc_id, call, file)
    assert 20_000 <= int(known["talk_time_ms"]) < 20_100
    assert int(known["epoch"]) == last(lab).queued // SECOND
    url = "https://crm.example.com/?t=--A--DATA_TICKET--B--&none=--A--data_none--B--"
    assert webhook_url.filled(url, known) == "https://crm.example.com/?t=47%2011&none="
    assert webhook_url.empty(url) == []


# fields of a lead
OF_DIALLING = ("time_zones", "jurisdictions", "passes", "next_try", "next_number", "held_by", "held_until")


def test_variables_that_vicidial_has_are_filled(lab: RecordedDriver) -> None:
    path = lab.database
    config.create(path, "user-group", "BERLIN", {}, who="test")
    own = {"full_name": "Anna Berg", "user_group": "BERLIN", "custom_three": "CRM1000", "custom_five": "5100"}
    config.set_options(path, "agent", "1000", own, who="test")
    config.set_options(path, "did", "8005550100", {"did_description": "Hotline"}, who="test")
    config.set_options(path, "setting", "warmline", {"timezone": "Europe/Berlin"}, who="test")
    with closing(connect(path)) as db:
        [lead] = db.execute("SELECT lead FROM call").fetchone()
        db.execute("UPDATE lead SET entry_date = 1790000000000000, gmt_offset_now = '-5' WHERE lead_id = ?", [lead])
        db.execute("UPDATE disposition_entry SET notes = 'Rückruf'")
        db.execute("UPDATE list SET list_name = 'Neu' WHERE id = (SELECT list_id FROM lead)")
        db.execute(
            """UPDATE lead SET custom_fields = '{"Plan": "gold & more", "user": "no"}' WHERE lead_id = ?""", [lead]
        )
        db.commit()
    known = webhook_values.webhook_facts(path, last(lab))
    asked = datetime.fromtimestamp(1_790_000_000).strftime("%Y-%m-%d %H:%M:%S")
    assert {name: known[name] for name in EXPECTED} == EXPECTED
    assert known["entry_date"] == asked
    url = "https://crm/?--A--plan--B--&--A--USER--B--&--A--none--B--"
    assert webhook_url.filled(url, known) == "https://crm/?gold%20%26%20more&1000&"
    others = {"modify_date", "last_call", "data_ticket", "custom:plan", "custom:user"}
    assert set(known) - {*others, *OF_DIALLING} <= {*NAMES, "user"}


def test_a_promised_callback_is_told_on_the_clock_of_the_setting(lab: RecordedDriver) -> None:
    config.set_options(lab.database, "setting", "warmline", {"timezone": "Europe/Berlin"}, who="test")
    due = int(datetime(2027, 1, 2, 9, 30, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()) * SECOND
    with closing(connect(lab.database)) as db:
        db.execute(
            "INSERT INTO callback (id, call, number, ingroup, agent, at, status, comments, state)"
            " SELECT 'CB', id, number, ingroup, '1000', ?, 'CALLBK', 'after nine', 'pending' FROM call",
            [due],
        )
        db.commit()
    names = ("callback_datetime", "callback_lead_status", "callback_comments")
    wants = replace(last(lab), url="https://crm/?--A--Callback_DateTime--B--")
    known = webhook_values.webhook_facts(lab.database, wants)
    assert tuple(known[name] for name in names) == ("2027-01-02 09:30:00", "CALLBK", "after nine")
    assert not set(names) & webhook_values.webhook_facts(lab.database, last(lab)).keys(), (
        "unused variables are not read"
    )


@pytest.mark.parametrize(
    ("ended_by", "reason"), [("", "NONE"), ("agent", "AGENT"), ("customer", "CALLER"), ("operator", "SYSTEM")]
)
def test_the_end_of_a_call_is_reported_in_vicidials_words(lab: RecordedDriver, ended_by: str, reason: str) -> None:
    with closing(connect(lab.database)) as db:
        db.execute("UPDATE call SET ended_by = ?", [ended_by])
        db.commit()
    assert webhook_values.webhook_facts(lab.database, last(lab))["term_reason"] == reason


def test_a_webhook_is_recorded_with_its_facts_and_tries(lab: RecordedDriver) -> None:
    lab.asterisk.receiver = 200
    lab.wait(6)
    with closing(connect(lab.database)) as db:
        rows = db.execute("SELECT hook, outcome, tries FROM webhook ORDER BY queued").fetchall()
        [turn] = db.execute("SELECT payload FROM journal WHERE payload LIKE '%disposition.entered%'").fetchone()
    assert [(hook, outcome) for hook, outcome, _ in rows] == [
        ("start_call_url", "delivered"),
        ("dispo_call_url", "delivered"),
    ]
    assert [status for _, status, _ in json.loads(rows[1][2])] == [503, 200]
    assert "webhook.send" in turn
    assert "s3cret" not in turn


def test_the_journal_comes_to_the_same(lab: RecordedDriver) -> None:
    lab.wait(40)
    lab.feed(ev.WebhookTried(last(lab).id, 0, "no answer within 10 s"))
    found = replay(lab.database)
    assert found.differences == [] and not found.stopped and found.rows > 20


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))

    def go(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(("audit", "webhooks", *arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


def test_the_log_shows_each_try_and_no_secret(run: Run) -> None:
    code, out, _ = run()
    newest, first = out.splitlines()[1:3]
    assert code == 0 and "s3cret" not in out and "secret-path" not in out
    assert "dispo_call_url" in newest and "crm.example.com" in newest and "next try" in newest and "(no)" in newest
    assert "start_call_url" in first and "delivered (200)" in first


def test_programs_read_the_log_as_json(run: Run, lab: RecordedDriver) -> None:
    code, out, _ = run("--json", "--call", last(lab).call)
    newest, first = json.loads(out)
    assert code == 0 and "s3cret" not in out
    assert (newest["outcome"], newest["host"], newest["ended"]) == (None, "crm.example.com", None)
    assert [(one["status"], one["why"]) for one in newest["tries"] + first["tries"]] == [(503, "no"), (200, "")]
    assert json.loads(run("--json", "--call", "other")[1]) == []
