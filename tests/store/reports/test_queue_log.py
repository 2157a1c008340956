"""The journal in the form of Asterisk's queue_log."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab import configure
from tests.begun_drivers import BegunDriver
from tests.store.busy_ingroups import SECOND, record
from tests.store.records import CALL, LEG, entry
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.core.model.queue_wait import CUT_OFF_OUTCOME, WITHDRAWN_OUTCOME, QueueWait, WaitStatus
from warmline.store.asterisk_records import queue_log
from warmline.store.configuration import config

OF_AGENTS = ("ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE")


@pytest.fixture
def lab(configured: Path, tmp_path: Path) -> RecordedDriver:
    return BegunDriver.copy(configured, tmp_path / configured.name)


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database to be copied: the demo with agents of one in-group; from 1002 on they are on_hook."""
    path = tmp_path_factory.mktemp("configured") / "warmline.db"
    configure.fill(path, [("ingroup", "SALESLINE", {"drop_call_seconds": "20"})])
    for user, mode in (("1000", "nailed_up"), ("1001", "nailed_up"), ("1002", "on_hook"), ("1003", "on_hook")):
        options = {"ingroups": "SALESLINE", "phone_mode": mode, "on_hook_ring_time": "5"}
        config.set_options(path, "agent", user, options, who="ada")
    return path


def told(lab: RecordedDriver, *without: str) -> list[str]:
    """Return every line without its time and its in-group."""
    fields = [line.split("|") for line in queue_log.behind(lab.database, 0, 10_000).lines]
    assert {one[2] for one in fields} <= {"SALESLINE", "SUPPORTLINE", "AGENTDIRECT"}
    return ["|".join((one[1], *one[3:])) for one in fields if one[4] not in without]


def of_calls(lab: RecordedDriver) -> list[str]:
    return told(lab, *OF_AGENTS)


def test_a_call_is_answered_and_the_caller_hangs_up(lab: RecordedDriver) -> None:
    lab.customer(name="1700000000.1")
    lab.wait(3)
    lab.log_in("1000")
    lab.wait(5)
    lab.hang_up("1700000000.1")
    assert of_calls(lab) == [
        "1700000000.1|NONE|ENTERQUEUE||3125550100|1",
        "1700000000.1|Agent/1000|CONNECT|4|phone-1000|0",
        "1700000000.1|Agent/1000|COMPLETECALLER|4|5|1",
    ]
    [first, *_] = queue_log.behind(lab.database, 0, 10_000).lines
    assert first == "1790000000|1700000000.1|SALESLINE|NONE|ENTERQUEUE||3125550100|1"


@pytest.mark.parametrize(
    "command, arguments, line",
    [
        (Kind.HANGUP, {}, "COMPLETEAGENT|0|4|1"),
        (Kind.BLIND_TRANSFER, {"number": "8501"}, "BLINDTRANSFER|8501|BLIND_TRANSFER|0|4|1"),
        (Kind.LOCAL_CLOSER, {"ingroup": "SUPPORTLINE"}, "TRANSFER|SUPPORTLINE|LOCAL_CLOSER|0|4|1"),
        (Kind.LEAVE_VM, {}, "COMPLETEAGENT|0|4|1"),
    ],
)
def test_a_command_of_the_agent_ends_the_agents_part(
    lab: RecordedDriver, command: Kind, arguments: dict[str, str], line: str
) -> None:
    lab.log_in("1000")
    lab.customer(name="1700000000.1")
    lab.wait(4)
    lab.ask(command, **arguments)
    assert of_calls(lab)[2] == f"1700000000.1|Agent/1000|{line}"


def test_an_agent_leaves_a_call_to_a_third_and_a_closer(lab: RecordedDriver) -> None:
    lab.log_in("1000")
    lab.customer(name="1700000000.1")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(2)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.ask(Kind.STATUS, status="SALE")
    lab.customer(name="1700000000.2")
    lab.log_in("1001")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SALESLINE")
    lab.wait(2)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(2)
    lab.ask(Kind.HANGUP, agent="1001")
    assert [line for line in of_calls(lab) if "TRANSFER" in line or "COMPLETE" in line] == [
        "1700000000.1|Agent/1000|TRANSFER|8500|LEAVE_3WAY_CALL|0|2|1",
        "1700000000.2|Agent/1000|TRANSFER|SALESLINE|LEAVE_3WAY_CALL|0|3|1",
        "1700000000.2|Agent/1001|COMPLETEAGENT|0|4|1",
    ]


def test_callers_give_up_or_are_dropped(lab: RecordedDriver) -> None:
    for name in ("1700000000.1", "1700000000.2", "not-of-asterisk"):
        lab.customer(name=name)
        lab.wait(1)
    call = lab.call_of("not-of-asterisk").id
    lab.hang_up("not-of-asterisk")
    lab.wait(1)
    lab.hang_up("1700000000.1")
    lab.wait(60)
    assert of_calls(lab)[3:] == [
        f"{call}|NONE|ABANDON|3|3|1",
        "1700000000.1|NONE|ABANDON|1|1|4",
        "1700000000.2|NONE|EXITWITHTIMEOUT|1|2|20",
    ]


