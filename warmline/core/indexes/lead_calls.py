"""The calls of each lead and number, and each campaign's automatic calls without an agent. They follow each change."""

from collections import Counter

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.call import Call
from warmline.core.model.call_states import State

STATES_WITHOUT_AGENT = (State.CALLING, State.ANSWERED)


class LeadCalls:
    """How many calls a lead, a number, or the dialler of a campaign has now."""

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._leads: Counter[int] = Counter()
        self._numbers: Counter[str] = Counter()
        self._without_agent: Counter[str] = Counter()

    def change(self, old_call: Call | None, new_call: Call | None) -> None:
        """Follow a change of a call. `old_call` is None if it is new, `new_call` if it is closed."""
        old_counted_fields, new_counted_fields = _get_counted_fields(old_call), _get_counted_fields(new_call)
        if old_counted_fields == new_counted_fields:
            return
        for (lead, number, campaign), step in ((old_counted_fields, -1), (new_counted_fields, 1)):
            self._count(self._leads, lead, step)
            self._count(self._numbers, number, step)
            self._count(self._without_agent, campaign, step)

    def _count(self, counter: Counter[int] | Counter[str], key: int | str, step: int) -> None:
        if key:
            counts: Counter[int | str] = counter  # type: ignore[assignment]  # one key type each
            self._undo.record_slot(counts, key)
            counts[key] += step
            if not counts[key]:
                del counts[key]

    def has_call(self, lead: int, number: str) -> bool:
        """Return whether this lead or this number is in a call now."""
        return lead in self._leads or number in self._numbers

    @property
    def has_calls_without_agent(self) -> bool:
        """Whether any campaign has an automatic call that rings, or is answered and has no agent yet."""
        return bool(self._without_agent)

    def count_without_agent(self, campaign_id: str) -> int:
        """Return how many automatic calls of the campaign ring, or are answered and have no agent yet."""
        return self._without_agent[campaign_id]


def _get_counted_fields(call: Call | None) -> tuple[int, str, str]:
    if call is None:
        return 0, "", ""
    is_counted = call.state in STATES_WITHOUT_AGENT and call.is_automatic
    return call.lead, call.number, call.outcome.campaign if is_counted else ""
