"""Notes that an agent types during a call: kept until the disposition of that call takes them."""

import pytest

from tests.core.commands.test_dispositions import codes, in_dispo, rules
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry


def in_call() -> Driver:
    """Return agent 1000 in a call with a customer."""
    lab = Driver(rules())
    lab.log_in("1000")
    lab.customer()
    assert lab.session().state is AgentState.INCALL
    return lab


def test_a_disposition_without_notes_takes_those_of_the_call() -> None:
    lab = in_call()
    for text in ("asks", "asks for\nprices"):
        assert lab.ask(Kind.NOTES, notes=text) == ""
    assert lab.session().after_call.draft == "asks for\nprices" and codes(lab) == []
    assert lab.ask(Kind.HANGUP) == ""
    assert lab.session().state is AgentState.DISPO and lab.session().after_call.draft == "asks for\nprices"
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert codes(lab) == [("SALE", "asks for\nprices", False)] and lab.session().after_call.draft == ""


def test_notes_of_a_disposition_win() -> None:
    lab = in_dispo()
    assert lab.ask(Kind.NOTES, notes="a draft") == ""
    assert lab.ask(Kind.STATUS, status="SALE", notes="the whole story") == ""
    assert codes(lab) == [("SALE", "the whole story", False)]


def test_a_disposition_given_during_the_call_takes_later_notes() -> None:
    lab = in_call()
    assert lab.ask(Kind.STATUS, status="SALE") == "" and lab.ask(Kind.NOTES, notes="typed later") == ""
    assert lab.ask(Kind.HANGUP) == ""
    assert codes(lab) == [("SALE", "typed later", False)]


def test_the_next_call_begins_without_notes() -> None:
    lab = in_dispo(dispo_max=5)
    assert lab.ask(Kind.NOTES, notes="of the first") == ""
    lab.wait(6)
    entries = [disposition for disposition in lab.closed.values() if isinstance(disposition, DispositionEntry)]
    assert [disposition.notes for disposition in entries] == ["of the first"], "a code by a time limit takes them too"
    assert lab.ask(Kind.RESUME) == ""
    lab.customer(name="second")
    assert lab.session().state is AgentState.INCALL and lab.session().after_call.draft == ""


@pytest.mark.parametrize(
    ("lab", "reason"),
    [
        (lambda: _ready(), "no call waits for a disposition"),
        (lambda: _disposed(), "the last call has the disposition SALE already"),
    ],
)
def test_no_notes_without_a_call_that_waits_for_its_disposition(lab: object, reason: str) -> None:
    assert callable(lab)
    assert reason in lab().ask(Kind.NOTES, notes="too late")


def test_notes_of_another_call_are_refused() -> None:
    lab = in_call()
    call_before = lab.session().call
    lab.hang_up(lab.call().customer)
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    lab.customer(name="second")
    assert "has had another call since" in lab.ask(Kind.NOTES, notes="late", call=call_before)
    assert lab.session().after_call.draft == ""


def _ready() -> Driver:
    lab = Driver(rules())
    lab.log_in("1000")
    return lab


def _disposed() -> Driver:
    lab = in_dispo(wrapup_seconds=30)
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.session().state is AgentState.DISPO
    return lab
