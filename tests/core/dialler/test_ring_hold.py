"""READY agents are kept for the leads that ring while the campaign may drop hardly anyone."""

from dataclasses import replace

from tests.core.dialler.lead_stage import ANSWERS, RINGS_ON, called, dialling, lead, propose
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.rules import reasons

PERSONS_OF_THREE_DROPS = 102  # and a twentieth for a call


def put_persons(lab: Driver, answered: int, dropped: int = 0) -> None:
    """Let the campaign have so many persons in its windows."""
    dialler = lab.world.diallers["TESTCAMP"]
    windows = tuple(replace(window, answered=answered, dropped=dropped) for window in dialler.drops.windows)
    lab.world.keep(dialler.with_drops(windows=windows))


def add_caller(lab: Driver, name: str = "customer") -> Call:
    """Return the call of a new caller."""
    earlier_ids = set(lab.world.calls)
    lab.customer(name=name)
    [call_id] = set(lab.world.calls) - earlier_ids
    return lab.world.calls[call_id]


def get_state(lab: Driver, call: Call) -> State:
    return lab.world.calls[call.id].state


def test_a_caller_waits_for_the_rest_of_the_ring_and_then_gets_the_agent() -> None:
    lab = dialling("1000")
    rings = called(lab, RINGS_ON)
    waits = add_caller(lab)
    lab.wait(5)
    assert get_state(lab, waits) is State.WAITING and lab.session().state is AgentState.READY
    assert propose(lab, lead(lab, ANSWERS, 2)).notes == [f"lead 2 is not dialled: {reasons.NO_READY_AGENT.text()}"]
    lab.hang_up(rings.customer or "")
    lab.wait(0.1)
    assert get_state(lab, waits) is State.TALKING


def test_the_lead_who_answers_gets_the_agent_before_a_caller_who_came_first() -> None:
    lab = dialling("1000")
    call = called(lab)
    waits = add_caller(lab)
    lab.wait(3)
    assert (get_state(lab, call), get_state(lab, waits)) == (State.TALKING, State.WAITING)


def test_a_caller_gets_an_agent_whom_no_lead_needs() -> None:
    lab = dialling("1000", "1001")
    called(lab, RINGS_ON)
    first_call, second_call = add_caller(lab, "first"), add_caller(lab, "second")
    lab.wait(0.1)
    assert (get_state(lab, first_call), get_state(lab, second_call)) == (State.TALKING, State.WAITING)


def test_ring_all_rings_no_agent_who_is_kept() -> None:
    """The phone is on the line already, and would get a second one."""
    lab = dialling("1000")
    lab.configure("ingroups", "SALESLINE", next_agent_call="ring_all")
    called(lab, RINGS_ON)
    assert lab.ask(Kind.LOGIN, "1002") == ""
    call = lab.call_of(lab.customer())
    assert (call.agent, call.queueing.rung) == ("1002", ()) and lab.session().state is AgentState.READY


def test_no_agent_is_kept_while_the_campaign_may_drop_three() -> None:
    for persons, is_kept in ((PERSONS_OF_THREE_DROPS - 1, True), (PERSONS_OF_THREE_DROPS, False)):
        lab = dialling("1000")
        called(lab, RINGS_ON)
        put_persons(lab, persons)
        assert (get_state(lab, add_caller(lab)) is State.WAITING) is is_kept


def test_agents_are_kept_before_a_window_ends() -> None:
    lab = dialling("1000")
    called(lab, RINGS_ON)
    put_persons(lab, 1000)
    dialler = lab.world.diallers["TESTCAMP"]
    windows = tuple(replace(window, ends=lab.asterisk.now + 10_000_000) for window in dialler.drops.windows)
    lab.world.keep(dialler.with_drops(windows=windows))
    assert get_state(lab, add_caller(lab)) is State.WAITING


def test_a_pause_takes_effect_after_the_ring() -> None:
    lab = dialling("1000")
    rings = called(lab, RINGS_ON)
    assert lab.ask(Kind.PAUSE, pause_code="LUNCH") == ""
    assert (lab.session().state, lab.session().after_call.pause) == (AgentState.READY, True)
    lab.hang_up(rings.customer or "")
    session = lab.session()
    assert (session.state, session.pause_code, session.after_call.pause) == (AgentState.PAUSED, "LUNCH", False)


def test_a_pause_takes_effect_after_the_call_of_the_lead_who_answers() -> None:
    lab = dialling("1000")
    call = called(lab)
    lab.ask(Kind.PAUSE, pause_code="LUNCH")
    lab.wait(3)
    assert get_state(lab, call) is State.TALKING
    lab.hang_up(call.customer or "")
    lab.ask(Kind.STATUS, status="SALE")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "LUNCH")


def test_an_agent_whom_no_lead_needs_pauses_at_once() -> None:
    lab = dialling("1000", "1001")
    called(lab, RINGS_ON)
    lab.ask(Kind.PAUSE)
    assert lab.session().state is AgentState.PAUSED
    lab.ask(Kind.PAUSE, "1001")
    assert lab.session("1001").state is AgentState.READY


def test_the_dialler_begins_no_call_for_an_agent_who_pauses_after_the_ring() -> None:
    lab = dialling("1000", "1001", dial_method="RATIO", auto_dial_level="3", dial_level_threshold_agents=1)
    called(lab, RINGS_ON)
    called(lab, "8503", 2)
    lab.ask(Kind.PAUSE)
    put_persons(lab, PERSONS_OF_THREE_DROPS - 1)  # it could risk two drops
    assert propose(lab, lead(lab, ANSWERS, 3)).notes == [f"lead 3 is not dialled: {reasons.NO_READY_AGENT.text()}"]
    lab.ask(Kind.RESUME)
    called(lab, ANSWERS, 3)


def test_an_agent_whose_phone_comes_back_is_paused_as_asked_before() -> None:
    lab = dialling("1000")
    called(lab, RINGS_ON)
    lab.ask(Kind.PAUSE, pause_code="LUNCH")
    lab.hang_up(lab.session().leg or "")
    lab.wait(60)
    assert lab.session().state is AgentState.PAUSED


def test_a_caller_gets_the_agent_when_the_budget_is_no_longer_tight() -> None:
    lab = dialling("1000")
    called(lab, RINGS_ON)
    waits = add_caller(lab)
    put_persons(lab, PERSONS_OF_THREE_DROPS)
    lab.feed(ev.ConfigurationChanged(lab.world.rules))
    assert get_state(lab, waits) in (State.RINGING_AGENT, State.TALKING)
