"""Numbers of calls of each in-group and campaign. They follow each change, so that an arriving call need not count."""

from collections import Counter

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, State

WAITING_STATES = (State.WAITING, State.RINGING_AGENT)


class CallCounts:
    """The counts of each in-group and campaign, and the call of each callback.

    An in-group has the number of its waiting calls, and the number of all its calls: those that wait and those of
    agents. A campaign has the number of outside parties on the line that its agents have dialled.
    """

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._calls: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._dialled: Counter[str] = Counter()
        self._callbacks: dict[str, str] = {}

    def change(self, before: Call | None, after: Call | None) -> None:
        """Follow a change of a call. `before` is None for a new call, `after` is None for a closed one."""
        if before and after and _facts(before) == _facts(after):
            return
        was, now = before.ingroup if before else "", after.ingroup if after else ""
        self._move(self._calls, was, is_in_ingroup(before), now, is_in_ingroup(after))
        self._move(self._waiting, was, is_waiting(before), now, is_waiting(after))
        was, now = before.outcome.campaign if before else "", after.outcome.campaign if after else ""
        self._move(
            self._dialled,
            was,
            count_outside_parties(before) if before else 0,
            now,
            count_outside_parties(after) if after else 0,
        )
        if before and before.outcome.callback:
            self._undo.record_slot(self._callbacks, before.outcome.callback.id)
            del self._callbacks[before.outcome.callback.id]
        if after and after.outcome.callback:
            self._undo.record_slot(self._callbacks, after.outcome.callback.id)
            self._callbacks[after.outcome.callback.id] = after.id

    def _move(self, counted: Counter[str], was: str, less: int, now: str, more: int) -> None:
        if was == now and less == more:
            return
        for name, step in ((was, -less), (now, more)):
            if step:
                self._undo.record_slot(counted, name)
                counted[name] += step

    def count_others(self, ingroup: str, call: Call | None) -> tuple[int, int]:
        """Return how many calls an in-group has and how many of them wait, without this call."""
        own = call is not None and call.ingroup == ingroup
        return (
            self._calls[ingroup] - (own and is_in_ingroup(call)),
            self._waiting[ingroup] - (own and is_waiting(call)),
        )

    def count_dialled(self, campaign: str) -> int:
        """Return how many outside parties on the line a campaign's agents have dialled.

        Parties in calls that these agents have left count too.
        """
        return self._dialled[campaign]

    def find_callback_call(self, callback: str) -> str | None:
        """Return the call that is made for this callback now, or None."""
        return self._callbacks.get(callback)


def _facts(call: Call) -> tuple[object, ...]:
    return (
        call.ingroup,
        call.state,
        call.outcome.campaign,
        call.outcome.callback,
        call.customer,
        call.third,
        call.consultation.closer,
    )


def is_waiting(call: Call | None) -> bool:
    """Return whether the call waits for an agent of its in-group."""
    return call is not None and call.state in WAITING_STATES


def count_outside_parties(call: Call) -> int:
    """Return how many parties of the call an agent has dialled: the customer, and a third party who is not an agent."""
    third = call.third is not None and call.consultation.closer is None
    by_hand = call.outbound and not call.automatic
    return third + (by_hand and (call.customer is not None or call.state is State.DIALING_OUT))


def is_in_ingroup(call: Call | None) -> bool:
    """Return whether the in-group has the call: it waits, or an agent has it."""
    return call is not None and (call.state in WAITING_STATES or LAYOUT[call.state].agent is not None)
