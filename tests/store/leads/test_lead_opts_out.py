"""A dropped lead's key puts the number on the do-not-call list, in the transaction of the key."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.begun_drivers import BegunDriver
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.store.database.database import connect
from warmline.store.journal.replay import replay

ANSWERS = "5551234"


@pytest.fixture
def dropped(demo_database: Path, tmp_path: Path) -> RecordedDriver:
    """Provide a lead that hears the safe harbour message."""
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    options = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}
    driver.configure("campaigns", "TESTCAMP", **options)
    driver.log_in("1000")
    driver.ask(Kind.RESUME)
    driver.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP")
    lead = DialLead(7, "998", ANSWERS, open_until=driver.asterisk.now + 3_600_000_000)
    driver.feed(PacingDecided("TESTCAMP", (lead,)))
    driver.ask(Kind.LOGOUT)
    driver.wait(4.5)
    return driver


def listed(path: Path) -> list[tuple[str, str, str]]:
    with closing(connect(path)) as connection:
        return [tuple(row) for row in connection.execute('SELECT phone_number, campaign, "by" FROM dnc')]


def test_the_key_lists_the_number_and_a_restart_knows_it(dropped: RecordedDriver) -> None:
    assert listed(dropped.database) == []
    lead = dropped.call().customer or ""
    dropped.asterisk.press(lead, "9")
    dropped.pump()
    assert listed(dropped.database) == [(ANSWERS, "", "lead")] and lead not in dropped.asterisk.channels
    dropped.close()
    assert replay(dropped.database).differences == []


def test_other_keys_are_not_even_kept(dropped: RecordedDriver) -> None:
    dropped.asterisk.press(dropped.call().customer or "", "12345")
    dropped.pump()
    dropped.close()
    assert listed(dropped.database) == []
    with closing(connect(dropped.database)) as connection:
        keys = connection.execute("SELECT payload FROM journal WHERE kind = 'leg.digit'").fetchall()
    assert not any('"digit":"' in str(row[0]) for row in keys)
