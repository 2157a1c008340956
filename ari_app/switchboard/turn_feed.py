"""Tells the HTTP server's hub of each batch of turns, once it is on disk."""

import logging
from collections.abc import Callable, Sequence

from ari_app.live import live_snapshot
from ari_app.live.committed_turns import CommittedTurns, JournalRow, LiveState
from ari_app.live.live_changes import Changed, changed_by
from ari_app.live.shown_world import shown
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.journal.journal_entry import JournalEntry

log = logging.getLogger("warmline.switchboard")


class TurnFeed:
    """A source of committed turns for one follower; without a follower it costs nothing.

    `last_row` returns the number of the last journal row that was handed over.
    """

    def __init__(self, world: Callable[[], World], last_row: Callable[[], int]) -> None:
        self._world, self._last_row = world, last_row
        self._take: Callable[[CommittedTurns], None] | None = None
        self._rules: Rules | None = None  # with the names that the follower has

    @property
    def told_row(self) -> int:
        return self._last_row()

    def follow(self, take: Callable[[CommittedTurns], None], begin_again: Callable[[LiveState], None]) -> LiveState:
        """Return the live state, and call `take` with each later commit. None is missed, so nothing begins again."""
        self._take = take
        world = shown(self._world())
        self._rules = world.rules
        return LiveState(self._last_row(), live_snapshot.agents(world), live_snapshot.whole_calls(world))

    def leave(self) -> None:
        """Tell the follower nothing more."""
        self._take = None

    def prepared(self, turns: Sequence[Turn], entries: Sequence[JournalEntry]) -> Callable[[], None]:
        """Return the function that tells the follower of these turns; call it when their entries are on disk.

        Prepare them before the entries are handed over, because their rows follow the last one.
        """
        first = self._last_row() + 1
        agents, calls = self._changed(turns) if self._take else ({}, {})

        def tell() -> None:
            if self._take and entries:
                rows = [_row(seq, entry) for seq, entry in enumerate(entries, first)]
                self._take(CommittedTurns(rows[-1].seq, rows, agents, calls))

        return tell

    def _changed(self, turns: Sequence[Turn]) -> Changed:
        """Return the changed agents and calls; none after a bug, because no client's view may stop calls."""
        world = shown(self._world())
        configured, self._rules = world.rules is not self._rules, world.rules
        try:
            changes = ((now, turn.get_previous(now)) for turn in turns for now, _ in turn.changes)
            return changed_by(changes, world, configured=configured)
        except Exception:  # no bug in a view may end the loop of the calls
            log.exception("the live view misses a change")
            return {}, {}


def _row(seq: int, entry: JournalEntry) -> JournalRow:
    facts = seq, entry.at, entry.kind, entry.call, entry.agent
    return JournalRow(*facts, entry.payload_json(), entry.correction)
