"""An index of sessions. It follows each change of a session, so a lookup does not search all of them."""

from bisect import bisect_left, bisect_right
from collections import Counter

from warmline.core.indexes.undo_log import UndoLog, remove_at
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session

FIRST_CONF_EXTEN = 8600051


class SessionIndex:
    """Sessions by in-group and state, by phone, and by conference number."""

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._serving: dict[str, Counter[AgentState]] = {}
        self._on_phone: dict[str, dict[str, None]] = {}  # each change makes a new dict for the phone
        self._numbers: list[int] = []  # sorted

    def change(self, before: Session | None, after: Session | None) -> None:
        """Follow a change of a session. `before` is None for a new session, `after` is None for a closed one."""
        if before and after and _facts(before) == _facts(after):
            return
        for session, step in ((before, -1), (after, 1)):
            if session:
                for ingroup in session.ingroups:
                    self._count(ingroup, _state(session), step)
        self._change_phone(before, after)
        if (before.conf_exten if before else "") != (after.conf_exten if after else ""):
            self._change_number(before, after)

    def _change_phone(self, before: Session | None, after: Session | None) -> None:
        """Move the session to the end of its phone's agents. A browser phone has no name, and is on no list."""
        if before and after and before.phone == after.phone and len(self.list_phone_agents(after.phone)) < 2:
            return
        if before and before.phone:
            self._undo.record_slot(self._on_phone, before.phone)
            agents = {agent: None for agent in self._on_phone[before.phone] if agent != before.agent}
            if agents:
                self._on_phone[before.phone] = agents
            else:
                del self._on_phone[before.phone]
        if after and after.phone:
            self._undo.record_slot(self._on_phone, after.phone)
            self._on_phone[after.phone] = {**self._on_phone.get(after.phone, {}), after.agent: None}

    def _change_number(self, before: Session | None, after: Session | None) -> None:
        if before and before.conf_exten:
            place = bisect_left(self._numbers, int(before.conf_exten))
            self._undo.add((list.insert, self._numbers, place, self._numbers.pop(place)))
        if after and after.conf_exten:
            place = bisect_left(self._numbers, int(after.conf_exten))
            self._numbers.insert(place, int(after.conf_exten))
            self._undo.add((remove_at, self._numbers, place, None))

    def _count(self, ingroup: str, state: AgentState, step: int) -> None:
        counted = self._serving.get(ingroup)
        if counted is None:
            self._undo.record_slot(self._serving, ingroup)
            counted = self._serving[ingroup] = Counter()
        self._undo.record_slot(counted, state)
        counted[state] += step

    def count_serving(self, ingroup: str) -> Counter[AgentState]:
        """Return how many agents of an in-group are in each state."""
        return self._serving.get(ingroup) or Counter()

    def list_phone_agents(self, phone: str) -> tuple[str, ...]:
        """Return the agents who are logged in on this phone, the first one first."""
        return tuple(self._on_phone.get(phone, ()))

    def find_free_conf_exten(self) -> str:
        """Return the lowest free conference number: the first gap."""
        numbers = self._numbers
        gap = bisect_right(range(len(numbers)), 0, key=lambda at: numbers[at] - FIRST_CONF_EXTEN - at)
        return str(FIRST_CONF_EXTEN + gap)


def _state(session: Session) -> AgentState:
    """Return the state that counts for callers. An agent READY without a phone counts as PAUSED."""
    without = session.state is AgentState.READY and session.phone_loss.away_since
    return AgentState.PAUSED if without else session.state


def _facts(session: Session) -> tuple[object, ...]:
    return session.state, session.phone_loss, session.ingroups, session.phone, session.conf_exten
