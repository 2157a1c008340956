"""Callbacks that the dialler makes: completed when an agent has the customer, and left open otherwise."""

from dataclasses import replace

from tests.core.core_stage import restarted
from tests.core.dialler.lead_stage import ANSWERS, RINGS_ON, dialling, goes, lead, outcome, propose
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import COMPLETED, PENDING, Callback
from warmline.core.model.call_states import State
from warmline.core.rules import reasons

BACK = Callback(id="B", call="C0", number=ANSWERS, campaign="TESTCAMP", at=1)


def begun(lab: Driver, number: str = ANSWERS) -> None:
    """Let the dialler make the callback."""
    propose(lab, lead(lab, number, 0, source="callback", due_callback=replace(BACK, number=number)))


def list_callbacks(lab: Driver) -> list[Callback]:
    """Return each stored form of the callback, oldest first."""
    return [record for record in lab.closed.values() if isinstance(record, Callback)]


def test_a_callback_without_an_answer_or_without_an_agent_stays_open() -> None:
    lab = dialling("1000")
    begun(lab, RINGS_ON)
    lab.wait(70)
    assert outcome(lab)[:2] == (State.ENDED, "NA") and list_callbacks(lab) == []
    begun(lab)
    goes(lab)
    lab.wait(10)
    assert outcome(lab)[1] == "DROP" and list_callbacks(lab) == []


def test_a_callback_in_progress_is_dialled_once_and_not_changed() -> None:
    lab = dialling("1000", "1001")
    begun(lab, RINGS_ON)
    turn = propose(lab, lead(lab, "8502", 0, due_callback=replace(BACK, number="8502")))
    assert turn.notes == [f"lead 0 is not dialled: {reasons.CALLBACK_DIALLED.text()}"]
    moved = replace(BACK, at=99)
    assert lab.ask(Kind.CALLBACK, agent="", callback=moved) == reasons.CALLBACK_DIALLED.text()
    lab.wait(70)
    assert lab.ask(Kind.CALLBACK, agent="", callback=moved) == ""
    assert [record.state for record in list_callbacks(lab)] == [PENDING]


def test_a_callback_in_progress_survives_a_restart() -> None:
    lab = dialling("1000")
    begun(lab)
    lab = restarted(lab)
    lab.wait(2.2)
    assert [record.state for record in list_callbacks(lab)] == [COMPLETED]
