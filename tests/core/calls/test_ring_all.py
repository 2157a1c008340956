"""next_agent_call=ring_all: the phones of all on_hook agents ring, and the first answer stops the others at once."""

import pytest

from tests.core.core_stage import CUSTOMER, is_dispo, outcome, people, phone_of, slowly, then, together
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome

USERS = ("1000", "1001", "1002")
RINGING_WITHOUT_ANSWER: list[tuple[float, str | int]] = [(0.1, "ringing")]


def answer_after(seconds: float) -> list[tuple[float, str | int]]:
    return [(0.1, "ringing"), (seconds, "up")]


def create_ring_group(*users: str, **far_ends: list[tuple[float, str | int]]) -> Driver:
    """Let these agents be on_hook and READY, in this order; their phones ring by default."""
    lab = Driver(demo_rules({"next_agent_call": "ring_all"}))
    for user in USERS:
        lab.configure("agents", user, phone_mode="on_hook", ingroups=("SALESLINE",))
        lab.asterisk.far_ends[user] = RINGING_WITHOUT_ANSWER
    lab.asterisk.far_ends |= {user.removeprefix("u"): far_end for user, far_end in far_ends.items()}
    for user in users or USERS:
        lab.log_in(user)
    return lab


def ring_agents(lab: Driver) -> Driver:
    lab.customer()
    lab.wait(0.5)
    return then(lab, State.RINGING_AGENT)


def list_agent_states(lab: Driver) -> list[str]:
    sessions = (lab.world.sessions[user] for user in USERS)
    return [f"{session.state} {session.pause_code}".strip() for session in sessions]


def test_with_rank_first_only_phones_of_the_highest_rank_ring_until_none_is_left() -> None:
    lab = create_ring_group()
    lab.configure("ingroups", "SALESLINE", rank_first="Y")
    for user in USERS[1:]:
        lab.configure("agents", user, ingroup_ranks=("SALESLINE:5",))
    ring_agents(lab)
    assert sorted(lab.asterisk.dialled) == ["1001", "1002"]
    lab.wait(16)
    assert sorted(lab.asterisk.dialled) == list(USERS)
    assert list_agent_states(lab) == ["QUEUE", "PAUSED NOANSW", "PAUSED NOANSW"]


def test_an_agent_whose_phone_was_stopped_keeps_place_and_missed_count() -> None:
    lab = create_ring_group(u1000=answer_after(1), u1001=answer_after(2))
    lab.configure("agents", "1001", max_missed=2)
    ready_times = {user: lab.session(user).ready_since for user in USERS}
    ring_agents(lab).wait(1)
    then(lab, State.TALKING)
    assert [lab.session(user).ready_since for user in USERS[1:]] == [ready_times[user] for user in USERS[1:]]
    assert [lab.session(user).missed for user in USERS] == [0, 0, 0]
    assert lab.session("1001").last.call == ""
    lab.customer(name="second")
    lab.wait(2.1)
    assert together(lab, "second", phone_of(lab, "1001"))


def test_two_answer_at_once_and_one_of_them_is_hung_up() -> None:
    lab = ring_agents(create_ring_group())
    legs = [phone_of(lab, user) for user in USERS]
    with slowly(lab):
        for leg in legs[1:]:
            lab.asterisk.after(0, leg, "up")
            lab.asterisk.pass_time(lab.asterisk.now)
    then(lab, State.TALKING)
    assert lab.call().agent == "1001"
    assert together(lab, CUSTOMER, legs[1]) and people(lab) == {CUSTOMER, legs[1]}
    assert list_agent_states(lab) == ["READY", "INCALL", "READY"]
    assert [lab.session(user).missed for user in USERS] == [0, 0, 0]


def test_an_unanswered_ring_all_counts_as_missed_and_keeps_the_caller_in_front() -> None:
    lab = create_ring_group()
    lab.configure("agents", "1001", max_missed=2)
    ring_agents(lab).wait(15)
    assert list_agent_states(lab) == [
        "PAUSED NOANSW",
        "QUEUE",
        "PAUSED NOANSW",
    ]  # 1001 may miss another call, and is rung again
    lab.wait(15)
    then(lab, State.WAITING)
    assert list_agent_states(lab) == ["PAUSED NOANSW"] * 3
    assert (lab.call().queueing.priority, lab.call().queueing.queued_at) == (1000, lab.call().arrived)
    assert lab.asterisk.hears_music(CUSTOMER)


