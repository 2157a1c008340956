"""One agent's day: the time in each state of the agent's sessions, compared with the journal."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from warmline.core.model.call_states import AgentState
from warmline.core.model.session import LOST_PAUSE_CODE
from warmline.core.model.shown_state import LOGGED_OUT, STATE_BY_SHOWN_STATE
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, reading, rows
from warmline.store.journal.clock_corrections import OF_ROW
from warmline.store.journal.journal_rows import row_at

# The name of each state's time in the report; INCALL counts as hold while the customer is parked.
BUCKETS = {
    AgentState.PAUSED: "pause",
    AgentState.READY: "wait",
    AgentState.QUEUE: "wait",
    AgentState.INCALL: "talk",
    AgentState.DEAD: "dead",
    AgentState.DISPO: "dispo",
}
LOST = "lost"  # the time of a pause without a phone, which is no pause of the agent
TOTALS = ("pause", "wait", "talk", "hold", "dead", "dispo", LOST)


def bucket(state: str, pause_code: str, *, hold: bool) -> str:
    """Return the name in TOTALS of the time in a state."""
    if state == AgentState.PAUSED and pause_code == LOST_PAUSE_CODE:
        return LOST
    return "hold" if hold else BUCKETS[AgentState(state)]


AGENT = "agent."  # the beginning of the types of events about agents

SESSIONS = """
    SELECT id, phone, campaign, started, ended FROM agent_session
    WHERE agent = :agent AND started < :end AND ifnull(ended, :end) > :start ORDER BY started
"""
INTERVALS = "SELECT * FROM agent_interval WHERE session = :session ORDER BY started, id"
KNOWN = "SELECT 1 FROM agent WHERE id = :agent UNION SELECT 1 FROM agent_session WHERE agent = :agent"
# The last code of each call that got one on that day; a replaced code and a corrected one do not count.
DISPOSITIONS = """
    SELECT status, count(*) AS times FROM disposition_entry WHERE id IN (
        SELECT max(id) FROM disposition_entry
        WHERE agent = :agent AND call IN (
            SELECT call FROM disposition_entry
            WHERE agent = :agent AND correction = 0 AND at >= :start AND at < :end
        ) GROUP BY call
    ) GROUP BY status ORDER BY status
"""
# The changes of each input: events, or (record, id, state) in rows of older versions.
CHANGED = f"""
    SELECT at, agent, json_extract(payload, '$.events', '$.became'), payload IS NULL, {OF_ROW} FROM journal
    WHERE seq >= ? AND seq < ? ORDER BY seq
"""  # noqa: S608 - a constant of the code


@dataclass(frozen=True, slots=True)
class AgentDay:
    """An agent's day. Times are in microseconds; the sum of `totals` is `length`, the length of the sessions.

    Only time within the day counts, and open intervals count until now. `findings` are contradictions between records,
    or between records and the journal. There are none if the machine's clock was set: what was over then has other
    times than what was open.
    """

    sessions: list[Row]
    length: int
    totals: dict[str, int]
    states: dict[str, int]
    pause_codes: dict[str, int]
    calls: int
    dispositions: dict[str, int]
    findings: list[str]
    clock_was_set: bool


def agent_day(path: str | Path, agent: str, start: int, end: int) -> AgentDay:
    """Return the agent's day from `start` to `end` (microseconds UTC, at most now). Raises NotFound, StoreError."""
    with reading(path) as db:
        if not rows(db, KNOWN, agent=agent):
            raise NotFound(
                "agent_never_known",
                "agent {agent!r} does not exist and never logged in; to list agents: warmline agent list",
                agent=agent,
            )
        sessions = rows(db, SESSIONS, agent=agent, start=start, end=end)
        intervals = [one for session in sessions for one in rows(db, INTERVALS, session=session["id"])]
        told = _Told(db, agent, sessions[0]["started"] if sessions else end, end)
        dispositions = rows(db, DISPOSITIONS, agent=agent, start=start, end=end)
    lengths = [_within(session, start, end) for session in sessions]
    states, pauses, totals = Counter[str](), Counter[str](), Counter(dict.fromkeys(TOTALS, 0))
    for one in intervals:
        length = _within(one, start, end)
        states[one["state"]] += length
        totals[bucket(one["state"], one["pause_code"], hold=one["hold"])] += length
        if one["state"] == AgentState.PAUSED:
            pauses[one["pause_code"]] += length
    findings = [*_gaps(sessions, intervals, end), *told.differences(states, start, end)]
    if told.clock_was_set:
        findings = []
    in_calls = {one["call"] for one in intervals if one["state"] == AgentState.INCALL and _within(one, start, end)}
    return AgentDay(
        sessions=sessions,
        length=sum(lengths),
        totals=dict(totals),
        states=dict(states),
        pause_codes=dict(sorted(pauses.items())),
        calls=len(in_calls),
        dispositions={row["status"]: row["times"] for row in dispositions},
        findings=findings,
        clock_was_set=told.clock_was_set,
    )


