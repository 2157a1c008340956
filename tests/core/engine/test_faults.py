"""One or two requests fail, or the app dies before one: no call is lost, and in the end all records are true.

Commands and scenes either end no call, or end legs. After the faults follows a calm period, and then everything must be
correct.
"""

from collections.abc import Callable
from itertools import combinations
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.core_stage import CUSTOMER, QUICK, SCENES, files, people, set_up
from tests.core.engine.test_properties import Floor
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import LAYOUT, LegBridge
from warmline.core.model.leg import Phase, Role

CALM_SECONDS = 40.0  # seconds; longer than any phone rings, and than any retry
ENDING = {"customer_gone", "customer_gone_third_parked", "message", "left_ringing", "blind"}
WITH_CUSTOMER = sorted(set(SCENES) - ENDING)
ENDS_NO_CALL = (
    Kind.DIAL_WITH_CUSTOMER,
    Kind.PARK_CUSTOMER_DIAL,
    Kind.LEAVE_3WAY_CALL,
    Kind.HANGUP_XFER,
    Kind.PARK_CUSTOMER,
    Kind.GRAB_CUSTOMER,
    Kind.PARK_XFER,
    Kind.GRAB_XFER,
    Kind.SWAP_PARK_CUSTOMER,
    Kind.SWAP_PARK_XFER,
    Kind.HANGUP_XFER_GRAB_CUSTOMER,
    Kind.LOCAL_CLOSER,
    Kind.RECORD_START,
    Kind.RECORD_STOP,
    Kind.RECORD_MUTE,
    Kind.MUTE,
    Kind.UNMUTE,
    Kind.STATUS,
    Kind.RESUME,
    Kind.LOGOUT,
)
LISTENER = "1001"  # a supervisor's phone
OF_LINES = (Kind.LOGOUT, Kind.LOGIN, Kind.CALL_AGENT, Kind.LISTEN, Kind.DIAL, Kind.HANGUP, Kind.STATUS, Kind.RESUME)
CHECKS = (
    Floor.legs_are_in_one_place,
    Floor.nobody_is_left_in_silence,
    Floor.agents_are_in_the_state_of_their_call,
    Floor.an_agent_belongs_to_one_call,
    Floor.nobody_is_alone,
    Floor.everybody_is_where_the_state_wants_him,
    Floor.microphones_are_as_their_agents_want_them,
    Floor.nobody_hears_a_tone_or_music_that_is_over,
    Floor.no_caller_waits_while_an_agent_of_his_is_free,
    Floor.a_wait_is_open_for_whoever_waits_and_nobody_else,
    Floor.closed_calls_own_nothing,
    Floor.every_open_command_belongs_to_something_that_lives,
    Floor.every_moment_of_a_session_is_in_one_interval,
)


class Step(NamedTuple):
    """Let agent 1000 give a command, then wait this long before the next step."""

    kind: Kind
    seconds: float


step = st.builds(Step, st.sampled_from(ENDS_NO_CALL), st.sampled_from([0.0, 0.6, 2.5]))
steps = st.lists(step, min_size=1, max_size=3)
plans = st.dictionaries(st.integers(0, 14), st.sampled_from(InjectedFault), min_size=1, max_size=2)
line_steps = st.lists(st.builds(Step, st.sampled_from(OF_LINES), st.sampled_from([0.0, 2.5])), max_size=3)
line_plans = st.dictionaries(st.integers(0, 6), st.sampled_from(InjectedFault), min_size=1, max_size=2)


def faulty(recording: str = "ALLFORCE", leave: str = "ALL_CALLS") -> Faulty:
    """Return agent 1000, READY, without a fault so far."""
    lab = Faulty(demo_rules(campaign_recording=recording, leave_3way_start_recording=leave))
    lab.log_in("1000")
    return lab


def go_wrong(lab: Faulty, plan: dict[int, InjectedFault], steps: list[Step]) -> None:
    """Give the commands, with the planned faults in their requests; then a calm period follows."""
    lab.plan = plan
    for step in steps:
        number = LISTENER if step.kind is Kind.LISTEN else QUICK
        lab.ask(step.kind, number=number, ingroup="SUPPORTLINE" if step.kind is Kind.LOCAL_CLOSER else "", status="A")
        lab.wait(step.seconds)
    lab.wait(CALM_SECONDS / 2)
    lab.plan = {}
    lab.wait(CALM_SECONDS)