def test_a_phone_that_is_not_answered(lab: RecordedDriver) -> None:
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.log_in("1002")
    lab.customer(name="1700000000.1")
    lab.wait(6)
    lab.log_in("1000")
    lab.wait(2)
    assert of_calls(lab)[1:] == [
        "1700000000.1|Agent/1002|RINGNOANSWER|5000",
        "1700000000.1|Agent/1000|CONNECT|7|phone-1000|0",
    ]
    assert "NONE|Agent/1002|PAUSE|NOANSW" in told(lab)


def test_a_hangup_during_the_welcome_is_an_abandoned_call(lab: RecordedDriver) -> None:
    config.set_options(lab.database, "ingroup", "SALESLINE", {"welcome_message_filename": "vm-intro"}, who="ada")
    lab.feed(ConfigurationChanged(lab.rules()))
    lab.customer(name="1700000000.1")
    early = queue_log.behind(lab.database, 0, 10_000).lines
    lab.hang_up("1700000000.1")
    assert of_calls(lab) == ["1700000000.1|NONE|ENTERQUEUE||3125550100|1", "1700000000.1|NONE|ABANDON|1|1|0"]
    assert early == queue_log.behind(lab.database, 0, 10_000).lines[:1]


def test_agents_come_and_pause_and_go(lab: RecordedDriver) -> None:
    lab.log_in("1000")
    lab.ask(Kind.PAUSE, pause_code="LUNCH|\n")
    lab.ask(Kind.PAUSE, pause_code="COFFEE")
    lab.ask(Kind.RESUME)
    lab.customer(name="1700000000.1")
    lab.ask(Kind.LOGOUT)
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="SALE")
    assert told(lab) == [
        "NONE|Agent/1000|ADDMEMBER|",
        "NONE|Agent/1000|PAUSE|LOGIN",
        "NONE|Agent/1000|UNPAUSE|",
        "NONE|Agent/1000|PAUSE|LUNCH__",
        "NONE|Agent/1000|PAUSE|COFFEE",
        "NONE|Agent/1000|UNPAUSE|",
        "1700000000.1|NONE|ENTERQUEUE||3125550100|1",
        "1700000000.1|Agent/1000|CONNECT|0|phone-1000|0",
        "1700000000.1|Agent/1000|COMPLETEAGENT|0|0|1",
        "NONE|Agent/1000|REMOVEMEMBER|",
    ]


def test_the_lines_are_independent_of_the_number_of_rows_read(lab: RecordedDriver) -> None:
    """The lines are the same, whether they are read at the end in pieces of one row, or after each event."""
    live: list[str] = []
    seq = 0

    def look() -> None:
        nonlocal seq
        batch = queue_log.behind(lab.database, seq, 10_000)
        seq = batch.seq
        live.extend(batch.lines)

    lab.watch = look
    test_an_agent_leaves_a_call_to_a_third_and_a_closer(lab)
    look()
    pieces = [line for row in range(seq) for line in queue_log.behind(lab.database, row, 1).lines]
    assert live == pieces == queue_log.behind(lab.database, 0, 10_000).lines
    assert len(live) == 15
    assert queue_log.last(lab.database) == seq and queue_log.behind(lab.database, seq, 10) == queue_log.QueueLogLines(
        seq, []
    )


@pytest.mark.parametrize(
    "outcome, seconds, line",
    [
        (WaitStatus.NANQUE, 9, "EXITEMPTY|1|2|9"),
        (WaitStatus.CLOSOP, 9, "EXITEMPTY|1|2|9"),
        (WaitStatus.HOLDTO, 9, "EXITWITHKEY||1|2|9"),
        (WaitStatus.WAITTO, 9, "EXITWITHKEY||1|2|9"),
        (WaitStatus.XDROP, 9, "EXITWITHTIMEOUT|1|2|9"),
        (WITHDRAWN_OUTCOME, 9, "ABANDON|1|2|9"),
        (CUT_OFF_OUTCOME, 9, "ABANDON|1|2|9"),
        (WaitStatus.AFTHRS, 0, None),
    ],
)
def test_each_outcome_has_its_line_except_refused_calls(db: Path, outcome: str, seconds: int, line: str | None) -> None:
    """A caller id can contain anything; it neither ends a line nor adds a field."""
    at = 1_700_000_000 * SECOND
    call = replace(CALL, number="555|\r\n1|\u2028x")
    wait = QueueWait(
        id="01WAIT",
        call=call.id,
        ingroup="SALES",
        priority=0,
        place=2,
        queued_at=at,
        entered=at,
        ended=at + seconds * SECOND,
        outcome=outcome,
    )
    customer = replace(LEG, id="pbx-1700000000.77")
    record(db, entry(at, (call, True), (customer, True)), entry(at + seconds * SECOND, (wait, False)))
    start = "|pbx-1700000000.77|SALES|NONE|"
    assert queue_log.behind(db, 0, 10).lines == (
        [f"1700000000{start}ENTERQUEUE||555___1__x|1", f"1700000009{start}{line}"] if line else []
    )
