"""`warmline audit compliance`: each claim finds the attempt that breaks it, and no other claim does."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.audit.attempts import BEGUN, HOUR, SECOND, Attempts
from tests.cli.command_line import Run

EVER = ("--since", "2026-09-01")
NUMBER = "13125550100"
CLAIMS = (
    *("hours_on_record", "legal_hours", "local_call_time", "do_not_call", "opt_out", "calls_in_24_hours"),
    "calls_in_30_days",
    *("calls_in_a_day", "wait_after_drop", "ring_time", "agent_in_time", "message_in_time", "end", "drop_rate"),
)
HASH = "0" * 64


@pytest.fixture
def made(demo_db: Path) -> Iterator[Attempts]:
    with closing(Attempts(demo_db)) as attempts:
        yield attempts


def claims(run: Run, *asked: str) -> dict[str, dict[str, Any]]:
    """Return the report by claim. The exit code says whether any is broken."""
    code, out, err = run("audit", "compliance", *EVER, *asked, "--json")
    told = json.loads(out)
    found = {one["claim"]: one for one in told["claims"]}
    broken = [name for name, one in found.items() if one["broken"]]
    assert (code, told["broken"], err) == (bool(broken), len(broken), ""), out
    return found


def broken(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {name: one["first"] for name, one in found.items() if one["broken"]}


def test_a_clean_database_breaks_no_claim(made: Attempts, run: Run) -> None:
    assert (run("audit", "compliance")[0], tuple(claims(run))) == (0, CLAIMS)
    made.persons(70)
    made.unanswered(15 * SECOND)
    made.unanswered(3 * SECOND, cause=17, status="AB", ended_by="lead")
    made.dropped()
    made.dropped(message_at=None, ended=BEGUN + 6 * SECOND, ended_by="customer")
    made.add(open_until=0, ended_by="refused", status="DNCL", answered=None, connected=None, ringing=None)
    found = claims(run)
    assert broken(found) == {}
    assert {name: one["checked"] for name, one in found.items()} == (
        dict.fromkeys(CLAIMS, 74)
        | {"local_call_time": 0, "calls_in_30_days": 0}  # no call time is set, and no law limits the calls of 30 days
        | {"ring_time": 1, "agent_in_time": 72, "message_in_time": 1, "end": 75, "drop_rate": 1}
    )


def hours_on_record(made: Attempts) -> str:
    return made.add(open_until=BEGUN)[0]


def legal_hours(made: Attempts) -> str:
    return made.add(BEGUN - 4 * HOUR)[0]  # 6:00 in Chicago


def local_call_time(made: Attempts) -> str:
    made.write("INSERT INTO call_time (id, ct_default_start, ct_default_stop) VALUES ('noon', 1000, 1200)")
    made.write("UPDATE campaign SET local_call_time = 'noon' WHERE id = 'TESTCAMP'")
    made.add(BEGUN)  # 10:00 in Chicago
    made.add(BEGUN + 2 * HOUR - 1)
    return made.add(BEGUN + 2 * HOUR)[0]


def do_not_call(made: Attempts) -> str:
    made.write("INSERT INTO dnc VALUES ('3125550100', '', ?, 'ada', '')", BEGUN - SECOND)
    made.write("INSERT INTO dnc VALUES ('3125550101', '', ?, 'ada', '')", BEGUN + SECOND)
    made.add(number="13125550101")
    return made.add(number=NUMBER)[0]


def opt_out(made: Attempts) -> str:
    made.persons(40)
    made.dropped(number=NUMBER, opted_out=1, ended=BEGUN + 20 * SECOND)
    return made.add(BEGUN + 96 * HOUR, number=NUMBER)[0]


def calls_in_24_hours(made: Attempts) -> str:
    for hours in (23, 22, 1):
        made.add(BEGUN - hours * HOUR, number=NUMBER, zones="Pacific/Honolulu|Asia/Tokyo", jurisdictions="JP")
    return made.add(number=NUMBER)[0]


def calls_in_30_days(made: Attempts) -> str:
    number, place = "33140000100", {"zones": "Europe/Paris", "jurisdictions": "FR"}
    for days in (31, 29, 22, 8):
        made.add(BEGUN - days * 24 * HOUR, number=number, **place)
    made.add(BEGUN - 24 * HOUR, number=number, **place)
    return made.add(BEGUN - HOUR, number=number, **place)[0]


def calls_in_a_day(made: Attempts) -> str:
    _, lead = made.add(BEGUN)
    for minutes in (1, 2):
        made.add(BEGUN + minutes * 60 * SECOND, lead=lead)
    return made.add(BEGUN + HOUR, lead=lead)[0]


def wait_after_drop(made: Attempts) -> str:
    made.persons(40)
    made.dropped(number=NUMBER)
    return made.add(BEGUN + 71 * HOUR, number=NUMBER)[0]


def ring_time(made: Attempts) -> str:
    return made.unanswered(15 * SECOND - 1)


def agent_in_time(made: Attempts) -> str:
    made.add(connected=BEGUN + 7 * SECOND)
    return made.add(connected=BEGUN + 7 * SECOND + 1)[0]


def message_in_time(made: Attempts) -> str:
    made.persons(70)
    made.dropped(after=2_000_000)
    return made.dropped(after=2_000_001)


def drop_rate(made: Attempts) -> str:
    made.persons(32)  # the 33rd is dropped; afterwards the rate falls below the limit
    made.dropped()
    for one in range(10):
        made.add(BEGUN + HOUR + one * SECOND)
    return ""


def end(made: Attempts) -> str:
    made.add(ended=None)  # an agent talks
    return made.add(ended=None, connected=None, answered=None, ended_by="", status="")[0]


@pytest.mark.parametrize(
    "breaks",
    [
        hours_on_record,
        legal_hours,
        local_call_time,
        do_not_call,
        opt_out,
        calls_in_24_hours,
        calls_in_30_days,
        calls_in_a_day,
        wait_after_drop,
        ring_time,
        agent_in_time,
        message_in_time,
        drop_rate,
        end,
    ],
)
def test_a_broken_row_is_found_by_its_claim_alone(made: Attempts, run: Run, breaks: Callable[[Attempts], str]) -> None:
    call = breaks(made)
    name = breaks.__name__
    found = claims(run)
    assert broken(found) == {name: call} and found[name]["broken"] == 1 and found[name]["why"]
    if call:
        code, out, _ = run("audit", "compliance", "--call", call, "--json")
        told = json.loads(out)
        assert (code, told["call"], told["broken"]) == (1, call, 1)
        assert {one["claim"]: one["why"] for one in told["claims"] if one["result"] == "broken"} == {
            name: found[name]["why"]
        }


OF_EACH_CALL = (
    *(hours_on_record, legal_hours, local_call_time, do_not_call, opt_out, calls_in_24_hours, calls_in_a_day),
    *(calls_in_30_days, end),
)


@pytest.mark.parametrize("breaks", OF_EACH_CALL)
def test_a_call_of_an_agent_to_the_next_lead_keeps_the_same_claims(
    made: Attempts, run: Run, breaks: Callable[[Attempts], str]
) -> None:
    call = breaks(made)
    for table, key in (("call", "id"), ("attempt", "call")):
        made.write(f"UPDATE {table} SET origin = 'agent' WHERE {key} = ?", call)  # noqa: S608 - the names are above
    assert broken(claims(run)) == {breaks.__name__: call}


@pytest.mark.parametrize("breaks", [wait_after_drop, ring_time, agent_in_time, message_in_time, drop_rate])
def test_a_claim_about_the_dialler_is_none_about_an_agents_call(
    made: Attempts, run: Run, breaks: Callable[[Attempts], str]
) -> None:
    breaks(made)
    for table in ("call", "attempt"):
        made.write(f"UPDATE {table} SET origin = 'agent'")  # noqa: S608 - the names are above
    found = claims(run)
    assert broken(found) == {} and found[breaks.__name__]["checked"] == 0
    code, out, _ = run("audit", "compliance", "--call", "01M" + "0" * 22 + "1", "--json")
    told = {one["claim"]: (one["result"], one["why"]) for one in json.loads(out)["claims"]}
    assert code == 0 and told[breaks.__name__] == ("not applicable", "an agent dialled the lead")


def test_a_claim_without_proof_in_the_records_is_undecided(made: Attempts, run: Run) -> None:
    made.add(jurisdictions="JP", zones="Asia/Tokyo")
    made.unanswered(5 * SECOND, ended_by="lead", cause=19)
    made.dropped(answered=None, message_at=None, by_fault=1, ended_by="away")
    made.dropped(message_at=None, ended=BEGUN + 9 * SECOND)
    made.write("INSERT INTO asterisk VALUES ('main', 1, 1, ?, 'main')", BEGUN + 9 * SECOND)
    made.dropped(message_at=None, ended=BEGUN + 20 * SECOND)
    started = {"seq": 1, "at": BEGUN + 12 * SECOND, "kind": "app.started", "payload_hash": HASH, "hash": HASH}
    made.insert("journal", started)
    made.persons(100)
    found = claims(run)
    undecided = {name: one["undecided"] for name, one in found.items() if one["undecided"]}
    assert (broken(found), undecided) == ({}, {"legal_hours": 1, "ring_time": 1, "message_in_time": 3})


def test_the_drop_rate_of_a_british_list_is_that_of_each_day(made: Attempts, run: Run) -> None:
    for day in range(3):  # one of 21 is above the limit of a day, and one of 61 is not
        for one in range(20):
            made.add(BEGUN + day * 24 * HOUR + one * SECOND)
    made.dropped(BEGUN + 2 * 24 * HOUR + 60 * SECOND)
    assert "drop_rate" not in broken(claims(run))
    assert run("list", "create", "909", "campaign=TESTCAMP", "country=GB")[0] == 0
    assert "drop_rate" in broken(claims(run))


def test_a_message_in_a_fault_has_half_a_second_more(made: Attempts, run: Run) -> None:
    made.persons(70)
    made.dropped(after=2_500_000, by_fault=1)
    assert broken(claims(run)) == {}
    late = made.dropped(after=2_500_001, by_fault=1)
    assert broken(claims(run)) == {"message_in_time": late}


def test_the_limit_is_that_of_the_time_of_the_call(made: Attempts, run: Run) -> None:
    for minutes in (0, 1):
        made.add(BEGUN + minutes * 60 * SECOND, number=NUMBER)
    assert run("campaign", "set", "TESTCAMP", "call_limit_24hour=1")[0] == 0
    assert broken(claims(run)) == {}
    made.write("UPDATE config_journal SET at = ? WHERE action = 'set'", BEGUN - SECOND)
    assert list(broken(claims(run))) == ["calls_in_24_hours"]


def test_the_call_times_are_those_of_the_time_of_the_call(made: Attempts, run: Run) -> None:
    """The call is at 10:00 in Chicago: each change makes it allowed or not, and only later calls are judged by it."""
    first = made.add(BEGUN)[0]
    for seq, (words, closed) in enumerate(
        (
            ("call-time create EARLY ct_default_start=800 ct_default_stop=1100", False),
            ("call-time create LATE ct_default_start=1300 ct_default_stop=2000", False),
            ("campaign set TESTCAMP local_call_time=EARLY", False),
            ("list set 101 local_call_time=LATE", True),
            ("call-time set LATE ct_default_start=900", False),
            ("call-time set EARLY ct_default_stop=930", True),
            ("campaign set TESTCAMP local_call_time=", False),
            ("holiday create FEAST holiday_date=2026-10-03", False),
            ("call-time set LATE ct_holidays=FEAST", False),
        )
    ):
        assert run(*words.split())[0] == 0, words
        made.write(
            "UPDATE config_journal SET at = ? WHERE seq = (SELECT max(seq) FROM config_journal)", BEGUN + seq + 1
        )
        code, out, _ = run("audit", "compliance", "--call", first, "--json")
        assert code == 0 and "not applicable" in out, words
        later = made.add(BEGUN + seq + 1)[0]
        told = json.loads(run("audit", "compliance", "--call", later, "--json")[1])["claims"]
        assert [one["claim"] for one in told if one["result"] == "broken"] == ["local_call_time"] * closed, words
    feast = made.add(BEGUN + 48 * HOUR)[0]
    assert broken(claims(run, "--since", "2026-10-03"))["local_call_time"] == feast


def test_the_ring_time_counts_from_the_ringing(made: Attempts, run: Run) -> None:
    made.unanswered(14 * SECOND, ended_by="lead", cause=19)  # the other end or the trunk has ended it
    begun, over = BEGUN + 7 * SECOND, BEGUN + 21 * SECOND
    call = made.unanswered(0, ended_by="dial_timeout", ringing=begun, ended=over)
    one = claims(run)["ring_time"]
    assert (one["broken"], one["undecided"], one["first"]) == (1, 1, call) and "dial_timeout" in one["why"]


@pytest.mark.parametrize(("seconds", "result"), [(17, "broken"), (18, "undecided")])
def test_without_a_report_ringing_began_after_3_seconds(made: Attempts, run: Run, seconds: int, result: str) -> None:
    made.unanswered(0, ended_by="dial_timeout", ringing=None, ended=BEGUN + seconds * SECOND)
    assert claims(run)["ring_time"][result] == 1
