"""Transfers, read back from the core's records."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.reports.transfers import Transfer, transfers


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    """Connect agent 1000 to a customer; without an answer, the customer is hung up."""
    path = Path(shutil.copy(demo_database, tmp_path))
    hang_up = dict.fromkeys(("leave_unanswered_action", "blind_unanswered_action"), "HANGUP")
    config.set_options(path, "campaign", "TESTCAMP", hang_up, who="ada")
    driver = RecordedDriver(path)
    driver.log_in("1000")
    driver.customer()
    yield driver
    driver.close()


def found(lab: RecordedDriver, agent: str = "", kind: str = "", outcome: str = "") -> list[Transfer]:
    return list(transfers(lab.database, lab.asterisk.now, agent=agent, kind=kind, outcome=outcome))


def told(lab: RecordedDriver) -> list[tuple[str, str, str]]:
    return [(one.kind, one.target, one.outcome) for one in found(lab)]


def seconds(one: Transfer) -> float | None:
    return None if one.talked_on is None else round(one.talked_on / SECOND, 1)


def test_after_a_leave_customer_and_third_talk_on_until_one_hangs_up(lab: RecordedDriver) -> None:
    lab.ask(Kind.PARK_CUSTOMER_DIAL, number="8500")
    lab.wait(2)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(4)
    dial, leave = found(lab)
    assert (dial.kind, dial.target, dial.outcome, dial.talked_on) == ("PARK_CUSTOMER_DIAL", "8500", "completed", None)
    assert (leave.kind, leave.target, leave.outcome) == ("LEAVE_3WAY_CALL", "8500", "completed")
    assert (leave.agent, leave.by, leave.source, leave.customer) == ("1000", "6666", "test", lab.call().number)
    assert (seconds(leave), leave.hung_up) == (4.0, "")  # they still do
    lab.wait(1)
    lab.hang_up("cust")
    lab.wait(60)
    _, leave = found(lab)
    assert (seconds(leave), leave.hung_up) == (5.0, "customer")


def test_a_leave_while_it_rings_counts_from_the_answer(lab: RecordedDriver) -> None:
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="5551234")
    lab.wait(0.5)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(0.5)
    _, leave = found(lab)
    assert (leave.target, leave.outcome, leave.left, leave.talked_on) == ("5551234", "completed", None, None)
    lab.wait(4)
    _, leave = found(lab)
    assert leave.left and leave.left > leave.requested + SECOND
    assert leave.talked_on == lab.asterisk.now - leave.left


def test_an_unanswered_leave_has_no_talk_time(lab: RecordedDriver) -> None:
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    lab.wait(1)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(30)
    assert told(lab) == [("DIAL_WITH_CUSTOMER", "8501", "no_answer"), ("LEAVE_3WAY_CALL", "8501", "completed")]
    assert found(lab)[1].talked_on is None


def test_a_blind_transfer_that_is_answered_is_talked_on_too(lab: RecordedDriver) -> None:
    lab.ask(Kind.BLIND_TRANSFER, number="8500")
    lab.wait(3)
    lab.hang_up(lab.call().third or "")
    (blind,) = found(lab)
    assert (blind.kind, blind.target, blind.outcome, blind.hung_up) == ("BLIND_TRANSFER", "8500", "completed", "third")
    assert seconds(blind) == 3.0


def test_a_closer_takes_over(lab: RecordedDriver) -> None:
    lab.log_in("1001")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.wait(2)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(3)
    lab.ask(Kind.HANGUP, agent="1001")
    lab.wait(60)
    dial, leave = found(lab)
    assert (dial.target, dial.outcome, leave.target, leave.outcome) == ("SUPPORTLINE", "completed") * 2
    assert (seconds(leave), leave.hung_up) == (3.0, "agent")


def test_a_closer_hands_on(lab: RecordedDriver) -> None:
    lab.log_in("1001")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="AGENTDIRECT", to_agent="1001")
    lab.wait(2)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(2)
    lab.log_in("1003")
    lab.ask(Kind.LOCAL_CLOSER, agent="1001", ingroup="SALESLINE")
    lab.wait(2)
    assert lab.call().agent == "1003"
    dial, leave, closer = found(lab)
    assert (dial.target, leave.target, leave.hung_up) == ("agent 1001", "agent 1001", "handed on by agent 1001")
    assert leave.talked_on is not None and 3 * SECOND < leave.talked_on < 5 * SECOND
    assert (closer.agent, closer.kind, closer.target, closer.outcome) == (
        "1001",
        "LOCAL_CLOSER",
        "SALESLINE",
        "completed",
    )


def test_failed_transfers_are_listed_with_their_cause(lab: RecordedDriver) -> None:
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8502")
    lab.wait(1)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(1)
    lab.ask(Kind.HANGUP_XFER)
    lab.ask(Kind.PARK_CUSTOMER)
    lab.ask(Kind.LOCAL_CLOSER, ingroup="CLOSEDLINE")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    lab.wait(1)
    assert told(lab) == [
        ("LEAVE_3WAY_CALL", "", "refused"),
        ("DIAL_WITH_CUSTOMER", "8502", "busy"),
        ("DIAL_WITH_CUSTOMER", "8500", "completed"),
        ("HANGUP_XFER", "8500", "completed"),
        ("LOCAL_CLOSER", "CLOSEDLINE", "refused"),
        ("DIAL_WITH_CUSTOMER", "8501", "pending"),
    ]
    assert found(lab)[0].cause == "no third party on this call"


def test_only_some_of_them(lab: RecordedDriver) -> None:
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8502")
    lab.wait(1)
    since = lab.asterisk.now
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(1)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    assert [one.target for one in found(lab, outcome="busy")] == ["8502"]
    assert [one.kind for one in found(lab, kind="LEAVE_3WAY_CALL")] == ["LEAVE_3WAY_CALL"]
    assert len(list(transfers(lab.database, lab.asterisk.now, since))) == 2
    assert len(found(lab, agent="1000")) == 3
    assert found(lab, agent="1001") == []
