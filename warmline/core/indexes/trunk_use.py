"""The lines and dials of each trunk. They follow each change of a leg."""

from collections import Counter
from typing import NamedTuple

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.leg import Leg, Phase

LINE_TRIAL_US = 10_000_000  # microseconds after which one more line of a congested trunk is tried


class LearntLines(NamedTuple):
    """How many calls could be dialled on a trunk that was congested `since` then (microseconds UTC)."""

    lines: int
    since: int

    def limit(self, now: int) -> int:
        """Return how many calls may be dialled on it now: one more with each ten seconds."""
        return self.lines + max(0, now - self.since) // LINE_TRIAL_US


class TrunkUse:
    """The outside parties on each trunk now, when calls to it began, and which of its last calls found it congested."""

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._lines: Counter[str] = Counter()
        self._dialled: Counter[str] = Counter()  # the lines of calls that were dialled
        self._working: Counter[str] = Counter()  # those of them that ring or talk
        self._began: dict[str, tuple[int, ...]] = {}
        self._congested: dict[str, tuple[bool, ...]] = {}
        self._learnt: dict[str, LearntLines] = {}

    def change(self, before: Leg | None, after: Leg | None) -> None:
        """Follow a change of a leg. `before` is None for a new leg, `after` is None for a closed one."""
        was, now = before.trunk if before else "", after.trunk if after else ""
        if not was and not now:
            return
        self._count(self._dialled, _dialled(before, Phase.ASKED), _dialled(after, Phase.ASKED))
        self._count(self._working, _dialled(before, Phase.RINGING), _dialled(after, Phase.RINGING))
        if was == now:
            return
        self._count(self._lines, was, now)
        if after and after.trunk and after.originated:
            self._undo.record_slot(self._began, now)
            recent = (at for at in self._began.get(now, ()) if at > after.created - DIAL_MEMORY_US)
            self._began[now] = (*recent, after.created)

    def count_lines(self, trunk: str) -> int:
        """Return how many outside parties the trunk has, from the request of their channel on."""
        return self._lines[trunk]

    def count_begun(self, trunk: str, since: int) -> int:
        """Return how many calls to the trunk began after `since`, in microseconds UTC, at most 2 seconds ago."""
        return sum(at > since for at in self._began.get(trunk, ()))

    def record_end(self, trunk: str, *, congested: bool, last: int) -> int:
        """Record how a dial ended; return how many of the `last` dials found the trunk congested."""
        self._undo.record_slot(self._congested, trunk)
        found = self._congested[trunk] = (*self._congested.get(trunk, ()), congested)[-last:]
        return sum(found)

    def count_working(self, trunk: str) -> int:
        """Return how many of the dialled calls on the trunk ring or talk."""
        return self._working[trunk]

    def learn_lines(self, trunk: str, lines: int, now: int) -> None:
        """Keep how many dialled calls a congested trunk bears from now on."""
        self._undo.record_slot(self._learnt, trunk)
        self._learnt[trunk] = LearntLines(lines, now)

    def get_learnt_lines(self, trunk: str) -> LearntLines | None:
        """Return how many calls a trunk bore that was congested, or None if it never was."""
        return self._learnt.get(trunk)

    def count_dialled(self, trunk: str) -> int:
        """Return how many outside parties the trunk has who were dialled, from the request of their channel on."""
        return self._dialled[trunk]

    def _count(self, counted: Counter[str], was: str, now: str) -> None:
        if was != now:
            for trunk, step in ((was, -1), (now, 1)):
                if trunk:
                    self._undo.record_slot(counted, trunk)
                    counted[trunk] += step

    def forget_ends(self, trunk: str) -> None:
        """Forget how the dials of this trunk ended."""
        self._undo.record_slot(self._congested, trunk)
        self._congested.pop(trunk, None)

    def forget_dials(self) -> None:
        """Forget all dials but not the lines, because the app has restarted and knows no ended dials."""
        for table in (self._began, self._congested, self._learnt):
            for trunk in [*table]:
                self._undo.record_slot(table, trunk)
                del table[trunk]


def _dialled(leg: Leg | None, least: Phase) -> str:
    """Return the trunk of a leg that was dialled and has come so far, or ""."""
    return leg.trunk if leg and leg.originated and least <= leg.phase < Phase.GONE else ""


DIAL_MEMORY_US = 2_000_000  # microseconds for which the beginning of a dial is kept
