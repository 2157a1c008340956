"""The lines and dials of each trunk. They follow each change of a leg."""

from collections import Counter
from typing import NamedTuple

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.leg import Leg, Phase

LINE_TRIAL_US = 10_000_000  # after which one more line of a congested trunk is tried


class LearntLines(NamedTuple):
    """How many calls could be dialled on a trunk that was congested at `learnt_at_us`, in microseconds UTC."""

    lines: int
    learnt_at_us: int

    def limit(self, now_us: int) -> int:
        """Return how many calls may be dialled on it now: one more with each ten seconds."""
        return self.lines + max(0, now_us - self.learnt_at_us) // LINE_TRIAL_US


class TrunkUse:
    """The outside parties on each trunk now, when calls to it began, and which of its last calls found it congested."""

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._lines: Counter[str] = Counter()
        self._dialled_lines: Counter[str] = Counter()  # the lines of calls that were dialled
        self._working_lines: Counter[str] = Counter()  # those of them that ring or talk
        self._dial_times_us: dict[str, tuple[int, ...]] = {}
        self._dial_ends: dict[str, tuple[bool, ...]] = {}
        self._learnt_lines: dict[str, LearntLines] = {}

    def change(self, old_leg: Leg | None, new_leg: Leg | None) -> None:
        """Follow a change of a leg. `old_leg` is None if it is new, `new_leg` if it is closed."""
        old_trunk, new_trunk = old_leg.trunk if old_leg else "", new_leg.trunk if new_leg else ""
        if not old_trunk and not new_trunk:
            return
        self._count(
            self._dialled_lines, _get_dialled_trunk(old_leg, Phase.ASKED), _get_dialled_trunk(new_leg, Phase.ASKED)
        )
        self._count(
            self._working_lines, _get_dialled_trunk(old_leg, Phase.RINGING), _get_dialled_trunk(new_leg, Phase.RINGING)
        )
        if old_trunk == new_trunk:
            return
        self._count(self._lines, old_trunk, new_trunk)
        if new_leg and new_leg.trunk and new_leg.originated:
            self._undo.record_slot(self._dial_times_us, new_trunk)
            recent_us = (
                dialled_at_us
                for dialled_at_us in self._dial_times_us.get(new_trunk, ())
                if dialled_at_us > new_leg.created - DIAL_MEMORY_US
            )
            self._dial_times_us[new_trunk] = (*recent_us, new_leg.created)

    def count_lines(self, trunk: str) -> int:
        """Return how many outside parties the trunk has, from the request of their channel on."""
        return self._lines[trunk]

    def count_begun(self, trunk: str, start_us: int) -> int:
        """Return how many calls to the trunk began after `start_us`, in microseconds UTC, at most 2 seconds ago."""
        return sum(dialled_at_us > start_us for dialled_at_us in self._dial_times_us.get(trunk, ()))

    def record_end(self, trunk: str, *, congested: bool, sample_size: int) -> int:
        """Record how a dial ended; return how many of the last `sample_size` dials found the trunk congested."""
        self._undo.record_slot(self._dial_ends, trunk)
        ends = self._dial_ends[trunk] = (*self._dial_ends.get(trunk, ()), congested)[-sample_size:]
        return sum(ends)

    def count_working(self, trunk: str) -> int:
        """Return how many of the dialled calls on the trunk ring or talk."""
        return self._working_lines[trunk]

    def learn_lines(self, trunk: str, lines: int, now_us: int) -> None:
        """Keep how many dialled calls a congested trunk bears from now on."""
        self._undo.record_slot(self._learnt_lines, trunk)
        self._learnt_lines[trunk] = LearntLines(lines, now_us)

    def get_learnt_lines(self, trunk: str) -> LearntLines | None:
        """Return how many calls a trunk bore that was congested, or None if it never was."""
        return self._learnt_lines.get(trunk)

    def count_dialled(self, trunk: str) -> int:
        """Return how many outside parties the trunk has who were dialled, from the request of their channel on."""
        return self._dialled_lines[trunk]

    def _count(self, counter: Counter[str], old_trunk: str, new_trunk: str) -> None:
        if old_trunk != new_trunk:
            for trunk, step in ((old_trunk, -1), (new_trunk, 1)):
                if trunk:
                    self._undo.record_slot(counter, trunk)
                    counter[trunk] += step

    def forget_ends(self, trunk: str) -> None:
        """Forget how the dials of this trunk ended."""
        self._undo.record_slot(self._dial_ends, trunk)
        self._dial_ends.pop(trunk, None)

    def forget_dials(self) -> None:
        """Forget all dials but not the lines, because the app has restarted and knows no ended dials."""
        for table in (self._dial_times_us, self._dial_ends, self._learnt_lines):
            for trunk in [*table]:
                self._undo.record_slot(table, trunk)
                del table[trunk]


def _get_dialled_trunk(leg: Leg | None, min_phase: Phase) -> str:
    """Return the trunk of a leg that was dialled and has come so far, or ""."""
    return leg.trunk if leg and leg.originated and min_phase <= leg.phase < Phase.GONE else ""


DIAL_MEMORY_US = 2_000_000  # for which the beginning of a dial is kept
