"""`warmline audit`: one call's story in the terminal and as JSON, and whether the records are whole."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from lab import configure
from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.calls import call_story
from warmline.store.calls.timeline_steps import lanes, steps
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain


@pytest.fixture(scope="session")
def recorded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide the demo configuration, with recordings before and after a leave, for copies."""
    path = tmp_path_factory.mktemp("recorded") / "warmline.db"
    options = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}
    configure.fill(path, [("campaign", "TESTCAMP", options)])
    return path


@pytest.fixture
def lab(recorded_database: Path, tmp_path: Path) -> RecordedDriver:
    return RecordedDriver(Path(shutil.copy(recorded_database, tmp_path)))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run `warmline audit …` on the database: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))

    return lambda *arguments: run("audit", *arguments)


def hand_over(lab: RecordedDriver) -> str:
    """Let a customer wait, reach the agent, and be left with a third party; return the call's id."""
    customer = lab.customer()
    lab.wait(3)
    lab.log_in("1000")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="5551234")
    lab.wait(3)
    call = lab.call().id
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(2)
    lab.ask(Kind.STATUS, status="SALE")
    lab.hang_up(customer)
    lab.wait(1)
    return call


def lane(path: Path, name: str) -> list[str]:
    return [step.text for step in steps(call_story.story(path, "last")) if step.lane == name]


def test_each_party_has_its_lane(lab: RecordedDriver) -> None:
    hand_over(lab)
    story = call_story.story(lab.database, "last")
    assert lanes(story) == ["customer", "agent 1000", "third", "file"]
    assert lane(lab.database, "customer") == ["calls 8005550100", "answered", "hears music", "in the room", "hangs up"]
    assert lane(lab.database, "agent 1000") == [
        "QUEUE",
        "in the room",
        "beep",
        "INCALL",
        "DIAL_WITH_CUSTOMER 5551234 …",
        "DIAL_WITH_CUSTOMER: 5551234 answered after 2 s",
        "LEAVE_3WAY_CALL …",
        "out of the room",
        "LEAVE_3WAY_CALL: done",
        "DISPO",
        "STATUS SALE: done",
        "READY",
    ]
    assert lane(lab.database, "third") == ["dialled: 5551234", "rings", "answers", "is hung up"]
    assert sorted(lane(lab.database, "file")) == ["1 off", "1 on", "2 off", "2 on"]


def test_later_actions_of_an_agent_do_not_belong_to_the_call(lab: RecordedDriver) -> None:
    hand_over(lab)
    before = steps(call_story.story(lab.database, "last"))
    lab.hang_up("phone-1000")
    lab.die()
    lab.come_back()
    assert steps(call_story.story(lab.database, "last")) == before