class _Told:
    """The agent's states according to the journal."""

    def __init__(self, db: sqlite3.Connection, agent: str, start: int, end: int) -> None:
        self.erased = 0
        self.corrections = set[int]()  # more than one if the machine's clock was set
        self.states: list[tuple[int, str]] = []
        for at, states in self._rows(db, start, end):
            self.states += [(at, state) for user, state in states if user == agent]
        self.states.append((end, LOGGED_OUT))

    def _rows(self, db: sqlite3.Connection, start: int, end: int) -> Iterator[tuple[int, list[tuple[str, str]]]]:
        """Yield the time of each input from `start` on, with the agents whose state it changed and their states."""
        for at, agent, changed, erased, correction in db.execute(CHANGED, (row_at(db, start), row_at(db, end))):
            self.erased += erased
            self.corrections.add(correction)
            events, became = json.loads(changed or "[[], []]")
            states = [(name, state) for what, name, state in became or () if what == "agent"]
            # Events have the state that is shown; intervals and rows of older versions have the internal one.
            agents = (record for kind, record in events or () if kind.startswith(AGENT))
            states += [(one.get("user", agent), STATE_BY_SHOWN_STATE.get(one["state"], one["state"])) for one in agents]
            if states:
                yield at + correction, states

    @property
    def clock_was_set(self) -> bool:
        """Return whether the machine's clock was set between the first session and the end of the day."""
        return len(self.corrections) > 1

    def differences(self, states: Counter[str], start: int, end: int) -> Iterator[str]:
        """Yield the differences between these sums and the journal."""
        if self.erased:
            yield f"{self.erased} rows of the journal were erased, so the day cannot be compared with it"
            return
        counted = Counter[str]()
        for (at, state), (until, _) in pairwise(self.states):
            if state != LOGGED_OUT:
                counted[state] += max(0, min(until, end) - max(at, start))
        for state in sorted(states.keys() | counted.keys()):
            if states[state] != counted[state]:
                yield f"{state}: {states[state]} µs in agent_interval, {counted[state]} µs in the journal"


def _within(row: Row, start: int, end: int) -> int:
    """Return the length of the part of an interval that is within the day."""
    length: int = min(row["ended"] or end, end) - max(row["started"], start)
    return max(0, length)


def _gaps(sessions: list[Row], intervals: list[Row], end: int) -> Iterator[str]:
    """Yield gaps: between intervals, and from a session's start or end to its first or last interval."""
    for session in sessions:
        until, last, name = session["started"], session["started"], session["id"]
        for one in (one for one in intervals if one["session"] == name):
            if one["started"] != until:
                yield f"session {name}: {one['state']} begins {one['started'] - until} µs after the previous state"
            last, until = one["ended"], one["ended"] or end
        if last != session["ended"]:
            yield f"session {name}: ends {(session['ended'] or end) - until} µs after its last state"
