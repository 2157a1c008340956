"""A copy of the live agents and calls, kept up to date by committed turns.

For each topic it knows which records changed last. A reader names the position that it has; it gets each record that
changed after that, once, as it is now. So a slow reader gets the newest state in place of a backlog.
"""

from collections import deque
from typing import NamedTuple

from msgspec import Struct

from ari_app.live.committed_turns import CommittedTurns, LiveState
from warmline.operations.live_records import AgentNow, CallWhole

KEPT = 20_000  # changes that are known by topic; a reader with an older position gets the whole state
FALLBACK = "call.fallback"  # the kind of a row about a call that took the dialplan's fallback


class LiveTopic(NamedTuple):
    """One agent with the agent's call, one call, one in-group with its agents and calls, or all."""

    kind: str
    name: str = ""


OVERVIEW = LiveTopic("overview")
Record = AgentNow | CallWhole
Key = tuple[type[Record], str]


class GoneRecords(Struct, frozen=True):
    """The agents and calls that ended, or no longer belong to the topic."""

    agents: list[str]
    calls: list[str]


class LiveChanges(Struct, frozen=True):
    """Agents and calls as they are now. `fallback`: a call took the dialplan's fallback."""

    agents: list[AgentNow]
    calls: list[CallWhole]
    gone: GoneRecords
    fallback: bool


class LiveCopy:
    """The agents and calls after the journal's row `row`."""

    def __init__(self, state: LiveState) -> None:
        self.row = self._floor = state.row
        self._fallback = 0  # the row of the last call that took the fallback
        self._records: dict[Key, Record] = {(AgentNow, one.user): one for one in state.agents}
        self._records |= {(CallWhole, one.id): one for one in state.calls}
        self._changed: dict[LiveTopic, dict[Key, int]] = {}  # by topic: the row of each record's last change, in order
        self._log: deque[tuple[int, LiveTopic, Key]] = deque()

    def agent(self, user: str) -> AgentNow | None:
        """Return a logged-in agent, or None."""
        found = self._records.get((AgentNow, user))
        return found if isinstance(found, AgentNow) else None

    def call(self, call: str) -> CallWhole | None:
        """Return a live call, or None."""
        found = self._records.get((CallWhole, call))
        return found if isinstance(found, CallWhole) else None

    def apply(self, turns: CommittedTurns) -> set[LiveTopic]:
        """Take the changes of later turns; return the topics that changed."""
        is_new = turns.row > self.row
        self.row = max(self.row, turns.row)
        touched: set[LiveTopic] = set()
        if is_new:  # otherwise the copy began with these records
            for kind, records in ((AgentNow, turns.agents), (CallWhole, turns.calls)):
                for name, record in records.items():
                    touched |= self._change((kind, name), record)
        if any(row.kind == FALLBACK for row in turns.rows):
            self._fallback = self.row
            touched.add(OVERVIEW)
        self._forget()
        return touched

    def after(self, row: int, topic: LiveTopic) -> LiveChanges | None:
        """Return what changed in a topic after a row; None if the copy no longer knows it."""
        if not self._floor <= row <= self.row:
            return None
        keys = []
        for key, changed in reversed(self._changed.get(topic, {}).items()):
            if changed <= row:
                break
            keys.append(key)
        return self._told(topic, keys[::-1], fallback=topic == OVERVIEW and self._fallback > row)

    def whole(self, topic: LiveTopic) -> LiveChanges:
        """Return every record of a topic."""
        return self._told(topic, [key for key, record in self._records.items() if topic in topics_of(record)])

    def _told(self, topic: LiveTopic, keys: list[Key], *, fallback: bool = False) -> LiveChanges:
        found = LiveChanges([], [], GoneRecords([], []), fallback)
        for kind, name in keys:
            record = self._records.get((kind, name))
            if record is None or topic not in topics_of(record):
                (found.gone.agents if kind is AgentNow else found.gone.calls).append(name)
            elif isinstance(record, AgentNow):
                found.agents.append(record)
            else:
                found.calls.append(record)
        return found

    def _change(self, key: Key, record: Record | None) -> set[LiveTopic]:
        before = self._records.get(key)
        if before == record:
            return set()
        if record is None:
            del self._records[key]
        else:
            self._records[key] = record
        touched = {topic for one in (before, record) if one for topic in topics_of(one)}
        for topic in touched:
            changed = self._changed.setdefault(topic, {})
            changed.pop(key, None)  # so that the last change is last
            changed[key] = self.row
            self._log.append((self.row, topic, key))
        return touched

    def _forget(self) -> None:
        """Forget the oldest changes above KEPT."""
        while len(self._log) > KEPT:
            row, topic, key = self._log.popleft()
            self._floor = row
            if self._changed[topic][key] == row:
                del self._changed[topic][key]
                if not self._changed[topic]:
                    del self._changed[topic]


def topics_of(record: Record) -> tuple[LiveTopic, ...]:
    """Return the topics that a record belongs to."""
    if isinstance(record, AgentNow):
        return (OVERVIEW, LiveTopic("agent", record.user), *(LiveTopic("ingroup", one) for one in record.ingroups))
    parties = (("agent", record.agent), ("ingroup", record.ingroup))
    return (OVERVIEW, LiveTopic("call", record.id), *(LiveTopic(kind, name) for kind, name in parties if name))
