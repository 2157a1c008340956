"""The number of open calls on each server. It follows each change, so that a placement need not count."""

from collections import Counter

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.call import Call


class ServerLoad:
    """The open calls of each server."""

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._calls: Counter[str] = Counter()

    def change(self, old_call: Call | None, new_call: Call | None) -> None:
        """Follow a change of a call. `old_call` is None if it is new, `new_call` if it is closed."""
        if old_call is not None and new_call is not None:
            return  # a call stays on its server
        for call, step in ((old_call, -1), (new_call, 1)):
            if call is not None:
                self._undo.record_slot(self._calls, call.server)
                self._calls[call.server] += step

    def count_calls(self, server: str) -> int:
        """Return how many calls a server has."""
        return self._calls[server]
