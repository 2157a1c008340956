"""`warmline audit`: one call's story in the terminal and as JSON, and whether the records are whole."""

import json
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from cli.timeline.timeline_drawing import draw
from lab import configure
from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.leg_messages import LegWithoutAudio
from warmline.store.calls import call_story
from warmline.store.calls.timeline_steps import lanes, start, steps
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain

AGC_ID = 20  # letters


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


def test_a_customer_in_the_park_ivr_is_told_with_its_place_and_its_end(lab: RecordedDriver) -> None:
    lab.configure("campaigns", "TESTCAMP", park_ivr="ivr@park")
    lab.log_in("1000")
    lab.customer()
    assert lab.ask(Kind.PARK_IVR_CUSTOMER) == ""
    lab.wait(12)
    assert lane(lab.database, "customer")[-3:] == ["in ivr@park", "ivr@park has ended", "hears music"]
    assert "ivr" not in {step.lane for step in steps(call_story.story(lab.database, "last"))}


@pytest.mark.parametrize(
    "number, leg, command",
    [
        ("8502", "busy (17)", "8502 was busy"),
        ("5550603", "declined (21)", "5550603 declined the call"),
        ("8501", "no answer (19)", "8501 did not answer after 20 s"),
    ],
)
def test_a_third_party_not_reached_has_the_cause(lab: RecordedDriver, number: str, leg: str, command: str) -> None:
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number)
    lab.wait(25)
    assert lane(lab.database, "third")[-1] == leg
    assert lane(lab.database, "agent 1000")[-1] == f"DIAL_WITH_CUSTOMER: {command}"


def test_a_leg_that_is_hung_up_does_not_hang_up_itself(lab: RecordedDriver) -> None:
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    lab.wait(1)
    lab.ask(Kind.HANGUP_XFER)
    lab.ask(Kind.HANGUP)
    assert lane(lab.database, "third")[-1] == "ringing cancelled"
    assert lane(lab.database, "customer")[-1] == "is hung up"


def test_a_refused_command_is_shown_with_its_reason(lab: RecordedDriver, run: Run) -> None:
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.LEAVE_3WAY_CALL)
    assert lane(lab.database, "agent 1000")[-1] == "LEAVE_3WAY_CALL: refused: no third party on this call"
    _, out, _ = run("call", "last")
    assert "LEAVE_3WAY_CALL   refused   for agent 1000, by 6666 (test)\n    no third party on this call\n" in out


def test_a_restart_of_the_app_is_shown(lab: RecordedDriver) -> None:
    lab.log_in("1000")
    lab.customer()
    lab.die()
    lab.come_back()
    lab.ask(Kind.HANGUP)
    assert lane(lab.database, "") == ["the app has restarted", "the app has read Asterisk's calls"]


def test_a_party_without_audio_is_shown_joining_again(lab: RecordedDriver) -> None:
    lab.log_in("1000")
    customer = lab.customer()
    for leg in (customer, lab.session().leg or ""):
        lab.feed(LegWithoutAudio(leg, lab.call().mixing_bridge_id))
        lab.pump()
    for name in ("customer", "agent 1000"):
        assert lane(lab.database, name)[-2:] == ["gets no audio, and joins again", "in the room"]


def test_later_actions_of_an_agent_do_not_belong_to_the_call(lab: RecordedDriver) -> None:
    hand_over(lab)
    before = steps(call_story.story(lab.database, "last"))
    lab.hang_up("phone-1000")
    lab.die()
    lab.come_back()
    assert steps(call_story.story(lab.database, "last")) == before


def test_the_page_of_a_call_shows_people_times_reasons_and_places(lab: RecordedDriver, run: Run) -> None:
    call = hand_over(lab)
    code, out, err = run("call", "last")
    assert (code, err) == (0, "")
    story = call_story.story(lab.database, call)
    assert story.call
    assert out.startswith(f"Call {call}   agent API: {story.call['agc_id']}\n")
    for text in (
        "  customer    3125550100, called 8005550100\n",
        "  in-group    SALESLINE\n",
        "  ended by    customer\n",
        "  disposition SALE by agent 1000 at ",
        "  SALESLINE   ANSWERED by agent 1000 after 4.000 s   place 1 in line, priority 0\n",
        "  DIAL_WITH_CUSTOMER 5551234   completed   for agent 1000, by 6666 (test)\n",
        "    why     campaign_recording=ALLCALLS\n",
        "    why     leave_3way_start_recording=ALL_CALLS\n",
    ):
        assert text in out
    for row in story.recordings:
        assert f"    file    {row['path']}\n" in out
        assert row["sha256"] in out


@pytest.mark.parametrize("width", [80, 120])
def test_the_lanes_fit_the_terminal(lab: RecordedDriver, width: int) -> None:
    hand_over(lab)
    story = call_story.story(lab.database, "last")
    lines = [line.plain for line in draw(steps(story), lanes(story), start(story), width)]
    assert max(map(len, lines)) <= width
    shown = Counter(" ".join(lines).split())
    said = Counter(word for step in steps(story) for word in step.text.split())
    assert not said - shown, "not a word is cut off"
    assert lines[0].split() == ["ms", "customer", "agent", "1000", "third", "file"]


def test_a_lane_shows_where_its_leg_is(lab: RecordedDriver) -> None:
    hand_over(lab)
    story = call_story.story(lab.database, "last")
    lines = [line.plain for line in draw(steps(story), lanes(story), start(story), 80)]
    column = lines[1].index("◌")
    marks = "".join(line[column] for line in lines[1:])
    assert "".join(dict.fromkeys(marks.rstrip())) == "◌┊●┃○"


def test_a_consultation_names_its_agent_and_a_recording_its_other_file(lab: RecordedDriver, run: Run) -> None:
    lab.configure("campaigns", "TESTCAMP", recording_format="mp3")
    lab.log_in("1000")
    lab.log_in("1001")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="AGENTDIRECT", to_agent="1001")
    lab.wait(2)
    lab.hang_up("cust")
    lab.wait(2)
    _, out, _ = run("call", "last")
    assert "  DIAL_WITH_CUSTOMER AGENTDIRECT agent 1001   completed   for agent 1000" in out
    assert "    also    /" in out and ".mp3\n" in out


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


def test_a_call_that_goes_on(lab: RecordedDriver, run: Run) -> None:
    lab.log_in("1000")
    lab.customer()
    code, out, _ = run("call", "last")
    assert code == 0
    assert ", in progress\n" in out
    assert "  state       talking\n" in out
    assert "  1 call   running\n" in out


def test_a_call_that_took_the_fallback(lab: RecordedDriver, run: Run) -> None:
    lab.feed(FallbackTaken("01M7W0SYD3KRP8EZM7S5B7TNR1", lab.asterisk.now, "4930123", "8005550100", "the app is away"))
    code, out, _ = run("call", "last")
    assert code == 0
    assert "  customer    4930123, called 8005550100\n  fallback    the app is away\n" in out
    assert "to the fallback: the app is away" in out
    assert json.loads(run("call", "last", "--json")[1])["fallback"]["reason"] == "the app is away"


def test_a_call_with_a_did_that_leads_elsewhere_shows_its_target_and_no_fallback(lab: RecordedDriver, run: Run) -> None:
    call = "01M7W0SYD3KRP8EZM7S5B7TNR1"
    away = FallbackTaken(
        call, lab.asterisk.now, "4930123", "8005550110", "sent to voicemail:100", "warmline-voicemail,100,1"
    )
    lab.feed(away)
    out = run("call", "last")[1]
    assert "  dialplan    sent to voicemail:100\n" in out
    assert "fallback" not in out


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
