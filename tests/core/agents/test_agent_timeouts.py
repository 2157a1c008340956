"""No state lasts without limit: wrap-up, a missing disposition, a dead call, a long pause."""

from typing import Any

import pytest

from tests.core.core_stage import restarted
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.session import AgentInterval, Session


def lab_with(**campaign: Any) -> Driver:
    lab = Driver(demo_rules(**campaign))
    lab.log_in("1000")
    return lab


def in_dispo(**campaign: Any) -> Driver:
    lab = lab_with(**campaign)
    lab.hang_up(lab.customer())
    return lab


def in_dead_call(**campaign: Any) -> Driver:
    """Let the customer leave, so that agent and third party are alone."""
    lab = lab_with(**campaign)
    customer = lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(1)
    lab.hang_up(customer)
    assert lab.session().state is AgentState.DEAD
    return lab


def state(lab: Driver) -> tuple[AgentState, str]:
    return lab.session().state, lab.session().pause_code


def codes(lab: Driver) -> list[tuple[str, str]]:
    return [(record.status, record.by) for record in lab.closed.values() if isinstance(record, DispositionEntry)]


def spans(lab: Driver) -> list[tuple[AgentState, bool, int]]:
    """Return each closed interval: its state, whether it was a hold, its whole seconds."""
    intervals = sorted(
        (record for record in lab.closed.values() if isinstance(record, AgentInterval)), key=lambda record: record.id
    )
    return [(record.state, record.hold, ((record.ended or 0) - record.started) // 1_000_000) for record in intervals]


def test_the_wrap_up_is_counted_from_the_end_of_the_call() -> None:
    lab = in_dispo(wrapup_seconds=10)
    lab.wait(6)
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(3)
    assert state(lab) == (AgentState.DISPO, "")
    lab.wait(1.1)
    assert state(lab) == (AgentState.READY, "")


def test_an_agent_in_wrap_up_gets_no_call() -> None:
    lab = in_dispo(wrapup_seconds=10)
    lab.ask(Kind.STATUS, status="SALE")
    lab.customer(name="next")
    assert lab.call_of("next").agent is None
    lab.wait(11)
    assert lab.call_of("next").agent == "1000"


def test_an_agent_ends_the_wrap_up_by_a_command() -> None:
    for kind, state_after in ((Kind.RESUME, AgentState.READY), (Kind.PAUSE, AgentState.PAUSED), (Kind.LOGOUT, None)):
        lab = in_dispo(wrapup_seconds=10)
        lab.ask(Kind.STATUS, status="SALE")
        assert lab.ask(kind) == ""
        session = lab.world.sessions.get("1000")
        assert (session and session.state) == state_after


def test_transfer_no_dispo_has_no_wrap_up() -> None:
    lab = lab_with(wrapup_seconds=10, transfer_no_dispo="LEAVE3WAY_ONLY")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(1)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    assert state(lab) == (AgentState.READY, "")


def test_no_code_in_time() -> None:
    lab = in_dispo(dispo_max=30)
    lab.wait(29)
    assert state(lab) == (AgentState.DISPO, "")
    lab.wait(1.1)
    assert state(lab) == (AgentState.PAUSED, "DISMX")
    assert codes(lab) == [("DISMX", "dispo_max")]


@pytest.mark.parametrize(("wrapup", "end_seconds"), [(0, 5), (20, 20)])
def test_an_agent_who_gives_no_codes_goes_on_after_the_wrap_up(wrapup: int, end_seconds: int) -> None:
    lab = in_dispo(dispo_max=5, dispo_max_action="NEXT", wrapup_seconds=wrapup)
    lab.wait(end_seconds - 0.5)
    assert state(lab) == (AgentState.DISPO, "")
    lab.wait(1)
    assert (state(lab), codes(lab)) == ((AgentState.READY, ""), [("DISMX", "dispo_max")])


@pytest.mark.parametrize("options", [{}, {"dispo_max_action": "NEXT"}])
def test_a_missing_disposition_is_set_and_a_requested_pause_follows(options: dict[str, str]) -> None:
    lab = in_dispo(dispo_max=30, **options)
    lab.ask(Kind.PAUSE, pause_code="LUNCH")
    lab.wait(31)
    assert state(lab) == (AgentState.PAUSED, "LUNCH")


def test_a_dead_call_ends() -> None:
    lab = in_dead_call(dead_max=5)
    lab.wait(4)
    assert state(lab) == (AgentState.DEAD, "")
    lab.wait(1.1)
    assert state(lab) == (AgentState.PAUSED, "DCMX")
    assert codes(lab) == [("DCMX", "dead_max")]
    assert not lab.world.calls
    assert sorted(lab.asterisk.channels) == ["phone-1000"]


def test_a_dead_call_ends_with_the_code_that_was_sent() -> None:
    lab = in_dead_call(dead_max=5)
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(6)
    assert (state(lab), codes(lab)) == ((AgentState.PAUSED, "DCMX"), [("SALE", "6666")])


def test_a_long_pause_logs_out() -> None:
    lab = lab_with(pause_max=60)
    lab.ask(Kind.PAUSE, pause_code="LUNCH")
    lab.wait(59)
    assert state(lab) == (AgentState.PAUSED, "LUNCH")
    lab.wait(1.1)
    assert lab.world.sessions == {}
    assert lab.asterisk.channels == {}
    last_interval = max(
        (record for record in lab.closed.values() if isinstance(record, AgentInterval)), key=lambda record: record.id
    )
    assert (last_interval.pause_code, last_interval.started) == ("PAUSMX", last_interval.ended)


def lose_phone(lab: Driver) -> None:
    """Lose the phone, which does not answer any more, and let the tries to call it back end."""
    lab.asterisk.far_ends["1000"] = []
    lab.hang_up("phone-1000", 44)
    lab.wait(25)


def intervals(lab: Driver) -> list[AgentInterval]:
    return sorted(
        (record for record in lab.closed.values() if isinstance(record, AgentInterval)), key=lambda record: record.id
    )


@pytest.mark.parametrize("is_paused", [False, True])
def test_an_agent_whose_phone_is_lost_is_logged_out_ten_minutes_later(*, is_paused: bool) -> None:
    lab = lab_with()
    if is_paused:
        lab.ask(Kind.PAUSE, pause_code="LUNCH")
    lose_phone(lab)
    assert state(lab) == (AgentState.PAUSED, "LOST")
    lab.wait(574)
    assert state(lab) == (AgentState.PAUSED, "LOST")
    lab.wait(2)
    assert (lab.world.sessions, lab.asterisk.channels) == ({}, {})
    lost_interval, last_interval = intervals(lab)[-2:]
    assert (lost_interval.pause_code, last_interval.pause_code, last_interval.started) == (
        "LOST",
        "LOSTMX",
        last_interval.ended,
    )


def test_a_laptop_closed_for_an_hour_in_wrap_up_ends_the_wrap_up() -> None:
    lab = in_dispo()
    lose_phone(lab)
    assert state(lab) == (AgentState.DISPO, "")
    lab.wait(3600)
    assert (lab.world.sessions, codes(lab)) == ({}, [("DISMX", "lost_max")])
    assert [record.pause_code for record in intervals(lab)][-2:] == ["LOST", "LOSTMX"]


def test_a_phone_that_is_back_ends_the_time_of_its_loss() -> None:
    lab = lab_with()
    far_end = lab.asterisk.far_ends["1000"]
    for _ in range(2):
        lab.wait(400)
        lose_phone(lab)
        lab.wait(500)
        lab.asterisk.far_ends["1000"] = list(far_end)
        lab.ask(Kind.CALL_AGENT)
        lab.wait(5)
        assert state(lab) == (AgentState.PAUSED, "LOST"), "the agent, not the phone, ends this pause"
    lab.wait(3600)
    assert state(lab) == (AgentState.PAUSED, "LOST")
    assert lab.ask(Kind.RESUME) == ""
    assert state(lab) == (AgentState.READY, "")


def test_lost_max_0_never_ends_a_lost_phone() -> None:
    lab = lab_with(lost_max=0)
    lose_phone(lab)
    lab.wait(86_400)
    assert state(lab) == (AgentState.PAUSED, "LOST")


def test_another_pause_code_begins_another_pause() -> None:
    lab = lab_with(pause_max=60)
    lab.ask(Kind.PAUSE, pause_code="LUNCH")
    lab.wait(50)
    lab.ask(Kind.PAUSE, pause_code="TRAIN")
    lab.wait(50)
    assert state(lab) == (AgentState.PAUSED, "TRAIN")
    lab.ask(Kind.PAUSE, pause_code="TRAIN")
    lab.wait(11)
    assert lab.world.sessions == {}, "the same code again is the same pause"


def test_a_code_given_in_the_call_has_its_wrap_up_all_the_same() -> None:
    lab = lab_with(wrapup_seconds=10)
    customer = lab.customer()
    lab.ask(Kind.STATUS, status="SALE")
    lab.hang_up(customer)
    assert (state(lab), codes(lab)) == ((AgentState.DISPO, ""), [("SALE", "6666")])
    lab.wait(10.1)
    assert state(lab) == (AgentState.READY, "")


def test_a_pause_or_logout_asked_in_a_call_follows_its_disposition_without_wrap_up() -> None:
    for kind, state_after in ((Kind.PAUSE, AgentState.PAUSED), (Kind.LOGOUT, None)):
        lab = lab_with(wrapup_seconds=10)
        customer = lab.customer()
        lab.ask(kind)
        assert lab.session().state is AgentState.INCALL
        lab.hang_up(customer)
        assert lab.session().state is AgentState.DISPO
        lab.ask(Kind.STATUS, status="SALE")
        session = lab.world.sessions.get("1000")
        assert (session and session.state) == state_after


@pytest.mark.parametrize("limit", ["wrapup_seconds", "dispo_max", "dead_max", "pause_max", "lost_max"])
def test_every_limit_holds_over_a_restart(limit: str) -> None:
    lab = in_dead_call(dead_max=30) if limit == "dead_max" else in_dispo(**{limit: 30})
    if limit not in ("dispo_max", "dead_max"):
        lab.ask(Kind.STATUS, status="SALE")
    if limit == "pause_max":
        lab.ask(Kind.PAUSE)
    if limit == "lost_max":
        lab.asterisk.far_ends["1000"] = []
        lab.hang_up("phone-1000", 17)
    lab.wait(20)
    restarted(lab)
    lab.wait(5)
    state_before = lab.session().state
    lab.wait(6)
    state_after = lab.world.sessions.get("1000")
    assert (limit, state_before, state_after and state_after.state) in (
        ("wrapup_seconds", AgentState.DISPO, AgentState.READY),
        ("dispo_max", AgentState.DISPO, AgentState.PAUSED),
        ("dead_max", AgentState.DEAD, AgentState.PAUSED),
        ("pause_max", AgentState.PAUSED, None),
        ("lost_max", AgentState.PAUSED, None),
    )


def test_talk_hold_dead_and_disposition_are_told_apart() -> None:
    lab = lab_with()
    lab.wait(2)
    customer = lab.customer()
    lab.wait(10)
    lab.ask(Kind.PARK_CUSTOMER)
    lab.wait(7)
    lab.ask(Kind.GRAB_CUSTOMER)
    lab.wait(5)
    lab.ask(Kind.PARK_CUSTOMER_DIAL, number="8500")
    lab.wait(4)
    lab.ask(Kind.GRAB_CUSTOMER)
    lab.wait(3)
    lab.hang_up(customer)
    lab.wait(6)
    lab.ask(Kind.HANGUP_XFER)
    lab.wait(8)
    lab.ask(Kind.STATUS, status="SALE")
    lab.ask(Kind.LOGOUT)
    hold_spans = [record for record in spans(lab) if record[2]]
    assert hold_spans == [
        (AgentState.PAUSED, False, 1),
        (AgentState.READY, False, 2),
        (AgentState.INCALL, False, 10),
        (AgentState.INCALL, True, 7),
        (AgentState.INCALL, False, 5),
        (AgentState.INCALL, True, 4),
        (AgentState.INCALL, False, 3),
        (AgentState.DEAD, False, 6),
        (AgentState.DISPO, False, 8),
    ]
    [session] = [record for record in lab.closed.values() if isinstance(record, Session)]
    total_us = sum(
        (record.ended or 0) - record.started for record in lab.closed.values() if isinstance(record, AgentInterval)
    )
    assert total_us == (session.ended or 0) - session.started
