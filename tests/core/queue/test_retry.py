"""`on_hook_ring_time` and `retry_seconds` of an in-group: how long phones ring for a call, and the pause after it."""

from typing import Any

from tests.core.core_stage import CUSTOMER, heard, lab_with, restarted, talking, then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State

NEVER_ANSWERS: list[tuple[float, str | int]] = [(0.1, "ringing")]


def make_office(*users: str, **ingroup: Any) -> Driver:
    """Return these on_hook agents, READY in this order, whose phones ring for 5 seconds and are not answered."""
    lab = Driver(demo_rules({"on_hook_ring_time": 5, "retry_seconds": 10} | ingroup))
    for user in ("1000", "1001", "1002"):
        lab.configure("agents", user, phone_mode="on_hook", max_missed=99, ingroups=("SALESLINE",))
        lab.asterisk.far_ends[user] = NEVER_ANSWERS
    for user in users:
        lab.log_in(user)
        lab.wait(1)
    return lab


def make_office_with_caller(lab: Driver, seconds: float, name: str = CUSTOMER) -> Driver:
    lab.customer(name=name)
    lab.wait(seconds)
    return lab


def test_a_call_rests_at_the_front_before_a_phone_rings_again() -> None:
    lab = make_office_with_caller(make_office("1000"), 5.5)
    assert (lab.call().state, lab.session().state) == (State.WAITING, AgentState.READY)
    assert lab.world.matcher.get_position(lab.call().id) == 1
    lab.wait(9)
    assert lab.asterisk.dialled == ["1000"]
    lab.wait(1)
    assert lab.asterisk.dialled == ["1000", "1000"] and lab.call().state is State.RINGING_AGENT


def test_a_call_behind_takes_no_agent_from_a_call_that_rests() -> None:
    lab = make_office_with_caller(make_office("1000"), 5.5)
    make_office_with_caller(lab, 1, name="second")
    assert lab.asterisk.dialled == ["1000"]
    lab.log_in("1001")
    lab.wait(1)
    assert lab.call_of("second").state is State.RINGING_AGENT, "there is one agent for each of the two calls"
    lab.wait(10)
    assert lab.call_of(CUSTOMER).state is State.RINGING_AGENT


def test_phones_of_a_ring_all_rest_together() -> None:
    lab = make_office_with_caller(make_office("1000", "1001", next_agent_call="ring_all"), 5.5)
    assert sorted(lab.asterisk.dialled) == ["1000", "1001"]
    lab.wait(9)
    assert len(lab.asterisk.dialled) == 2
    lab.wait(1)
    assert len(lab.asterisk.dialled) == 4


def test_a_call_that_rests_is_dropped_or_leaves_or_is_taken_as_any_other() -> None:
    lab = make_office_with_caller(make_office("1000", drop_call_seconds=3, drop_action="MESSAGE"), 9)
    assert heard(lab, CUSTOMER, "vm-goodbye") == 1
    lab = make_office_with_caller(make_office("1000", exit_keys=("2 -> ingroup:SUPPORTLINE",)), 6)
    lab.asterisk.press(CUSTOMER, "2")
    lab.pump()
    assert lab.call().ingroup == "SUPPORTLINE" and not lab.world.matcher.is_held_back(lab.call().id)
    lab = make_office_with_caller(make_office("1000"), 6)
    assert lab.ask(Kind.TAKE_CALL, call=lab.call().id, to_agent="1000") == ""
    assert then(lab, State.RINGING_AGENT).asterisk.dialled == ["1000", "1000"]


def test_a_call_rests_on_after_a_restart_and_a_change_of_the_rules() -> None:
    lab = make_office_with_caller(make_office("1000"), 6)
    lab.configure("ingroups", "SALESLINE", queue_priority=5)
    restarted(lab)
    lab.wait(8)
    assert lab.asterisk.dialled == ["1000"]
    lab.wait(2)
    assert lab.asterisk.dialled == ["1000", "1000"]


def test_a_request_for_a_closer_rests_after_a_missed_phone() -> None:
    lab = talking(lab_with())
    lab.configure("ingroups", "SUPPORTLINE", on_hook_ring_time=5, retry_seconds=10)
    lab.configure("agents", "1001", phone_mode="on_hook", max_missed=99, ingroups=("SUPPORTLINE",))
    lab.asterisk.far_ends["1001"] = NEVER_ANSWERS
    lab.log_in("1001")
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE") == ""
    lab.wait(14)
    assert lab.asterisk.dialled.count("1001") == 1 and lab.call().state is State.DIALING
    lab.wait(2)
    assert lab.asterisk.dialled.count("1001") == 2
