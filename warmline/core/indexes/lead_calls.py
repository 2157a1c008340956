"""The calls of each lead and number, and each campaign's automatic calls without an agent. They follow each change."""

from collections import Counter

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.call import Call
from warmline.core.model.call_states import State

STATES_WITHOUT_AGENT = (State.CALLING, State.ANSWERED)


class LeadCalls:
    """How many calls a lead, a number, or the dialler of a campaign has now."""

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._leads: Counter[int] = Counter()
        self._numbers: Counter[str] = Counter()
        self._without_agent: Counter[str] = Counter()

    def change(self, before: Call | None, after: Call | None) -> None:
        """Follow a change of a call. `before` is None for a new call, `after` is None for a closed one."""
        was, now = _facts(before), _facts(after)
        if was == now:
            return
        for (lead, number, campaign), step in ((was, -1), (now, 1)):
            self._count(self._leads, lead, step)
            self._count(self._numbers, number, step)
            self._count(self._without_agent, campaign, step)

    def _count(self, counted: Counter[int] | Counter[str], key: int | str, step: int) -> None:
        if key:
            counts: Counter[int | str] = counted  # type: ignore[assignment]  # one key type each
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

    def count_without_agent(self, campaign: str) -> int:
        """Return how many automatic calls of the campaign ring, or are answered and have no agent yet."""
        return self._without_agent[campaign]


def _facts(call: Call | None) -> tuple[int, str, str]:
    if call is None:
        return 0, "", ""
    ours = call.state in STATES_WITHOUT_AGENT and call.automatic
    return call.lead, call.number, call.outcome.campaign if ours else ""