def test_a_ring_all_continues_at_the_others_after_a_rejection() -> None:
    lab = ring_agents(create_ring_group(u1000=[(0.1, "ringing"), (0.3, 21)], u1001=[(0.0, 17)], u1002=answer_after(3)))
    assert list_agent_states(lab) == ["PAUSED NOANSW", "PAUSED NOANSW", "QUEUE"]
    lab.wait(3)
    assert together(lab, CUSTOMER, phone_of(lab, "1002"))


def test_an_agent_on_the_line_takes_a_ring_all_call_at_once() -> None:
    lab = create_ring_group("1000", "1001")
    lab.configure("agents", "1002", phone_mode="nailed_up")
    lab.log_in("1002")
    lab.customer()
    then(lab, State.TALKING)
    assert lab.call().agent == "1002" and lab.asterisk.dialled == []


def test_an_agent_who_becomes_ready_during_a_ring_all_takes_the_next_call() -> None:
    lab = ring_agents(create_ring_group("1000", "1001"))
    lab.log_in("1002")
    assert list_agent_states(lab) == ["QUEUE", "QUEUE", "READY"]
    lab.customer(name="second")
    lab.wait(0.5)
    assert lab.call_of("second").agent == "1002"


def test_a_call_for_one_agent_rings_only_that_phone() -> None:
    lab = create_ring_group()
    lab.customer("agent", "1001")
    lab.wait(0.5)
    assert lab.asterisk.dialled == ["1001"]


@pytest.mark.parametrize("user", USERS)
def test_a_hangup_command_during_ring_all_declines_for_one_agent(user: str) -> None:
    lab = ring_agents(create_ring_group(u1000=answer_after(2), u1001=answer_after(2.5)))
    assert lab.ask(Kind.HANGUP, agent=user) == ""
    assert outcome(lab, Kind.HANGUP) is Outcome.COMPLETED
    assert list_agent_states(lab)[USERS.index(user)] == "PAUSED NOANSW"
    lab.wait(2)
    then(lab, State.TALKING)
    assert lab.call().agent == ("1001" if user == "1000" else "1000")


def test_the_last_ringing_agent_who_hangs_up_ends_the_call() -> None:
    lab = ring_agents(create_ring_group("1001"))
    assert lab.ask(Kind.HANGUP, agent="1001") == ""
    assert people(lab) == set() and is_dispo(lab, "1001")


def test_a_pause_or_logout_during_ring_all_follows_the_answer_of_another() -> None:
    lab = ring_agents(create_ring_group(u1000=answer_after(2)))
    assert lab.ask(Kind.PAUSE, agent="1001", pause_code="LUNCH") == ""
    assert lab.ask(Kind.LOGOUT, agent="1002") == ""
    lab.wait(2)
    then(lab, State.TALKING)
    assert "1002" not in lab.world.sessions
    assert lab.session("1001").pause_code == "LUNCH"
    assert people(lab) == {CUSTOMER, phone_of(lab, "1000")}


def request_closer(lab: Driver) -> Driver:
    """Agent 1000 talks, and consults a closer of the ring group; the phones of the two others ring."""
    lab.customer()
    lab.wait(0.5)
    then(lab, State.TALKING)
    lab.log_in("1001")
    lab.log_in("1002")
    assert lab.ask(Kind.PARK_CUSTOMER_DIAL, ingroup="SALESLINE") == ""
    lab.wait(0.5)
    assert {lab.session(user).state for user in USERS[1:]} == {"QUEUE"}
    return then(lab, State.DIALING)


def test_a_closer_who_rejects_leaves_it_to_the_other() -> None:
    lab = request_closer(create_ring_group("1000", u1000=answer_after(0.2)))
    lab.hang_up(phone_of(lab, lab.call().consultation.closer or ""), 21)
    then(lab, State.DIALING)
    assert lab.call().queueing.rung == ()
    lab.asterisk.after(0.1, phone_of(lab, lab.call().consultation.closer or ""), "up")
    lab.wait(0.2)
    then(lab, State.CONSULTING)


@pytest.mark.parametrize("kind", [Kind.HANGUP_XFER, Kind.LEAVE_3WAY_CALL, Kind.HANGUP])
def test_all_phones_stop_when_no_closer_is_wanted(kind: Kind) -> None:
    lab = request_closer(create_ring_group("1000", u1000=answer_after(0.2)))
    action_count = len(lab.asked)
    assert lab.ask(kind) == ""
    lab.wait(0.05)
    hang_ups = [action for action in lab.asked[action_count:] if isinstance(action, do.HangUpLeg)]
    assert len(hang_ups) >= 2
    if kind is Kind.LEAVE_3WAY_CALL:  # the customer waits instead, and their phones ring for the customer
        assert lab.call().state is State.RINGING_AGENT
    else:
        assert list_agent_states(lab)[1:] == ["READY", "READY"]
