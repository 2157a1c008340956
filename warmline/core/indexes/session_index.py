"""An index of sessions. It follows each change of a session, so a lookup does not search all of them."""

from bisect import bisect_left, bisect_right
from collections import Counter

from warmline.core.indexes.undo_log import UndoLog, remove_at
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session

FIRST_CONF_EXTEN = 8600051


class SessionIndex:
    """Sessions by in-group and state, by phone, and by conference number."""

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._agent_counts: dict[str, Counter[AgentState]] = {}
        self._phone_agents: dict[str, dict[str, None]] = {}  # each change makes a new dict for the phone
        self._numbers: list[int] = []  # sorted

    def change(self, old_session: Session | None, new_session: Session | None) -> None:
        """Follow a change of a session. `old_session` is None if it is new, `new_session` if it is closed."""
        if old_session and new_session and _get_indexed_fields(old_session) == _get_indexed_fields(new_session):
            return
        for session, step in ((old_session, -1), (new_session, 1)):
            if session:
                for ingroup in session.ingroups:
                    self._count(ingroup, _get_counted_state(session), step)
        self._change_phone(old_session, new_session)
        if (old_session.conf_exten if old_session else "") != (new_session.conf_exten if new_session else ""):
            self._change_number(old_session, new_session)

    def _change_phone(self, old_session: Session | None, new_session: Session | None) -> None:
        """Move the session to the end of its phone's agents. A browser phone has no name, and is on no list."""
        if (
            old_session
            and new_session
            and old_session.phone == new_session.phone
            and len(self.list_phone_agents(new_session.phone)) < 2
        ):
            return
        if old_session and old_session.phone:
            self._undo.record_slot(self._phone_agents, old_session.phone)
            agents = {agent: None for agent in self._phone_agents[old_session.phone] if agent != old_session.agent}
            if agents:
                self._phone_agents[old_session.phone] = agents
            else:
                del self._phone_agents[old_session.phone]
        if new_session and new_session.phone:
            self._undo.record_slot(self._phone_agents, new_session.phone)
            self._phone_agents[new_session.phone] = {
                **self._phone_agents.get(new_session.phone, {}),
                new_session.agent: None,
            }

    def _change_number(self, old_session: Session | None, new_session: Session | None) -> None:
        if old_session and old_session.conf_exten:
            old_position = bisect_left(self._numbers, int(old_session.conf_exten))
            self._undo.add((list.insert, self._numbers, old_position, self._numbers.pop(old_position)))
        if new_session and new_session.conf_exten:
            new_position = bisect_left(self._numbers, int(new_session.conf_exten))
            self._numbers.insert(new_position, int(new_session.conf_exten))
            self._undo.add((remove_at, self._numbers, new_position, None))

    def _count(self, ingroup: str, state: AgentState, step: int) -> None:
        counter = self._agent_counts.get(ingroup)
        if counter is None:
            self._undo.record_slot(self._agent_counts, ingroup)
            counter = self._agent_counts[ingroup] = Counter()
        self._undo.record_slot(counter, state)
        counter[state] += step

    def count_serving(self, ingroup: str) -> Counter[AgentState]:
        """Return how many agents of an in-group are in each state."""
        return self._agent_counts.get(ingroup) or Counter()

    def list_phone_agents(self, phone: str) -> tuple[str, ...]:
        """Return the agents who are logged in on this phone, the first one first."""
        return tuple(self._phone_agents.get(phone, ()))

    def find_free_conf_exten(self) -> str:
        """Return the lowest free conference number: the first gap."""
        numbers = self._numbers
        gap = bisect_right(range(len(numbers)), 0, key=lambda rank: numbers[rank] - FIRST_CONF_EXTEN - rank)
        return str(FIRST_CONF_EXTEN + gap)


def _get_counted_state(session: Session) -> AgentState:
    """Return the state that counts for callers. An agent READY without a phone counts as PAUSED."""
    has_no_phone = session.state is AgentState.READY and session.phone_loss.away_since
    return AgentState.PAUSED if has_no_phone else session.state


def _get_indexed_fields(session: Session) -> tuple[object, ...]:
    return session.state, session.phone_loss, session.ingroups, session.phone, session.conf_exten
