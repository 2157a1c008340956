"""The machine's clock is set while agents work: who looks later finds the same calls, at the times of that clock."""

import shutil
from pathlib import Path

import pytest

from ari_app.live import live_snapshot
from ari_app.live.shown_world import shown
from tests.store.journal.test_replay import configured
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ClockCorrected
from warmline.operations.live_records import iso
from warmline.store.asterisk_records import queue_log
from warmline.store.calls import call_story, timeline_steps
from warmline.store.events import journal_events
from warmline.store.events.event_id import EventId
from warmline.store.journal.replay import replay
from warmline.store.reports import calls
from warmline.store.reports.call_filter import CallFilter

HOUR = 3_600_000_000
SETS = (0, -2, -2, 24 * 365, 0, -24)  # hours from the time of the journal, while the call of each place is live


def worked(folder: Path, *, set_clock: bool) -> Path:
    """Return a database with some calls."""
    path = Path(shutil.copy(configured("ALLCALLS", "ALL_CALLS"), folder / f"{set_clock}.db"))
    lab = RecordedDriver(path)
    lab.log_in("1000")
    for place, hours in enumerate(SETS):
        customer = lab.customer(name=f"customer{place}")
        lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
        lab.wait(60)
        if set_clock:
            lab.feed(ClockCorrected(hours * HOUR))
            [live] = shown(lab.world).calls.values()
            told = live_snapshot.call(live, shown(lab.world))
            [row] = lab.journal.execute("SELECT arrived FROM call WHERE id = ?", (live.id,)).fetchall()
            assert told.arrived == iso(row[0]) == iso(lab.world.calls[live.id].arrived + hours * HOUR)
        else:
            lab.feed(ClockCorrected(0))
        lab.ask(Kind.LEAVE_3WAY_CALL)
        lab.ask(Kind.STATUS, status="SALE")
        lab.wait(60)
        lab.hang_up(customer)
        lab.wait(600)
    lab.close()
    return path


@pytest.fixture(scope="module")
def labs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Provide a database of a machine whose clock was set, and that of one whose clock was right."""
    folder = tmp_path_factory.mktemp("clock")
    return worked(folder, set_clock=True), worked(folder, set_clock=False)


def test_each_call_has_the_same_story_at_other_times(labs: tuple[Path, Path]) -> None:
    there, here = labs
    assert not replay(there).differences and not replay(here).differences
    found = list(call_story.calls(here))[::-1]
    assert len(found) == len(SETS)
    for row, hours in zip(found, SETS, strict=True):
        before, now = call_story.story(here, row["id"]), call_story.story(there, row["id"])
        assert now.call and now.call["arrived"] == row["arrived"] + hours * HOUR
        moved = [step._replace(at=step.at + hours * HOUR) for step in timeline_steps.steps(before)]
        # The beep is over before the clock is set, and a channel of the agent, not of the call.
        assert [step for step in moved if step.text != "beep" or step in timeline_steps.steps(now)] == (
            timeline_steps.steps(now)
        )
        assert [one["at"] for one in now.journal] == [one["at"] + hours * HOUR for one in before.journal]
        day = CallFilter(start=now.call["arrived"], end=now.call["arrived"] + 1)
        assert row["id"] in [one["call"] for one in calls.calls(there, day, now=day.end)]


def test_each_event_and_each_line_of_the_queue_log_is_there_once(labs: tuple[Path, Path]) -> None:
    there, here = labs
    before, now = (journal_events.after(path, EventId(0, 0), 10_000) for path in (here, there))
    corrections = iter(SETS)
    correction = 0
    for one, other in zip(before, now, strict=True):
        if one.type == "clock.corrected":
            correction = next(corrections) * HOUR
        assert (other.at, other.type, other.call) == (one.at + correction, one.type, one.call)
        assert other.data.get("arrived") == (("arrived" in one.data and one.data["arrived"] + correction) or None)
    pieces = []
    for path in (here, there):
        seq, lines = 0, list[str]()
        while (batch := queue_log.behind(path, seq, 3)).seq > seq:
            seq, lines = batch.seq, lines + batch.lines
        pieces.append(lines)
    words = [[line.partition("|")[2] for line in lines] for lines in pieces]
    assert words[0] == words[1]
