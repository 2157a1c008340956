"""The content of a call's files from start to end: by which rule, which voices, and no music in between."""

from collections.abc import Callable

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    QUICK,
    SLOW,
    lab_with,
    left_ringing,
    recordings,
    restarted,
    slowly,
    talking,
    then,
    three_way,
    together,
    with_closer,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import Recording
from warmline.core.rules import reasons

ALL = "campaign_recording=ALLCALLS"
LEAVE = Kind.LEAVE_3WAY_CALL


def recorded(lab: Driver) -> bool:
    return bool(lab.asterisk.recordings)


def files(lab: Driver) -> list[Recording]:
    recordings_of_lab = [
        recording
        for recording in (*lab.closed.values(), *lab.world.recordings.values())
        if isinstance(recording, Recording)
    ]
    return sorted(recordings_of_lab, key=lambda recording: recording.asked)


def test_the_agent_goes_before_the_in_group_and_that_before_the_campaign(subtests: pytest.Subtests) -> None:
    for campaign, ingroup, agent, reason in [
        ("NEVER", "DISABLED", "DISABLED", ""),
        ("ONDEMAND", "DISABLED", "DISABLED", ""),
        ("ALLCALLS", "DISABLED", "DISABLED", ALL),
        ("ALLFORCE", "DISABLED", "DISABLED", "campaign_recording=ALLFORCE"),
        ("NEVER", "ALLCALLS", "DISABLED", "ingroup_recording_override=ALLCALLS"),
        ("NEVER", "NEVER", "ALLFORCE", "recording_override=ALLFORCE"),
        ("ALLFORCE", "NEVER", "DISABLED", ""),
        ("ALLFORCE", "ALLFORCE", "ONDEMAND", ""),
    ]:
        with subtests.test(campaign=campaign, ingroup=ingroup, agent=agent, reason=reason):
            lab = lab_with({"ingroup_recording_override": ingroup}, campaign_recording=campaign)
            lab.configure("agents", "1000", recording_override=agent)
            talking(lab)
            assert recordings(lab) == ([("call", reason)] if reason else [])
            assert recorded(lab) == bool(reason)


def muted(lab: Driver) -> list[bool]:
    """Return the parties of each running recording."""
    return [lab.asterisk.files[name].muted for name in lab.asterisk.recordings]


def comes_back(lab: Driver) -> None:
    lab.hang_up(PHONE, 44)
    lab.wait(1.1)


def parks_and_grabs(lab: Driver) -> None:
    assert lab.ask(Kind.PARK_CUSTOMER) == "" and not recorded(lab)
    assert lab.ask(Kind.GRAB_CUSTOMER) == ""


def ends_by_itself(lab: Driver) -> None:
    lab.wait(2)
    lab.asterisk.perform(do.StopRecording(*lab.asterisk.recordings))
    lab.pump()


def leaves(lab: Driver) -> None:
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK) == ""
    lab.wait(0.1)
    then(lab, State.HANDED_OFF, LEAVE)


@pytest.mark.parametrize("goes_on", [comes_back, parks_and_grabs, ends_by_itself, leaves])
def test_the_next_file_of_a_call_that_is_muted_is_too(goes_on: Callable[[Driver], None]) -> None:
    options = {"park_recording": "STOP", "leave_3way_start_recording": "ALL_CALLS"}
    lab = talking(lab_with(campaign_recording="ALLCALLS", **options))
    assert lab.ask(Kind.RECORD_MUTE) == ""
    goes_on(lab)
    assert len(files(lab)) == 2 and muted(lab) == [True]


def test_a_closer_who_is_left_the_call_takes_it_back() -> None:
    lab = with_closer(lab_with(campaign_recording="ALLCALLS"))
    assert lab.ask(Kind.RECORD_MUTE) == ""
    then(lab, State.TALKING, LEAVE)
    assert muted(lab) == [True]
    assert lab.ask(Kind.RECORD_UNMUTE, agent="1001") == "" and muted(lab) == [False]


