"""The table of attempts: one row for each call to a lead that the hopper chose.

It is derived from the journal like the other tables.
"""

from contextlib import closing
from pathlib import Path

import pytest

from tests.begun_drivers import BegunDriver
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.store.calls import call_story
from warmline.store.calls.timeline_steps import steps
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.database.reading import Row, reading, rows
from warmline.store.journal.replay import replay
from warmline.store.leads import leads
from warmline_contrib.compliance.store.compliance_report import compliance

ANSWERS, BUSY = "5551234", "8502"
SHOWN, SECOND = "3125550199", 1_000_000


@pytest.fixture
def driver(demo_database: Path, tmp_path: Path) -> RecordedDriver:
    """Provide a campaign that dials, with one READY agent."""
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    options = {"dial_method": "PROGRESSIVE", "campaign_cid": SHOWN, "safe_harbor_audio": "sorry"}
    driver.configure("campaigns", "TESTCAMP", **options)
    driver.log_in("1000")
    driver.ask(Kind.RESUME)
    driver.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP")
    return driver


def dial(driver: RecordedDriver, number: str) -> int:
    """Propose a lead, and return the end of its legal hours."""
    until = driver.asterisk.now + 3600 * SECOND
    lead = DialLead(7, "998", number, open_until=until, zones="America/Chicago", passes=2)
    driver.feed(PacingDecided("TESTCAMP", (lead,), ready=1, in_flight=0, threshold=40, risk=3))
    return until


def add_lead(driver: RecordedDriver) -> None:
    """Give the campaign a lead that answers, in a country without legal hours here: those of the campaign hold."""
    path, number = driver.database, "81312349001"
    config.create(path, "call-time", "EVER", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="test")
    config.create(path, "list", "976", {"campaign": "TESTCAMP", "country": "JP"}, who="test")
    config.set_options(path, "campaign", "TESTCAMP", {"local_call_time": "EVER"}, who="test")
    leads.create(path, "976", {"phone_number": f"+{number}"}, who="test")
    driver.asterisk.far_ends[number] = [(0.1, "ringing"), (2.0, "up")]


def attempts(driver: RecordedDriver) -> list[Row]:
    """Close the app, and return the rows. The replay of the journal must give the same ones."""
    driver.close()
    assert replay(driver.database).differences == []
    with reading(driver.database) as db:
        return rows(db, "SELECT attempt.*, arrived, connected FROM attempt JOIN call ON id = call ORDER BY call")


def test_an_attempt_records_dialler_facts_and_agent(driver: RecordedDriver) -> None:
    until = dial(driver, ANSWERS)
    driver.wait(4)
    [one] = attempts(driver)
    assert (one["campaign"], one["list_id"], one["source"], one["passes"]) == ("TESTCAMP", "998", "list", 2)
    assert one["origin"] == "dialler"
    assert (one["zones"], one["open_until"], one["caller_id"]) == ("America/Chicago", until, SHOWN)
    assert (one["ready"], one["in_flight"], one["threshold"], one["risk"]) == (1, 0, 40, 3)
    assert one["arrived"] < one["ringing"] < one["answered"] <= one["connected"] < one["answered"] + 2 * SECOND
    assert (one["agent"], one["cause"], one["dropped"], one["by_fault"]) == ("1000", None, None, 0)


def test_an_attempt_that_is_busy_has_the_cause(driver: RecordedDriver) -> None:
    dial(driver, BUSY)
    driver.wait(2)
    [one] = attempts(driver)
    assert (one["cause"], one["answered"], one["agent"]) == (17, None, "")


def test_a_dropped_attempt_has_the_message_and_no_fault(driver: RecordedDriver) -> None:
    dial(driver, ANSWERS)
    driver.ask(Kind.LOGOUT)
    driver.wait(4.5)
    [one] = attempts(driver)
    assert one["answered"] + 1.75 * SECOND <= one["dropped"] <= one["message_at"] < one["answered"] + 2 * SECOND
    assert (one["agent"], one["by_fault"], one["opted_out"]) == ("", 0, 0)


def test_a_drop_by_the_death_of_asterisk_is_by_fault(driver: RecordedDriver) -> None:
    dial(driver, ANSWERS)
    driver.ask(Kind.LOGOUT)
    driver.wait(2.5)
    asterisk_dies(driver)
    comes_back(driver)
    [one] = attempts(driver)
    assert one["dropped"] is not None and one["by_fault"] == 1


@pytest.mark.parametrize("preview", [False, True])
def test_the_next_lead_of_an_agent_is_an_attempt_of_that_origin(driver: RecordedDriver, preview: bool) -> None:
    driver.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP")
    driver.ask(Kind.PAUSE)
    add_lead(driver)
    assert driver.ask(Kind.DIAL_NEXT, preview=preview) == ""
    if preview:
        assert driver.ask(Kind.DIAL) == ""
    driver.wait(4)
    driver.close()
    now = driver.asterisk.now
    found = {one.claim: one for one in compliance(driver.database, 0, now, now)}
    assert [one for one in found.values() if one.broken] == []
    assert [found[name].checked for name in ("hours_on_record", "do_not_call", "agent_in_time")] == [1, 1, 0]
    [one] = attempts(driver)
    assert (one["origin"], one["campaign"], one["list_id"], one["source"]) == ("agent", "TESTCAMP", "976", "list")
    assert (one["passes"], one["zones"], one["caller_id"]) == (0, "Asia/Tokyo", SHOWN)
    assert one["open_until"] > one["arrived"]
    assert one["arrived"] < one["ringing"] < one["answered"] == one["connected"]
    assert (one["agent"], one["ready"], one["dropped"], one["by_fault"]) == ("1000", 0, None, 0)


@pytest.mark.parametrize(("amd", "status"), [("OFF", ""), ("MARK", ""), ("TAKE", "AA")])
def test_an_attempt_has_the_verdict_of_machine_detection(driver: RecordedDriver, amd: str, status: str) -> None:
    driver.configure("campaigns", "TESTCAMP", amd=amd)
    driver.asterisk.machines[ANSWERS] = (2.5, "MACHINE MAXWORDS-3-3")
    dial(driver, ANSWERS)
    driver.wait(9)
    with closing(connect(driver.database)) as db:
        assert db.execute("SELECT status FROM call").fetchall() == [(status,)]
    [one] = attempts(driver)
    told = [step.text for step in steps(call_story.story(driver.database, "last")) if "detection" in step.text]
    assert told == ([] if amd == "OFF" else ["machine detection: MACHINE MAXWORDS-3-3"])
    assert one["agent"] == "1000"
    if amd == "OFF":
        assert (one["amd"], one["amd_cause"], one["amd_at"]) == ("", "", None)
    else:
        assert (one["amd"], one["amd_cause"]) == ("MACHINE", "MAXWORDS-3-3")
        assert 2.4 * SECOND < one["amd_at"] - one["answered"] < 2.7 * SECOND
