"""The lines and dials of each trunk. They follow each change of a leg."""

from collections import Counter
from typing import NamedTuple

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.leg import Leg

LAST = 20  # dials whose ends are kept
GOOD = 10  # dials that end without congestion, for one more line


class LearntLines(NamedTuple):
    """How many lines of a congested trunk the dialler uses: `good` dials of the full ones since the last change."""

    lines: int
    since: int  # when the trunk was congested last, in microseconds UTC
    good: int = 0


class TrunkUse:
    """The outside parties on each trunk now, when calls to it began, and which of its last calls found it congested."""

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._lines: Counter[str] = Counter()
        self._began: dict[str, tuple[int, ...]] = {}
        self._congested: dict[str, tuple[bool, ...]] = {}
        self._learnt: dict[str, LearntLines] = {}

    def change(self, before: Leg | None, after: Leg | None) -> None:
        """Follow a change of a leg. `before` is None for a new leg, `after` is None for a closed one."""
        was, now = before.trunk if before else "", after.trunk if after else ""
        if was == now:
            return
        for trunk, step in ((was, -1), (now, 1)):
            if trunk:
                self._undo.slot(self._lines, trunk)
                self._lines[trunk] += step
        if after and after.trunk and after.originated:
            self._undo.slot(self._began, now)
            recent = (at for at in self._began.get(now, ()) if at > after.created - SECONDS)
            self._began[now] = (*recent, after.created)

    def lines(self, trunk: str) -> int:
        """Return how many outside parties the trunk has, from the request of their channel on."""
        return self._lines[trunk]

    def began(self, trunk: str, since: int) -> int:
        """Return how many calls to the trunk began after `since`, in microseconds UTC, at most 2 seconds ago."""
        return sum(at > since for at in self._began.get(trunk, ()))

    def ended(self, trunk: str, *, congested: bool) -> int:
        """Record how a dial ended; return how many of the last 20 found the trunk congested."""
        self._undo.slot(self._congested, trunk)
        found = self._congested[trunk] = (*self._congested.get(trunk, ()), congested)[-LAST:]
        learnt = self._learnt.get(trunk)
        if learnt and not congested and self._lines[trunk] + 2 >= learnt.lines:  # the lines are in use
            more = divmod(learnt.good + 1, GOOD)
            self._learn(trunk, LearntLines(learnt.lines + more[0], learnt.since, more[1]))
        return sum(found)

    def take_lines(self, trunk: str, now: int) -> int:
        """Take a quarter of the lines in use from a congested trunk; return what is left, 0 if nothing can be taken."""
        if left := self._lines[trunk] * 3 // 4:
            self._learn(trunk, LearntLines(left, now))
        return left

    def learnt(self, trunk: str) -> LearntLines | None:
        """Return how many lines the dialler uses of a trunk that was congested, or None if it never was."""
        return self._learnt.get(trunk)

    def _learn(self, trunk: str, learnt: LearntLines) -> None:
        self._undo.slot(self._learnt, trunk)
        self._learnt[trunk] = learnt

    def forget_ends(self, trunk: str) -> None:
        """Forget how the dials of this trunk ended."""
        self._undo.slot(self._congested, trunk)
        self._congested.pop(trunk, None)

    def restarted(self) -> None:
        """Forget all dials but not the lines, because the app has restarted and knows no ended dials."""
        for table in (self._began, self._congested, self._learnt):
            for trunk in [*table]:
                self._undo.slot(table, trunk)
                del table[trunk]


SECONDS = 2_000_000  # microseconds for which the beginning of a dial is kept
