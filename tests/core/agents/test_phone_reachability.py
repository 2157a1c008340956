"""An agent whose phone is unreachable is offered no call, and is called as soon as it is reachable again."""

import pytest

from ari_app.live import live_snapshot
from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    in_seat,
    lab_with,
    people,
    phone_of,
    restarted,
    talking,
    then,
    together,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import AgentInterval


def shown(lab: Driver, user: str = "1000") -> str:
    return live_snapshot.agent(lab.session(user), lab.world).state


def intervals(lab: Driver, user: str = "1000") -> list[tuple[str, str]]:
    """Return the state and code of each interval, in order."""
    intervals = [
        interval
        for interval in (*lab.closed.values(), *lab.world.intervals.values())
        if isinstance(interval, AgentInterval)
    ]
    return [
        (interval.state.value, interval.pause_code)
        for interval in sorted(intervals, key=lambda interval: interval.id)
        if interval.agent == user
    ]


@pytest.mark.fault(
    "a READY agent's phone does not answer Asterisk's check (qualify), and sends no packets",
    "callers hear music or another agent; no caller is connected to a dead phone",
    "`phone.unreachable` and `phone.reachable`; the agent's interval is READY with the code `NOPHONE`",
)
def test_a_caller_waits_until_the_phone_is_back() -> None:
    lab = lab_with()
    lab.feed(ev.PhoneUnreachable("1000"))
    assert shown(lab) == "NO PHONE" and lab.session().state is AgentState.READY
    lab.customer()
    assert lab.asterisk.hears_music(CUSTOMER) and lab.call().state is State.WAITING
    lab.feed(ev.PhoneReachable("1000"))
    assert together(lab, CUSTOMER, PHONE) and shown(lab) == "INCALL"


def test_the_stretch_without_a_phone_is_in_the_agents_day() -> None:
    lab = lab_with()
    lab.feed(ev.PhoneUnreachable("1000"))
    lab.wait(5)
    lab.feed(ev.PhoneReachable("1000"))
    assert intervals(lab) == [("PAUSED", "LOGIN"), ("READY", ""), ("READY", "NOPHONE"), ("READY", "")]


@pytest.mark.parametrize("scene", ["talking", "parked", "three_way", "consulting"])
def test_a_call_goes_on_and_the_agent_is_ready_without_a_phone_after_it(scene: str) -> None:
    lab = plain_scene(scene)
    call, legs, state = lab.call(), people(lab), shown(lab)
    lab.feed(ev.PhoneUnreachable("1000"))
    assert (lab.call(), people(lab), shown(lab)) == (call, legs, state)
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="A")
    assert shown(lab) == "NO PHONE"
    lab.customer(name="next")
    assert lab.asterisk.hears_music("next")


def test_no_call_can_be_taken_for_them() -> None:
    lab = lab_with()
    lab.log_in("1001")
    lab.ask(Kind.PAUSE, agent="1001")
    lab.feed(ev.PhoneUnreachable("1000"))
    lab.customer()
    reason = lab.ask(Kind.TAKE_CALL, agent="", call=lab.call().id, to_agent="1000")
    assert reason and "a missing phone" in reason


def test_a_restart_remembers_it() -> None:
    lab = lab_with()
    lab.feed(ev.PhoneUnreachable("1000"))
    restarted(lab)
    lab.customer()
    assert shown(lab) == "NO PHONE" and lab.asterisk.hears_music(CUSTOMER)


def test_a_phone_that_is_picked_up_to_log_in_is_there() -> None:
    """A phone can be back before Asterisk's next check, because Asterisk checks seldom."""
    lab = Driver()
    lab.ask(Kind.LOGIN)
    lab.feed(ev.PhoneUnreachable("1000"))
    lab.wait(3)
    assert shown(lab) == "READY"
    lab.customer()
    assert together(lab, CUSTOMER, phone_of(lab, "1000"))


@pytest.mark.parametrize("in_call", [True, False])
def test_a_lost_phone_is_called_at_once_when_it_is_back(in_call: bool) -> None:
    lab = talking(lab_with()) if in_call else lab_with()
    answers = lab.asterisk.far_ends.pop("1000")
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    lab.asterisk.far_ends["1000"] = answers
    dial_count = len(lab.asterisk.dialled)
    lab.feed(ev.PhoneReachable("1000"))
    assert len(lab.asterisk.dialled) == dial_count + 1
    lab.wait(1.1)
    assert together(lab, CUSTOMER, phone_of(lab, "1000")) if in_call else in_seat(lab)
    lab.wait(60)
    assert len(lab.asterisk.dialled) == dial_count + 1


@pytest.mark.parametrize("in_call", [True, False])
def test_a_call_to_a_dead_contact_is_repeated_on_the_new_one(in_call: bool) -> None:
    lab = talking(lab_with()) if in_call else lab_with()
    answers, lab.asterisk.far_ends["1000"] = lab.asterisk.far_ends["1000"], []
    lab.hang_up(PHONE, 44)
    lab.wait(3)
    first_leg = phone_of(lab, "1000")
    assert first_leg in people(lab)
    lab.asterisk.far_ends["1000"] = answers
    lab.feed(ev.PhoneReachable("1000"))
    lab.feed(ev.PhoneReachable("1000"))
    assert first_leg not in people(lab) and lab.asterisk.dialled == ["1000", "1000"]
    lab.wait(1.1)
    assert together(lab, CUSTOMER, phone_of(lab, "1000")) if in_call else in_seat(lab)


def test_a_phone_that_rings_already_goes_on_ringing() -> None:
    lab = talking(lab_with())
    lab.asterisk.far_ends["1000"] = [(0.1, "ringing"), (5.0, "up")]
    lab.hang_up(PHONE, 44)
    lab.wait(3)
    lab.feed(ev.PhoneReachable("1000"))
    lab.wait(3)
    then(lab, State.TALKING)
    assert lab.asterisk.dialled == ["1000"]