def in_order(lab: Faulty) -> None:
    """Check that all parties are where their call says, and hear what they should."""
    rules_floor = Floor()
    rules_floor.lab = lab
    for check in CHECKS:
        check(rules_floor)
    for call in lab.world.calls.values():
        want = LAYOUT[call.state]
        legs = ((call.customer, want.customer), (call.third, want.third), (phone(lab, call.agent), want.agent))
        members = [
            leg
            for leg, leg_bridge in legs
            if leg and leg_bridge is LegBridge.MIXING and lab.world.legs[leg].phase is Phase.UP
        ]
        for leg_id, peer_id in combinations(members, 2):
            if not {lab.asterisk.channels[leg_id].muted, lab.asterisk.channels[peer_id].muted} - {False}:
                assert lab.asterisk.hears(leg_id, peer_id) and lab.asterisk.hears(peer_id, leg_id), (
                    call,
                    leg_id,
                    peer_id,
                )
        track = call.recording.track if want.agent else call.recording.after_leave
        assert not lab.asterisk.recordings or track, (call, lab.asterisk.recordings)
    for file in lab.world.recordings.values():
        assert lab.asterisk.files[file.id].muted or not file.muted, file


def phone(lab: Faulty, user: str | None) -> str | None:
    session = lab.world.sessions.get(user or "")
    return session.leg if session else None


def every_line_is_needed(lab: Faulty) -> None:
    """Check that no record waits for a leg that will never ring, and no leg should have been hung up."""
    for leg in lab.world.legs.values():
        assert not leg.hangup_requested and (leg.role is Role.SNOOP or leg.phase > Phase.ARRIVED), leg
        session = lab.world.sessions.get(leg.owner)
        if leg.role is Role.AGENT:
            assert session and session.leg == leg.id and (session.call or not session.on_hook), leg
        elif leg.role in (Role.CUSTOMER, Role.THIRD):
            call = lab.world.calls[leg.owner]
            assert leg.id in (call.customer, call.third), leg
        else:
            assert leg.role in (Role.SUPERVISOR, Role.SNOOP) and session, leg


def rows_are_true(lab: Faulty) -> None:
    """Check that a kept file exists, a failed one does not, and each written file has a row."""
    rows = files(lab)
    for row in rows:
        recorded_file = lab.asterisk.files.get(row.id)
        if row.status == "kept":
            assert recorded_file and recorded_file.length, row
        elif row.status == "failed":
            assert (
                row.cause and row.id not in lab.asterisk.recordings and not (recorded_file and recorded_file.length)
            ), row
        else:
            assert row.id in lab.asterisk.recordings, row
    assert set(lab.asterisk.files) <= {row.id for row in rows}


def everybody_goes(lab: Faulty) -> None:
    """Hang up all parties: nothing is left, and every command has an outcome."""
    for channel in sorted(lab.asterisk.channels):
        lab.hang_up(channel)
    lab.wait(60)
    phones = {phone(lab, user) for user in lab.world.sessions}  # a phone may have been called back
    assert not lab.world.calls and not lab.world.receipts and not lab.world.recordings
    assert not lab.asterisk.bridges and not lab.asterisk.recordings and set(lab.asterisk.channels) <= phones
    rows_are_true(lab)


@pytest.mark.fault(
    "any request to Asterisk is lost, late, repeated or refused, or the app dies before it",
    "all parties of a call hear each other; no customer is cut off",
    "every receipt has an outcome, every recording's row is correct, and nothing is left over",
)
@example(
    scene="consulting", plan={2: InjectedFault.TOO_LATE, 6: InjectedFault.DEATH}, steps=[Step(Kind.SWAP_PARK_XFER, 0.0)]
)
@given(scene=st.sampled_from(WITH_CUSTOMER), plan=plans, steps=steps)
def test_no_fault_loses_a_call(scene: str, plan: dict[int, InjectedFault], steps: list[Step]) -> None:
    lab = faulty()
    set_up(lab, scene)
    go_wrong(lab, plan, steps)
    assert CUSTOMER in lab.asterisk.channels, lab.struck
    in_order(lab)
    every_line_is_needed(lab)
    rows_are_true(lab)
    everybody_goes(lab)


