"""The path of a warm transfer, in the core and on the simulated Asterisk."""

import pytest

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import Recording
from warmline.core.rules.recording_rules import Track


@pytest.fixture
def lab() -> Driver:
    driver = Driver(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    driver.log_in("1000")
    return driver


def start_three_way(lab: Driver) -> tuple[str, str]:
    customer = lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500") == ""
    lab.wait(1.1)  # the beep is over
    assert lab.call().state is State.THREE_WAY
    return customer, lab.third()


def test_login_prompt_then_seat_then_ready(lab: Driver) -> None:
    assert lab.session().state is AgentState.READY
    assert lab.asterisk.channels["phone-1000"].silent


def test_customer_reaches_the_ready_agent_and_is_recorded(lab: Driver) -> None:
    customer = lab.customer()
    assert lab.call().state is State.TALKING
    assert lab.session().state is AgentState.INCALL
    assert lab.asterisk.hears(customer, "phone-1000")
    assert lab.asterisk.hears("phone-1000", customer)
    assert list(lab.asterisk.recordings.values()) == [lab.call().mixing_bridge_id]


def test_ring_tone_until_the_third_answers_and_the_room_is_not_heard_before(lab: Driver) -> None:
    customer = lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="5551234") == ""
    assert lab.call().state is State.DIALING
    assert not lab.asterisk.tones
    lab.wait(1)
    assert list(lab.asterisk.tones.values()) == [lab.call().mixing_bridge_id]
    assert not lab.asterisk.hears(lab.third(), customer)
    lab.wait(1.5)
    assert lab.call().state is State.THREE_WAY
    assert not lab.asterisk.tones
    assert lab.asterisk.hears(lab.third(), customer)
    assert lab.receipt().outcome is Outcome.COMPLETED


def test_leave_hands_off_and_starts_the_handoff_recording(lab: Driver) -> None:
    customer, third = start_three_way(lab)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    assert lab.call().state is State.HANDED_OFF
    assert lab.session().state is AgentState.DISPO
    assert lab.asterisk.hears(customer, third)
    assert lab.asterisk.hears(third, customer)
    assert not lab.asterisk.hears(third, "phone-1000")
    assert lab.asterisk.channels["phone-1000"].silent
    [recording] = lab.world.recordings.values()
    assert (recording.kind, recording.reason) == (Track.HANDOFF, "leave_3way_start_recording=ALL_CALLS")
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.session().state is AgentState.READY


@pytest.mark.parametrize("first_party", ["customer", "third"])
def test_either_hang_up_after_the_leave_ends_everything(lab: Driver, first_party: str) -> None:
    customer, third = start_three_way(lab)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    call = lab.call()
    lab.hang_up(customer if first_party == "customer" else third)
    assert not lab.world.calls
    ended_call = lab.closed[call.id]
    assert isinstance(ended_call, Call)
    assert ended_call.outcome.ended_by == first_party
    assert not lab.asterisk.bridges
    assert set(lab.asterisk.channels) == {"phone-1000"}
    recordings = [record for record in lab.closed.values() if isinstance(record, Recording)]
    assert [(recording.kind, recording.status) for recording in recordings] == [
        (Track.CALL, "kept"),
        (Track.HANDOFF, "kept"),
    ]


@pytest.mark.parametrize(
    ("number", "outcome"),
    [("8502", Outcome.BUSY), ("8501", Outcome.NO_ANSWER), ("5550603", Outcome.DECLINED), ("777", Outcome.FAILED)],
)
def test_a_third_that_does_not_answer_leaves_the_call_as_it_was(lab: Driver, number: str, outcome: Outcome) -> None:
    customer = lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number)
    lab.wait(30)
    assert lab.receipt().outcome is outcome
    assert lab.receipt().cause
    assert lab.call().state is State.TALKING
    assert lab.asterisk.hears(customer, "phone-1000")
    assert lab.call().third is None


def test_hangup_xfer_drops_only_the_third(lab: Driver) -> None:
    customer, third = start_three_way(lab)
    assert lab.ask(Kind.HANGUP_XFER) == ""
    assert lab.call().state is State.TALKING
    assert third not in lab.asterisk.channels
    assert lab.asterisk.hears(customer, "phone-1000")


@pytest.mark.parametrize("kind", [Kind.HANGUP_BOTH, Kind.HANGUP])
def test_hangup_both_ends_the_call_and_sends_the_agent_to_disposition(lab: Driver, kind: Kind) -> None:
    start_three_way(lab)
    assert lab.ask(kind) == ""
    assert not lab.world.calls
    assert lab.session().state is AgentState.DISPO
    assert set(lab.asterisk.channels) == {"phone-1000"}


