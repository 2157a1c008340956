"""Asterisk dies: its calls end with that cause; agents get their phones back, and continue."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SCENES,
    Slow,
    all_receipts,
    in_seat,
    is_dispo,
    lab_with,
    outcome,
    people,
    phone_of,
    restarted,
    set_up,
    talking,
    three_way,
    together,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.asterisk_death import asterisk_dies, asterisk_is_stopped, comes_back
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.engine.recovery import restore
from warmline.core.media.recorded_file import UNCLOSED_CAUSE
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.queue_wait import CUT_OFF_OUTCOME, QueueWait
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import CUT_OFF_CAUSE, Recording, compute_missing_ms
from warmline.core.model.session import AgentInterval

NOT_REGISTERED = "1000"


def dies(lab: Driver) -> Driver:
    asterisk_dies(lab)
    comes_back(lab)
    return lab


def shown(lab: Driver, user: str = "1000") -> tuple[str, str]:
    return lab.session(user).state.value, lab.session(user).pause_code


def test_every_call_is_closed_with_that_cause_and_its_agents_work_on(subtests: pytest.Subtests) -> None:
    for scene in SCENES:
        with subtests.test(scene=scene):
            lab = set_up(lab_with(campaign_recording="ALLCALLS"), scene)
            call = lab.call().id
            dies(lab)
            assert not lab.world.calls and not lab.world.receipts and not lab.world.recordings and not lab.world.waits
            closed_call = lab.closed[call]
            assert isinstance(closed_call, Call)
            assert (closed_call.state, closed_call.outcome.ended_by) == (State.ENDED, "asterisk") and closed_call.ended
            assert people(lab) == {phone_of(lab, user) for user in lab.world.sessions}, "nothing else is asked for"
            lab.wait(1.1)
            for user in lab.world.sessions:
                assert in_seat(lab, user)
                lab.ask(Kind.STATUS, user, status="A")
                assert shown(lab, user) == ("READY", "")
            lab.customer(name="next")
            assert together(lab, "next", phone_of(lab, lab.call().agent or ""))


def test_a_ready_agent_is_paused_restart_until_the_phone_is_back() -> None:
    lab = dies(lab_with())
    assert shown(lab) == ("PAUSED", "RESTART")
    lab.customer()
    assert lab.asterisk.hears_music(CUSTOMER)
    lab.wait(1.1)
    assert together(lab, CUSTOMER, phone_of(lab, "1000"))
    stretches = [interval.pause_code for interval in lab.closed.values() if isinstance(interval, AgentInterval)]
    assert stretches == ["LOGIN", "", "RESTART", "", ""], "login, READY, called back, READY, QUEUE"


def test_a_paused_agent_stays_paused_and_the_phone_is_called_back() -> None:
    lab = lab_with()
    lab.ask(Kind.PAUSE, pause_code="LUNCH")
    dies(lab)
    assert shown(lab) == ("PAUSED", "LUNCH")
    lab.wait(1.1)
    assert in_seat(lab) and shown(lab) == ("PAUSED", "LUNCH")


def test_an_on_hook_agent_had_nothing_there_and_stays_ready() -> None:
    lab = lab_with()
    lab.log_in("1002")
    lab.ask(Kind.PAUSE)
    dies(lab)
    assert shown(lab, "1002") == ("READY", "")
    lab.customer()
    lab.wait(1.1)
    assert together(lab, CUSTOMER, phone_of(lab, "1002"))


def test_a_phone_that_registers_later_is_called_again_and_again() -> None:
    lab = lab_with()
    phone = lab.asterisk.far_ends.pop(NOT_REGISTERED)
    dies(lab)
    lab.wait(60)
    assert shown(lab) == ("PAUSED", "RESTART")
    lab.asterisk.far_ends[NOT_REGISTERED] = phone
    lab.wait(2 + 1.1)
    assert in_seat(lab) and shown(lab) == ("READY", "")


def test_a_restart_of_the_app_goes_on_calling() -> None:
    lab = lab_with()
    phone = lab.asterisk.far_ends.pop(NOT_REGISTERED)
    dies(lab)
    lab.wait(1)
    lab.asterisk.far_ends[NOT_REGISTERED] = phone
    restarted(lab)
    lab.wait(1.1)
    assert in_seat(lab) and shown(lab) == ("READY", "")


def test_the_app_was_away_when_it_died() -> None:
    lab = three_way(lab_with())
    call = lab.call().id
    asterisk_dies(lab)
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(demo_rules()))
    comes_back(lab)
    closed_call = lab.closed[call]
    assert isinstance(closed_call, Call) and closed_call.outcome.ended_by == "asterisk"
    lab.wait(1.1)
    assert in_seat(lab) and is_dispo(lab)


def test_a_phone_that_never_comes_back_is_lost_after_five_minutes() -> None:
    lab = lab_with()
    del lab.asterisk.far_ends[NOT_REGISTERED]
    dies(lab)
    lab.wait(303)
    assert shown(lab) == ("PAUSED", "LOST")
    action_count = len(lab.asked)
    lab.wait(600)
    assert len(lab.asked) == action_count


@pytest.mark.parametrize(("pause_seconds", "state"), [(60, ("READY", "")), (700, ("PAUSED", "LOST"))])
def test_an_asterisk_that_is_stopped_in_order_hangs_up_first(pause_seconds: float, state: tuple[str, str]) -> None:
    lab = lab_with(lost_max=0)
    asterisk_is_stopped(lab)
    assert shown(lab) == ("READY", "") and not in_seat(lab)  # the phone is retried without success
    lab.wait(pause_seconds)
    comes_back(lab)
    lab.wait(1.1)
    assert shown(lab) == state


def test_commands_under_way_end_unknown_and_those_that_waited_have_failed() -> None:
    lab = three_way(lab_with())
    with Slow(lab):
        assert lab.ask(Kind.LEAVE_3WAY_CALL) is None
        assert lab.ask(Kind.PARK_CUSTOMER) is None
        asterisk_dies(lab)
    comes_back(lab)
    assert outcome(lab, Kind.LEAVE_3WAY_CALL) is Outcome.UNKNOWN
    assert outcome(lab, Kind.PARK_CUSTOMER) is Outcome.FAILED
    assert [reason for reason in lab.told.values() if reason] == ["Asterisk died"] * 2, "both were told"
    assert is_dispo(lab)


def test_a_dial_under_way_has_failed() -> None:
    lab = dies(plain_scene("dialing"))
    [dial] = all_receipts(lab, Kind.DIAL_WITH_CUSTOMER)
    assert (dial.outcome, dial.cause) == (Outcome.FAILED, "Asterisk died")


def test_a_login_under_way_has_failed() -> None:
    lab = Driver()
    lab.ask(Kind.LOGIN)
    dies(lab)
    assert not lab.world.sessions and outcome(lab, Kind.LOGIN) is Outcome.FAILED


@pytest.mark.parametrize("kind", [Kind.MUTE, Kind.LISTEN])
def test_a_command_to_a_phone_has_an_outcome_after_a_crash(kind: Kind) -> None:
    lab = talking(lab_with())
    with Slow(lab):
        lab.ask(kind, number="1001")
        asterisk_dies(lab)
    comes_back(lab)
    assert outcome(lab, kind) in (Outcome.UNKNOWN, Outcome.FAILED)
    assert not lab.world.receipts


def test_recordings_are_kept_and_marked_as_cut_off() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS"))
    lab.wait(10)
    dies(lab)
    [file] = (recording for recording in lab.closed.values() if isinstance(recording, Recording))
    assert (file.status, file.cause, file.length) == ("kept", CUT_OFF_CAUSE, 8000)


def test_a_repaired_file_is_marked_whenever_it_was_cut_off() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS"))
    file = lab.call().recording.running or ""
    with Slow(lab):
        lab.feed(ev.RecordingFinished(file))
        lab.feed(ev.RecordingMeasured(file, "/f.wav", 8044, 500, "00", mended=True))
    row = lab.closed[file]
    assert isinstance(row, Recording) and (row.status, row.cause) == ("kept", UNCLOSED_CAUSE)


@pytest.mark.fault(
    "the disk of the recordings is full", "parties keep talking", "each row says which part of its file is missing"
)
def test_a_short_or_silent_file_has_its_cause_in_the_row() -> None:
    lacks = "{} s are missing: the file is shorter than its time"
    for length, found_later, age, changes in (
        (10_000, False, 0, {}),
        (9_100, False, 0, {}),
        (7_600, False, 0, {"cause": lacks.format(2.4)}),
        (7_600, True, 2_400, {}),
        (5_000, True, 2_400, {"cause": lacks.format(2.6)}),
        (0, False, 0, {"status": "failed", "cause": "its file has only zeros"}),
    ):
        lab = talking(lab_with(campaign_recording="ALLCALLS"))
        [file] = lab.world.recordings
        with Slow(lab):
            lab.asterisk.now = (lab.world.recordings[file].started or 0) + 10_000_000 - 1
            lab.feed(ev.RecordingFinished(file, found=found_later))
            fault = "" if length else "its file has only zeros"
            lab.feed(ev.RecordingMeasured(file, "/f.wav", 8044, length, "00", fault=fault, age=age))
        row = lab.closed[file]
        assert isinstance(row, Recording) and row.ended and row.started
        assert {"status": row.status, "cause": row.cause} == {"status": "kept", "cause": ""} | changes
        assert (row.ended - row.started) // 1000 == 10_000 - age
        assert ("missing" in row.cause) == (
            row.status == "kept" and compute_missing_ms(row.started, row.ended, length, "") > 0
        )


class Unconverted(Driver):
    """A measured file waits for its other format."""

    def perform(self, action: do.Action) -> None:
        if not isinstance(action, do.ConvertRecording):
            super().perform(action)


def test_a_file_that_has_been_measured_is_not_read_again() -> None:
    lab = Unconverted(demo_rules(campaign_recording="ALLCALLS", recording_format="mp3"))
    lab.log_in("1000")
    talking(lab).hang_up(CUSTOMER)
    [file] = lab.world.recordings
    lab.asked.clear()
    lab.feed_together([ev.Reconciling(), ev.Reconciled()])
    of_files = [action for action in lab.asked if isinstance(action, do.MeasureRecording | do.ConvertRecording)]
    assert of_files == [do.ConvertRecording(file, "mp3")]


def test_a_caller_in_a_queue_at_a_crash_has_a_wait_marked_as_cut() -> None:
    lab = Driver()
    lab.customer()
    dies(lab)
    [wait] = (wait for wait in lab.closed.values() if isinstance(wait, QueueWait))
    assert wait.outcome == CUT_OFF_OUTCOME and not lab.world.calls
    lab.log_in("1000")
    assert shown(lab) == ("READY", "")


def test_a_lost_connection_to_the_same_asterisk_ends_nothing() -> None:
    lab = three_way(lab_with())
    lab.feed(ev.AsteriskConnected(lab.asterisk.started))
    assert lab.call().state is State.THREE_WAY
    assert together(lab, CUSTOMER, PHONE, lab.third())


def test_all_lines_gone_at_once_is_no_proof() -> None:
    """A network can be away briefly."""
    lab = talking(lab_with())
    call = lab.call().id
    for channel in list(lab.asterisk.channels):
        lab.hang_up(channel)
    closed_call = lab.closed[call]
    assert isinstance(closed_call, Call) and closed_call.outcome.ended_by == "customer"


def test_the_first_asterisk_that_is_seen_ends_nothing() -> None:
    lab = talking(lab_with())
    lab.world.asterisk_runs.clear()  # as after an upgrade from a version without this check
    lab.feed(ev.AsteriskConnected(lab.asterisk.started))
    assert lab.call().state is State.TALKING and lab.session().state is AgentState.INCALL


def test_an_asterisk_that_does_not_say_when_it_started_is_the_same() -> None:
    lab = talking(lab_with())
    lab.feed(ev.AsteriskConnected(0))
    assert lab.call().state is State.TALKING


def test_an_agent_who_logs_in_while_calls_are_reconciled_has_a_waiting_caller_at_once() -> None:
    """Asterisk answers a leg after the end of its prompt, so the prompt is stopped before the repeated answer."""
    lab = Driver()
    caller = lab.customer()
    lab.asterisk.come_in(PHONE, "login", "1000")
    [arrived] = lab.asterisk.out
    lab.asterisk.out.clear()
    lab.feed_together([ev.Reconciling(), arrived, ev.Reconciled()])
    assert lab.call().state is State.TALKING and lab.asterisk.hears(caller, PHONE)
