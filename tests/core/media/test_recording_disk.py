"""Asterisk cannot write a recording: it reports the start and at the same moment the end."""

import pytest

from tests.core.core_stage import handed_off, lab_with, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.media.recording_control import UNWRITABLE_TEXT
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.recording import Recording


class FullDiskDriver(Driver):
    """Let recordings end at once, and leave no file, as on a full disk."""

    is_full = True

    def perform(self, action: do.Action) -> None:
        if self.is_full and isinstance(action, do.StartRecording):
            self.asterisk.out += [ev.RecordingStarted(action.name), ev.RecordingFinished(action.name)]
        else:
            super().perform(action)


@pytest.fixture
def lab() -> Driver:
    rules = lab_with(campaign_recording="ALLFORCE", leave_3way_start_recording="ALL_CALLS").world.rules
    lab = FullDiskDriver(rules)
    lab.log_in("1000")
    return lab


def list_recordings(lab: Driver) -> list[tuple[str, str]]:
    """Return the kind and status of each recording."""
    return [
        (recording.kind.value, recording.status)
        for recording in lab.closed.values()
        if isinstance(recording, Recording)
    ]


def test_a_recording_that_cannot_be_written_is_tried_once(lab: Driver) -> None:
    talking(lab)
    lab.wait(60)
    assert list_recordings(lab) == [("call", "failed")]
    assert lab.call().recording.track_reason == f"failed: {UNWRITABLE_TEXT}"


def test_a_recording_after_the_leave_is_tried_once(lab: Driver) -> None:
    handed_off(lab)
    lab.wait(60)
    assert list_recordings(lab) == [("call", "failed"), ("handoff", "failed")]


def test_an_agent_may_try_again(lab: Driver) -> None:
    three_way(lab)
    assert lab.ask(Kind.RECORD_START) == ""
    assert list_recordings(lab) == [("call", "failed")] * 2


def test_a_recording_stopped_by_another_program_is_started_again() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS"))
    lab.wait(5)
    recording_name = lab.call().recording.running or ""
    lab.perform(do.StopRecording(recording_name))
    lab.pump()
    assert lab.call().recording.running not in (None, recording_name)
    assert list_recordings(lab) == [("call", "kept")]