def test_an_agent_of_a_transferred_call_is_recorded_unmuted() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS"))
    lab.log_in("1001")
    assert lab.ask(Kind.RECORD_MUTE) == ""
    assert lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE") == ""
    assert lab.call().agent == "1001" and muted(lab) == [False]


def test_taken_back_while_nothing_is_recorded_it_is_over() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS", park_recording="STOP"))
    assert lab.ask(Kind.RECORD_UNMUTE) == "" and lab.ask(Kind.RECORD_MUTE) == ""
    assert lab.ask(Kind.PARK_CUSTOMER) == "" and lab.ask(Kind.RECORD_UNMUTE) == ""
    assert lab.receipt().outcome is Outcome.COMPLETED
    assert lab.ask(Kind.RECORD_UNMUTE) == "nothing is recorded"
    assert lab.ask(Kind.GRAB_CUSTOMER) == "" and muted(lab) == [False]


def test_left_by_a_lost_phone_it_begins_before_the_fronters_ends() -> None:
    lab = with_closer(lab_with(campaign_recording="ALLCALLS"))
    lab.hang_up(PHONE, 44)
    actions = [action for action in lab.asked if isinstance(action, do.StartRecording | do.StopRecording)]
    fronter_file, closer_file = files(lab)
    bridge = lab.call().mixing_bridge_id
    assert actions == [
        do.StartRecording(fronter_file.id, bridge),
        do.StartRecording(closer_file.id, bridge),
        do.StopRecording(fronter_file.id),
    ]


# -- allcalls_delay and commands --


def test_a_second_start_is_refused_while_the_call_is_recorded() -> None:
    lab = talking(lab_with())
    assert [lab.ask(Kind.RECORD_START) for _ in range(2)] == ["", reasons.RECORDED_ALREADY.text()]
    assert recordings(lab) == [("call", "START")]


def test_start_and_stop_by_the_agent_before_allcalls_delay_take_precedence() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS", allcalls_delay=5))
    lab.ask(Kind.RECORD_START)
    lab.ask(Kind.RECORD_STOP)
    lab.wait(6)
    assert recordings(lab) == [("call", "START")] and not recorded(lab)


def test_a_short_call_is_not_recorded_and_neither_is_the_wait_after_it() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS", allcalls_delay=5))
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.wait(60)
    assert recordings(lab) == []


def test_a_call_that_is_parked_when_allcalls_delay_is_over_is_recorded() -> None:
    lab = then(talking(lab_with(campaign_recording="ALLCALLS", allcalls_delay=5)), State.PARKED, Kind.PARK_CUSTOMER)
    lab.wait(6)
    then(lab, State.TALKING, Kind.GRAB_CUSTOMER)
    assert recorded(lab)


def test_a_restart_forgets_no_delay_and_no_stop() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS", allcalls_delay=5))
    restarted(lab)
    lab.wait(6)
    assert recorded(lab)
    perform = lab.perform
    lab.perform = lambda _: None  # type: ignore[method-assign] # the app dies before it asks Asterisk
    lab.ask(Kind.RECORD_STOP)
    lab.perform = perform  # type: ignore[method-assign]
    restarted(lab)
    lab.wait(1)
    assert not recorded(lab)


# -- parks, third parties, and the customer's end --


@pytest.mark.parametrize(("option", "goes_on"), [("CONTINUE", True), ("STOP", False)])
def test_park_recording_holds_also_while_a_third_rings(option: str, goes_on: bool) -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS", park_recording=option))
    lab.ask(Kind.PARK_CUSTOMER_DIAL, number=SLOW)
    assert recorded(lab) == goes_on
    lab.wait(3)
    assert recorded(then(lab, State.CONSULTING))


def test_a_third_that_hangs_up_by_itself_starts_nothing() -> None:
    lab = three_way(lab_with(hangup_xfer_record_start="Y"))
    lab.hang_up(lab.third())
    assert recordings(lab) == []


