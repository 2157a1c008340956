"""How many calls each in-group has, counted as they change, so that no call that comes has to count them."""

from collections import Counter

from warmline.core.call.call import Call
from warmline.core.call.states import LAYOUT, State

WAITING = (State.WAITING, State.RINGING_AGENT)


class Headcount:
    """Of each in-group: the calls that wait, and all it has: those that wait, and those that agents have."""

    def __init__(self) -> None:
        self._calls: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()

    def change(self, before: Call | None, after: Call | None) -> None:
        """A call is another than before; None: it was not there, or is not any more."""
        if before and after and (before.ingroup, before.state) == (after.ingroup, after.state):
            return
        for call, step in ((before, -1), (after, 1)):
            if call:
                self._calls[call.ingroup] += step * has(call)
                self._waiting[call.ingroup] += step * waits(call)

    def others(self, ingroup: str, call: Call | None) -> tuple[int, int]:
        """The calls an in-group has, and those of them that wait, without this one."""
        own = call is not None and call.ingroup == ingroup
        return (
            self._calls[ingroup] - (own and has(call)),
            self._waiting[ingroup] - (own and waits(call)),
        )


def waits(call: Call | None) -> bool:
    """Whether the call waits for an agent of its in-group."""
    return call is not None and call.state in WAITING


def has(call: Call | None) -> bool:
    """Whether the in-group has the call: it waits, or an agent has it."""
    return call is not None and (call.state in WAITING or LAYOUT[call.state].agent is not None)
