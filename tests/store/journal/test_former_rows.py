"""Rows with former names stay unchanged, and every reader reads them."""

import re
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.internals.databases import (
    JOURNAL_KINDS,
    RECORD_TYPES,
    EventId,
    Kind,
    agent_day,
    call_story,
    connect,
    hash_chain,
    journal_events,
    replay,
    replay_call,
    steps,
)
from tools.simulation.asterisk.recorded_driver import RecordedDriver

# A caller is handed over, the app is killed and restarts, both hang up; another caller is on hold. Then the release.
ROWS = Path(__file__).with_name("former_rows.sql")
FIRST, SECOND = "01M3250WEW000000000R000001", "01M325185W000000005G000001"
# The former columns of the table of calls.
CALL = """
    id, agc_id, state, arrived, number, dialled, ingroup, direct, agent, last_agent, connected, "left", ended, ended_by,
    status, why, lead
"""
# The former columns of the table of leads.
LEAD = """
    lead_id, list_id, entry_date, modify_date, status, "user", vendor_lead_code, source_id, gmt_offset_now, phone_code,
    phone_number, title, first_name, middle_initial, last_name, address1, address2, address3, city, state, province,
    postal_code, country_code, gender, date_of_birth, alt_phone, email, security_phrase, comments, called_count,
    last_call, rank, owner
"""
# The former columns of the table of recordings.
RECORDING = """
    id, call, kind, reason, agent, asked, started, ended, status, cause, path, bytes, length, sha256, converted_path,
    converted_bytes, converted_sha256
"""
# The former columns of the table of legs, without their server.
LEG = "id, owner, role, number, created, answered, ended, cause"
# The former columns of the table of dispositions.
DISPOSITION = 'id, call, agent, status, at, "by", notes, correction'
JOURNAL = "SELECT * FROM journal WHERE seq <= ? ORDER BY seq"


@pytest.fixture
def former(demo_database: Path, tmp_path: Path) -> Path:
    """Provide a database that the previous version wrote during a call."""
    path = Path(shutil.copy(demo_database, tmp_path))
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        former_rows = ROWS.read_text()
        former_columns = {"call": CALL, "lead": LEAD, "recording": RECORDING, "disposition_entry": DISPOSITION}
        former_columns |= {"leg": LEG, "asterisk": "id, started, seen, ended"}
        for table, columns in former_columns.items():
            former_rows = former_rows.replace(f'"{table}" VALUES', f'"{table}" ({columns}) VALUES')
        connection.executescript(former_rows)
    return path


@pytest.fixture
def head(former: Path) -> str:
    """Return the last output of `audit verify` before the release."""
    return hash_chain.heads(former)[0]


def rows(path: Path, last: int = 1 << 62) -> list[tuple[object, ...]]:
    with closing(connect(path)) as connection:
        return [tuple(row) for row in connection.execute(JOURNAL, (last,))]


@pytest.fixture
def continued(former: Path) -> Path:
    """Let this version read the calls and end them."""
    driver = RecordedDriver(former)
    driver.asterisk.now = max(int(str(row[1])) for row in rows(former)) + 1_000_000
    driver.alive = False
    driver.come_back()
    driver.ask(Kind.STATUS, status="SALE")
    driver.log_in("1000")
    driver.customer(name="third")
    driver.wait(10)
    driver.hang_up("third")
    driver.ask(Kind.STATUS, status="SALE")
    driver.close()
    return former


def kinds(path: Path) -> Counter[str]:
    return Counter(str(row[2]) for row in rows(path))


def test_the_former_rows_have_only_former_names(former: Path) -> None:
    known = {text for kind in JOURNAL_KINDS for text in JOURNAL_KINDS.former[kind]}
    assert set(kinds(former)) <= known and len(kinds(former)) > 10


def test_former_rows_stay_unchanged_by_every_byte(former: Path, head: str, request: pytest.FixtureRequest) -> None:
    before = rows(former)
    request.getfixturevalue("continued")
    assert rows(former, len(before)) == before
    assert len(rows(former)) > len(before) + 10
    assert hash_chain.verify(former, head) == []
    assert hash_chain.verify(former, "0" * 64) != []


def test_new_rows_have_no_former_names(former: Path, request: pytest.FixtureRequest) -> None:
    before = kinds(former)
    request.getfixturevalue("continued")
    assert set(kinds(former) - before) <= set(JOURNAL_KINDS)


def test_former_rows_are_replayed_without_differences(former: Path) -> None:
    again = replay(former)
    assert (again.differences, again.stopped, again.rows) == ([], "", len(rows(former)))


def test_a_call_of_theirs_is_replayed_from_a_start_of_theirs(former: Path) -> None:
    with closing(connect(former)) as connection:
        connection.execute("UPDATE agent_session SET ended = started")  # nothing was open when the app started
        connection.execute("UPDATE call SET ended = arrived WHERE id = ?", (FIRST,))
        for table in ("leg", "receipt", "recording"):
            begun = {"leg": "created", "receipt": "requested", "recording": "asked"}[table]
            connection.execute(f"UPDATE {table} SET ended = {begun}")  # noqa: S608 - names of this test
        [(start,)] = connection.execute("SELECT seq FROM journal WHERE kind = 'Started'").fetchall()
    assert replay_call(former, SECOND).begun == start


def test_a_record_that_was_changed_shows(former: Path) -> None:
    with closing(connect(former)) as connection:
        connection.execute("DROP TRIGGER journal_unchanged")
        connection.execute("UPDATE journal SET payload = json_set(payload, '$.asked', json('[]')) WHERE kind = 'Ask'")
    [found] = replay(former).differences
    assert "channel.create" in found.text and found.text.endswith("the journal has []")


def told(path: Path) -> list[journal_events.JournalEvent]:
    return journal_events.after(path, EventId(0, 0), 10_000)


def test_former_rows_become_events_with_current_types(former: Path) -> None:
    found = told(former)
    assert {one.type for one in found} <= set(JOURNAL_KINDS) | set(RECORD_TYPES)
    assert [one.id for one in found] == sorted({one.id for one in found})
    assert {one.id.row for one in found} == set(range(1, len(rows(former)) + 1))
    of_call = [one for one in found if one.call == FIRST and one.type.startswith("call.")]
    states = list(dict.fromkeys(one.data["state"] for one in of_call))
    assert states == ["ringing_agent", "talking", "dialing", "three_way", "handed_off", "ended"]
    assert {"number": "8500", "command": "DIAL_WITH_CUSTOMER"}.items() <= next(
        one.data.items() for one in found if one.type == "command.requested"
    )


def test_their_call_has_the_same_steps(former: Path) -> None:
    lines = [f"{step.lane}: {step.text}" for step in steps(call_story.story(former, FIRST))]
    for line in (
        "customer: in the room",
        "third: answers",
        "agent 1000: out of the room",
        ": the app has restarted",
    ):
        assert line in lines, lines
    assert "customer: hears music" in [f"{step.lane}: {step.text}" for step in steps(call_story.story(former, SECOND))]


def test_an_agents_day_with_rows_of_both(continued: Path) -> None:
    times = [int(str(row[1])) for row in rows(continued)]
    day = agent_day(continued, "1000", times[0], times[-1] + 1)
    assert day.findings == [] and day.calls == 3


def test_events_contain_no_names_of_classes(continued: Path) -> None:
    names = "|".join(text for kind in JOURNAL_KINDS for text in JOURNAL_KINDS.former[kind] if text != "Ask")
    assert not [one for one in told(continued) if re.search(rf"\b({names}|Ask)\b", f"{one.type} {one.data}")]
