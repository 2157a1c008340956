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

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._calls: Counter[str] = Counter()
        self._waiting_calls: Counter[str] = Counter()
        self._dialled_parties: Counter[str] = Counter()
        self._callbacks: dict[str, str] = {}

    def change(self, old_call: Call | None, new_call: Call | None) -> None:
        """Follow a change of a call. `old_call` is None if it is new, `new_call` if it is closed."""
        if old_call and new_call and _get_counted_fields(old_call) == _get_counted_fields(new_call):
            return
        old_name, new_name = old_call.ingroup if old_call else "", new_call.ingroup if new_call else ""
        self._move_count(
            self._calls, old_name, is_in_ingroup(old_call), new_name=new_name, new_count=is_in_ingroup(new_call)
        )
        self._move_count(
            self._waiting_calls, old_name, is_waiting(old_call), new_name=new_name, new_count=is_waiting(new_call)
        )
        old_name = old_call.outcome.campaign if old_call else ""
        new_name = new_call.outcome.campaign if new_call else ""
        self._move_count(
            self._dialled_parties,
            old_name,
            count_outside_parties(old_call) if old_call else 0,
            new_name=new_name,
            new_count=count_outside_parties(new_call) if new_call else 0,
        )
        if old_call and old_call.outcome.callback:
            self._undo.record_slot(self._callbacks, old_call.outcome.callback.id)
            del self._callbacks[old_call.outcome.callback.id]
        if new_call and new_call.outcome.callback:
            self._undo.record_slot(self._callbacks, new_call.outcome.callback.id)
            self._callbacks[new_call.outcome.callback.id] = new_call.id

    def _move_count(self, counter: Counter[str], old_name: str, old_count: int, new_name: str, new_count: int) -> None:
        if old_name == new_name and old_count == new_count:
            return
        for name, step in ((old_name, -old_count), (new_name, new_count)):
            if step:
                self._undo.record_slot(counter, name)
                counter[name] += step

    def count_others(self, ingroup: str, call: Call | None) -> tuple[int, int]:
        """Return how many calls an in-group has and how many of them wait, without this call."""
        is_counted = call is not None and call.ingroup == ingroup
        return (
            self._calls[ingroup] - (is_counted and is_in_ingroup(call)),
            self._waiting_calls[ingroup] - (is_counted and is_waiting(call)),
        )

    def count_dialled(self, campaign_id: str) -> int:
        """Return how many outside parties on the line a campaign's agents have dialled.

        Parties in calls that these agents have left count too.
        """
        return self._dialled_parties[campaign_id]

    def find_callback_call(self, callback: str) -> str | None:
        """Return the call that is made for this callback now, or None."""
        return self._callbacks.get(callback)


def _get_counted_fields(call: Call) -> tuple[object, ...]:
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
    has_third_party = call.third is not None and call.consultation.closer is None
    is_dialled_by_agent = call.is_outbound and not call.is_automatic
    return has_third_party + (is_dialled_by_agent and (call.customer is not None or call.state is State.DIALING_OUT))


def is_in_ingroup(call: Call | None) -> bool:
    """Return whether the in-group has the call: it waits, or an agent has it."""
    return call is not None and (call.state in WAITING_STATES or LAYOUT[call.state].agent is not None)