def on_the_hook() -> Faulty:
    lab = Faulty(demo_rules())
    lab.configure("agents", "1000", phone_mode="on_hook")
    lab.log_in("1000")
    return lab


def called() -> Faulty:
    """Connect an on_hook agent to a customer."""
    lab = on_the_hook()
    lab.customer()
    lab.wait(2.5)
    return lab


def supervised() -> Faulty:
    lab = faulty()
    lab.ask(Kind.LISTEN, number=LISTENER)
    lab.wait(2)
    return lab


page_steps = st.lists(
    st.tuples(st.sampled_from([Kind.LISTEN, Kind.BARGE]), st.booleans(), st.sampled_from([0.0, 2.5])), max_size=3
)


@pytest.mark.fault(
    "any request of a supervision by a browser phone is lost, late, repeated or refused, or the app dies before it",
    "the supervised call is as it was",
    "the supervisor is connected, or nothing is left of the supervision; every receipt has an outcome",
)
@given(scene=st.sampled_from(["talking", "three_way", "parked"]), plan=line_plans, steps=page_steps)
@example("talking", {1: InjectedFault.DEATH, 3: InjectedFault.LOST}, [(Kind.LISTEN, True, 0.0)] * 2)
def test_a_page_that_supervises_harms_no_call(
    scene: str, plan: dict[int, InjectedFault], steps: list[tuple[Kind, bool, float]]
) -> None:
    lab = faulty()
    set_up(lab, scene)
    old_members, state = people(lab), lab.call().state
    lab.plan = dict(plan)
    for number, (kind, offers, seconds) in enumerate(steps):
        lab.ask(kind, phone="browser", page="page")
        if offers:
            lab.asterisk.come_in(f"page-{number}", "browser", "1000", "page", "6666")
            lab.pump()
        lab.wait(seconds)
    lab.wait(CALM_SECONDS / 2)
    lab.plan = {}
    lab.wait(CALM_SECONDS)
    assert old_members <= people(lab) and lab.call().state is state, lab.struck
    for failed in [core_input.action for core_input, *_ in lab.inputs if isinstance(core_input, ev.ActionFailed)]:
        if isinstance(failed, do.HangUpLeg) and failed.leg in lab.asterisk.channels:
            assert failed.leg not in lab.world.legs
            lab.hang_up(failed.leg)  # as the app's sweep does
    for bridge in [
        bridge for bridge in lab.asterisk.bridges if bridge.removeprefix("ear-") not in lab.asterisk.channels
    ]:
        if bridge.startswith("ear-"):
            del lab.asterisk.bridges[bridge]  # as the app's sweep does
    in_order(lab)
    every_line_is_needed(lab)


LINES: dict[str, Callable[[], Faulty]] = {maker.__name__: maker for maker in (faulty, on_the_hook, called, supervised)}
OF_PHONES = (
    Floor.legs_are_in_one_place,
    Floor.agents_are_in_the_state_of_their_call,
    Floor.an_agent_belongs_to_one_call,
    Floor.nobody_is_alone,
    Floor.everybody_is_where_the_state_wants_him,
    Floor.no_caller_waits_while_an_agent_of_his_is_free,
    Floor.every_open_command_belongs_to_something_that_lives,
    Floor.every_moment_of_a_session_is_in_one_interval,
)


@given(
    scene=st.sampled_from(sorted(LINES)),
    plan=line_plans,
    arrival=st.sampled_from(["", "SALESLINE", "CLOSEDLINE"]),
    is_lost=st.booleans(),
    steps=line_steps,
)
def test_every_leg_is_dialled_or_hung_up_under_any_faults(
    scene: str, plan: dict[int, InjectedFault], arrival: str, is_lost: bool, steps: list[Step]
) -> None:
    """A caller arrives, and may be refused; the agent's phone is lost; agents and supervisors come and go."""
    lab = LINES[scene]()
    lab.plan = dict(plan)
    if arrival:
        lab.customer("ingroup", arrival, name="next")
    if is_lost:
        lab.hang_up(phone(lab, "1000") or "", 44)
    go_wrong(lab, lab.plan, steps)
    rules_floor = Floor()
    rules_floor.lab = lab
    for check in OF_PHONES:
        check(rules_floor)
    assert arrival != "CLOSEDLINE" or "next" not in lab.asterisk.channels
    every_line_is_needed(lab)
