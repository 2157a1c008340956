"""Asterisk cannot write a recording: it reports the start and at the same moment the end."""

import pytest

from tests.core.core_stage import handed_off, lab_with, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.recording import Recording


class NoRoom(Driver):
    """Let recordings end at once, and leave no file, as on a full disk."""

    full = True

    def perform(self, action: do.Action) -> None:
        if self.full and isinstance(action, do.StartRecording):
            self.asterisk.out += [ev.RecordingStarted(action.name), ev.RecordingFinished(action.name)]
        else:
            super().perform(action)


@pytest.fixture
def lab() -> Driver:
    rules = lab_with(campaign_recording="ALLFORCE", leave_3way_start_recording="ALL_CALLS").world.rules
    lab = NoRoom(rules)
    lab.log_in("1000")
    return lab


def files(lab: Driver) -> list[tuple[str, str]]:
    """Return the kind and status of each recording."""
    return [(one.kind.value, one.status) for one in lab.closed.values() if isinstance(one, Recording)]


def test_a_recording_that_cannot_be_written_is_tried_once(lab: Driver) -> None:
    talking(lab)
    lab.wait(60)
    assert files(lab) == [("call", "failed")]
    assert lab.call().recording.track_reason == "failed: it ended at once: may Asterisk write there, and is there room?"


def test_a_recording_after_the_leave_is_tried_once(lab: Driver) -> None:
    handed_off(lab)
    lab.wait(60)
    assert files(lab) == [("call", "failed"), ("handoff", "failed")]


def test_an_agent_may_try_again(lab: Driver) -> None:
    three_way(lab)
    assert lab.ask(Kind.RECORD_START) == ""
    assert files(lab) == [("call", "failed")] * 2


def test_a_recording_stopped_by_another_program_is_started_again() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS"))
    lab.wait(5)
    first = lab.call().recording.running or ""
    lab.perform(do.StopRecording(first))
    lab.pump()
    assert lab.call().recording.running not in (None, first)
    assert files(lab) == [("call", "kept")]


def test_a_disk_that_is_full_in_the_middle_costs_one_more_try() -> None:
    rules = lab_with(campaign_recording="ALLCALLS").world.rules
    lab = NoRoom(rules)
    lab.full = False
    lab.log_in("1000")
    talking(lab).wait(5)
    lab.full = True
    lab.perform(do.StopRecording(lab.call().recording.running or ""))
    lab.pump()
    lab.wait(60)
    assert files(lab) == [("call", "kept"), ("call", "failed")]