def test_json_has_utc_times_and_milliseconds(lab: RecordedDriver, run: Run) -> None:
    call = hand_over(lab)
    code, out, _ = run("call", "last", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["call"]["id"] == call
    assert told["call"]["arrived"].endswith("+00:00")
    assert told["steps"][0] == {
        "at": told["call"]["arrived"],
        "ms": 0.0,
        "lane": "customer",
        "text": "calls 8005550100",
    }
    assert [step["ms"] for step in told["steps"]] == sorted(step["ms"] for step in told["steps"])
    assert [receipt["outcome"] for receipt in told["receipts"]] == ["completed"] * 3
    assert [step["name"] for step in told["receipts"][1]["steps"]] == ["requested", "begun", "completed"]
    assert [file["kind"] for file in told["recordings"]] == ["call", "handoff"]
    assert [entry["status"] for entry in told["dispositions"]] == ["SALE"]
    assert told["fallback"] is None


def test_a_call_that_is_not_there(lab: RecordedDriver, run: Run) -> None:
    assert run("call", "last") == (3, "", f"warmline: {said('no_call_yet')}\n")
    assert run("call", "nonsense") == (3, "", f"warmline: {said('call_unknown', call='nonsense')}\n")


def test_a_callers_number_cannot_speak_to_the_terminal(lab: RecordedDriver, run: Run) -> None:
    lab.asterisk.come_in("cust", "ingroup", "SALESLINE", number="\x1b[2J\x07493012", dialled="800\x1b]0;x")
    lab.pump()
    code, out, _ = run("call", "last")
    assert code == 0
    assert "\x1b" not in out and "\x07" not in out
    assert "493012" in out


def test_an_erased_payload_leaves_the_facts_of_the_tables(lab: RecordedDriver, run: Run) -> None:
    hand_over(lab)
    with closing(connect(lab.database)) as connection:
        connection.execute("UPDATE journal SET payload = NULL")
    code, out, err = run("call", "last")
    assert (code, err) == (0, "")
    assert "dialled: 5551234" in out and "LEAVE_3WAY_CALL: done" in out


def test_complete_records_have_no_problems(lab: RecordedDriver, run: Run) -> None:
    hand_over(lab)
    heads = hash_chain.heads(lab.database)
    code, out, err = run("verify", "--no-files")
    assert (code, err) == (0, "")
    assert out.startswith("No problems: no record was changed or removed, and ")
    assert all(head in out for head in heads)
    hand_over(lab)
    assert [run("verify", "--no-files", "--expect", head)[0] for head in heads] == [0, 0]


def test_a_cut_tail(lab: RecordedDriver, run: Run) -> None:
    hand_over(lab)
    head, _ = hash_chain.heads(lab.database)
    with closing(connect(lab.database)) as connection:
        connection.execute("DROP TRIGGER journal_stays")
        connection.execute("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    assert run("verify", "--no-files")[0] == 0
    code, out, err = run("verify", "--no-files", "--expect", head)
    assert (code, err) == (1, "")
    assert f"{head} is in neither journal: rows were removed from the end" in out


def test_a_changed_record(lab: RecordedDriver, run: Run) -> None:
    hand_over(lab)
    with closing(connect(lab.database)) as connection:
        connection.execute("UPDATE config_journal SET who = 'nobody' WHERE seq = 3")
    code, out, _ = run("verify", "--no-files")
    assert code == 1
    assert out.splitlines()[1].split()[:2] == ["config_journal", "3"]
    told = json.loads(run("verify", "--no-files", "--json")[1])
    assert told["whole"] is False
    assert [(one["journal"], one["seq"]) for one in told["findings"]] == [("config_journal", 3)]


def test_a_missing_end_disposition_or_file_is_found(lab: RecordedDriver, run: Run) -> None:
    call = hand_over(lab)
    assert run("verify")[0] == 1  # the simulated Asterisk writes no files
    with closing(connect(lab.database)) as connection:
        connection.execute("DELETE FROM disposition_entry")
        connection.execute("UPDATE call SET status = ''")
        connection.execute("UPDATE receipt SET ended = NULL WHERE kind = 'LEAVE_3WAY_CALL'")
        connection.execute("UPDATE recording SET status = 'running' WHERE kind = 'handoff'")
    code, out, _ = run("verify", "--json")
    found = [(one["journal"], one["text"]) for one in json.loads(out)["findings"]]
    assert code == 1
    assert [table for table, _ in found] == ["receipt", "recording", "call", "recording"]
    assert "(LEAVE_3WAY_CALL of agent 1000) has no end" in found[0][1]
    assert f"(handoff of call {call}) has no end" in found[1][1]
    hint = f"to give it one: warmline call set-disposition {call} "
    assert f"{call} of agent 1000 has no disposition; {hint}" in found[2][1]
    assert found[3][1].endswith(".wav is missing")


def test_calls_in_progress_lack_nothing(lab: RecordedDriver, run: Run) -> None:
    lab.log_in("1000")
    customer = lab.customer()
    lab.wait(2)
    assert run("verify")[0] == 0
    lab.hang_up(customer)  # the agent can still give the call a disposition
    assert run("verify", "--no-files")[0] == 0
    lab.ask(Kind.STATUS, status="SALE", undo=True)
    assert run("verify", "--no-files")[0] == 0
    with closing(connect(lab.database)) as connection:
        connection.execute("UPDATE open_state SET body = json_remove(body, '$.undoable') WHERE kind = 'agent_session'")
    [found] = json.loads(run("verify", "--no-files", "--json")[1])["findings"]
    assert found["journal"] == "disposition_entry" and found["text"].endswith("(SALE of agent 1000) has no end")


def test_a_head_that_is_none(lab: RecordedDriver, run: Run) -> None:
    code, out, err = run("verify", "--no-files", "--expect", "c0ffee")
    assert (code, out) == (1, "")
    assert err == f"warmline: Invalid value: {said('chain_head_invalid', value='c0ffee')}\n"


@pytest.mark.parametrize("command", [("verify",), ("call", "last")])
def test_without_a_database(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    code, out, err = run(*command)
    assert (code, out) == (1, "")
    assert err == f"warmline: {said('database_missing', path=tmp_path / 'warmline.db')}\n"
