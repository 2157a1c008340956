"""A second login of an agent, or a login on a phone that another agent uses."""

import pytest

from tools.simulation.asterisk.core_driver import Driver
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.world.turn import Turn

LOGGED_IN = "agent 1000 is logged in already, on phone 1000 since "


def at_work() -> Driver:
    lab = Driver()
    lab.log_in("1000")
    return lab


def dials_in(lab: Driver, user: str, leg: str = "second") -> tuple[str, ...]:
    """Let another phone log in as this agent; return the log's text about it."""
    notes: list[str] = []
    record = lab.record

    def listens_in(event: Input, turn: Turn, base: str) -> None:
        notes.extend(turn.notes)
        record(event, turn, base)

    lab.record = listens_in  # type: ignore[method-assign] # until the phone has dialled
    lab.asterisk.come_in(leg, "login", user)
    lab.pump()
    lab.record = record  # type: ignore[method-assign] # no longer
    lab.wait(6)
    return tuple(notes)


def test_another_agent_on_a_phone_that_is_taken_is_refused() -> None:
    lab = at_work()
    lab.configure("agents", "1001", phone="1000")
    [dial] = dials_in(lab, "1001")
    assert dial.startswith(LOGGED_IN)
    assert set(lab.world.sessions) == {"1000"}
    assert sorted(lab.asterisk.channels) == ["phone-1000"]


@pytest.mark.parametrize("state", [AgentState.READY, AgentState.PAUSED, AgentState.DISPO])
def test_an_agent_moves_to_another_phone(state: AgentState) -> None:
    lab = at_work()
    if state is AgentState.PAUSED:
        lab.ask(Kind.PAUSE, pause_code="LUNCH")
    elif state is AgentState.DISPO:
        lab.hang_up(lab.customer())
    session_before = lab.session()
    lab.configure("agents", "1000", phone="1009")
    assert dials_in(lab, "1000") == ()
    session_after = lab.session()
    assert (session_after.id, session_after.state, session_after.pause_code) == (
        session_before.id,
        state,
        session_before.pause_code,
    )
    assert (session_after.leg, session_after.phone, sorted(lab.asterisk.channels)) == ("second", "1009", ["second"])
    lab.ask(Kind.STATUS, status="SALE")
    lab.ask(Kind.RESUME)
    lab.customer()
    assert lab.call().agent == "1000"


def test_a_second_login_during_a_call_is_refused() -> None:
    lab = at_work()
    lab.customer()
    lab.configure("agents", "1000", phone="1009")
    [dial] = dials_in(lab, "1000")
    assert dial.startswith(LOGGED_IN)
    assert (lab.call().agent, lab.session().leg, lab.session().phone) == ("1000", "phone-1000", "1000")