def test_customer_hangs_up_in_a_three_way(lab: Driver) -> None:
    customer, _ = start_three_way(lab)
    lab.hang_up(customer)
    assert lab.call().state is State.CUSTOMER_GONE
    assert lab.session().state is AgentState.DEAD
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == "the customer is no longer on this call"
    assert lab.ask(Kind.HANGUP_XFER) == ""
    assert lab.session().state is AgentState.DISPO


def test_third_hangs_up_in_a_three_way(lab: Driver) -> None:
    _, third = start_three_way(lab)
    lab.hang_up(third)
    assert lab.call().state is State.TALKING
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == "no third party on this call"
    assert lab.receipt().outcome is Outcome.REFUSED


def test_the_agents_phone_dies_in_a_three_way_as_a_leave(lab: Driver) -> None:
    customer, third = start_three_way(lab)
    lab.asterisk.far_ends["1000"] = []
    lab.hang_up("phone-1000", 44)
    assert lab.call().state is State.HANDED_OFF
    assert lab.asterisk.hears(customer, third)
    assert lab.session().state is AgentState.DISPO
    lab.wait(21)
    lab.ask(Kind.STATUS, status="A")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "LOST")


def test_callers_wait_with_music_in_order_of_arrival_for_the_agent_longest_ready(lab: Driver) -> None:
    lab.log_in("1001")
    for channel in ("a", "b", "c", "d"):
        lab.customer(name=channel)
    assert lab.asterisk.hears("a", "phone-1000")
    assert lab.asterisk.hears("b", "phone-1001")
    assert lab.asterisk.hears_music("c")
    lab.hang_up("b")
    assert lab.session("1001").state is AgentState.DISPO
    lab.ask(Kind.STATUS, agent="1001", status="A")
    assert lab.asterisk.hears("c", "phone-1001")
    assert lab.asterisk.hears_music("d")


def test_agentdirect_waits_for_its_agent_alone(lab: Driver) -> None:
    lab.log_in("1001")
    lab.customer(name="busy-with-1000")
    direct_caller = lab.customer("agent", "1000", name="direct")
    other_caller = lab.customer(name="other")
    assert lab.asterisk.hears_music(direct_caller)
    assert lab.asterisk.hears(other_caller, "phone-1001")
    lab.hang_up("busy-with-1000")
    lab.ask(Kind.STATUS, status="A")
    assert lab.asterisk.hears(direct_caller, "phone-1000")


def test_a_call_that_waits_too_long_is_dropped(lab: Driver) -> None:
    lab.ask(Kind.PAUSE)
    customer = lab.customer()
    call = lab.call()
    lab.wait(361)
    assert customer not in lab.asterisk.channels
    ended_call = lab.closed[call.id]
    assert isinstance(ended_call, Call)
    assert (ended_call.outcome.status, ended_call.outcome.ended_by) == ("TIMEOT", "drop_call_seconds")
    assert not lab.asterisk.bridges


@pytest.mark.parametrize("args", [("ingroup", "CLOSEDLINE"), ("ingroup", "NOPE"), ("agent", "4711"), ()])
def test_a_call_that_cannot_be_served_returns_to_the_dialplan(lab: Driver, args: tuple[str, ...]) -> None:
    lab.asterisk.come_in("lost", *args)
    lab.pump()
    assert "lost" not in lab.asterisk.channels
    assert not lab.world.calls


def test_pause_in_a_call_takes_effect_after_the_disposition(lab: Driver) -> None:
    lab.customer()
    assert lab.ask(Kind.PAUSE) == ""
    assert lab.session().state is AgentState.INCALL
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    lab.ask(Kind.HANGUP)
    assert lab.session().state is AgentState.PAUSED
    assert lab.session().last.status == "SALE"


def test_letters_only_make_no_channel(lab: Driver) -> None:
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="") == "phone_number is empty"
    assert lab.asterisk.dialled == []
    assert lab.call().third is None


def test_stop_recording_at_leave_overrides_start() -> None:
    lab = Driver(
        demo_rules(
            campaign_recording="ALLCALLS",
            leave_3way_start_recording="ALL_CALLS",
            leave_3way_stop_recording="ALL_CALLS",
        )
    )
    lab.log_in("1000")
    start_three_way(lab)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    assert not lab.asterisk.recordings
    assert lab.call().recording.after_leave_reason == "leave_3way_stop_recording=ALL_CALLS"