@pytest.mark.parametrize(
    ("option", "stops"),
    [
        ("DISABLED", False),
        ("ALL_CALLS", True),
        ("INBOUND_ONLY", True),
        ("OUTBOUND_ONLY", False),
        ("AUTODIAL_ONLY", False),
        ("MANUAL_ONLY", False),
    ],
)
def test_dead_stop_recording(option: str, stops: bool) -> None:
    lab = three_way(lab_with(campaign_recording="ALLCALLS", dead_stop_recording=option))
    lab.hang_up(CUSTOMER)
    then(lab, State.CUSTOMER_GONE)
    assert recorded(lab) != stops


# -- the leave --


def test_a_recording_after_an_unanswered_leave_follows_the_next_agents_rules() -> None:
    options = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}
    lab = left_ringing(lab_with(**options))
    lab.wait(21)
    lab.log_in("1001")
    assert recordings(lab) == [("call", ALL)] * 2


def test_a_blind_transfer_after_a_leave_of_another_agent_is_not_recorded() -> None:
    lab = with_closer(lab_with(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    then(lab, State.TALKING, LEAVE)
    assert lab.ask(Kind.BLIND_TRANSFER, agent="1001", number="5551234") == ""
    lab.wait(3)
    then(lab, State.HANDED_OFF)
    assert not recorded(lab) and recordings(lab) == [("call", ALL)] * 2


def test_a_closer_left_with_the_call_is_recorded_by_the_own_rules_without_the_fronter() -> None:
    lab = with_closer(lab_with(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    lab.configure("agents", "1001", recording_override="ALLFORCE")
    then(lab, State.TALKING, LEAVE)
    assert [recording.agent for recording in files(lab)] == ["1000", "1001"]
    assert files(lab)[1].reason == "recording_override=ALLFORCE"
    assert lab.asterisk.files[files(lab)[1].id].voices == {CUSTOMER, "phone-1001"}


@pytest.mark.parametrize("kind", [Kind.LOCAL_CLOSER, Kind.BLIND_TRANSFER, Kind.LEAVE_VM])
@pytest.mark.parametrize("policy", ["ALLCALLS", "ALLFORCE"])
def test_handing_over_ends_it_with_the_agent(kind: Kind, policy: str) -> None:
    lab = talking(lab_with(campaign_recording=policy, leave_3way_start_recording="ALL_CALLS"))
    number = "" if kind is not Kind.BLIND_TRANSFER else SLOW
    assert lab.ask(kind, number=number, ingroup="SUPPORTLINE" if kind is Kind.LOCAL_CLOSER else "") == ""
    lab.wait(3)
    assert recordings(lab) == [("call", f"campaign_recording={policy}")] and not recorded(lab)


def test_a_leave_that_was_overtaken_goes_on_recording_the_agent() -> None:
    lab = three_way(lab_with(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    with slowly(lab):
        lab.asterisk.hang_up(lab.third())
        lab.ask(LEAVE)
    then(lab, State.TALKING)
    assert recorded(lab)
    assert files(lab)[-1].kind == "call" and PHONE in lab.asterisk.files[files(lab)[-1].id].voices


def test_no_file_ends_in_silence_when_the_last_two_part() -> None:
    lab = three_way(lab_with(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    then(lab, State.HANDED_OFF, LEAVE)
    lab.wait(30)
    lab.hang_up(lab.third())
    assert [recording.status for recording in files(lab)] == ["kept", "kept"]
    assert max(lab.asterisk.files[recording.id].tail for recording in files(lab)) < 300_000


# -- a full disk --


def test_if_nothing_can_be_written_people_talk_on_and_the_row_says_why() -> None:
    lab = lab_with(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS")
    perform_action = lab.perform

    def perform(action: do.Action) -> None:
        if isinstance(action, do.StartRecording):
            lab.asterisk.out.append(ev.ActionFailed(action, 500, "Internal Server Error"))
        else:
            perform_action(action)

    lab.perform = perform  # type: ignore[method-assign] # the disk is full
    three_way(lab)
    then(lab, State.HANDED_OFF, LEAVE)
    assert {(recording.status, bool(recording.cause)) for recording in files(lab)} == {("failed", True)}
    assert [recording.kind for recording in files(lab)] == ["call", "handoff"]
    assert together(lab, CUSTOMER, lab.third())
