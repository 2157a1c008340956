"""Handovers of the month that the made day lacks: second ones, those of dialled calls, and dials with a later one.

The agent who hands a call over takes it again a second later, so that nothing else of the agents' time changes.
"""

import random
import sqlite3
from typing import NamedTuple

SECOND = 1_000_000  # microseconds
# The last time of an agent in a call. No code of the agent is older.
TALKED = """SELECT i.id, i.call, i.agent, i.session, i.started, i.ended FROM agent_interval AS i
    JOIN call ON call.id = i.call
    WHERE i.state = 'INCALL' AND i.ended - i.started > 9000000 AND call.last_agent = i.agent AND call.ended IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM agent_interval AS l WHERE l.call = i.call AND l.started > i.started
            AND (l.state = 'INCALL' OR l.agent <> i.agent))
        AND NOT EXISTS (SELECT 1 FROM disposition_entry AS e WHERE e.call = i.call AND e.agent = i.agent
            AND e.at < i.ended)
        AND NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.call = i.call AND r.agent = i.agent AND r.ingroup <> ''
            AND r.requested > i.started) AND {} ORDER BY i.id"""
OF = {
    "closers": "call.ingroup = 'CLOSERS'",
    "dialled": "call.direction = 'out'",
    "adopted": "call.origin = 'adopted' AND call.direction = 'in'",
}
WARM = """SELECT id FROM receipt AS r WHERE kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL')
    AND outcome = 'completed' AND ingroup {} '' AND EXISTS (SELECT 1 FROM receipt AS l WHERE l.call = r.call
        AND l.kind = 'LEAVE_3WAY_CALL' AND l.outcome = 'completed' AND l.requested > r.requested) ORDER BY id"""
RECEIPT = """INSERT INTO receipt (id, kind, agent, call, number, ingroup, to_agent, caller_id, message, status, key,
        "by", source, requested, ended, outcome, cause, steps)
    VALUES (?, 'LOCAL_CLOSER', ?, ?, '', 'CLOSERS', '', '', '', '', '', '', 'test', ?, ?, 'completed', '', '[]')"""
WAIT = """INSERT INTO queue_wait (id, call, ingroup, direct, priority, place, queued_at, entered, ended, outcome, agent)
    VALUES (?, ?, ?, '', 0, 1, ?, ?, ?, ?, ?)"""
INTERVAL = "INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started, ended) VALUES {}"
EARLIER = """INSERT INTO receipt (id, kind, agent, call, number, ingroup, to_agent, caller_id, message, status, key,
        "by", source, requested, ended, outcome, cause, steps)
    SELECT id || '^', kind, agent, call, '8502', '', '', '', '', '', '', '', source, requested - ?, requested - 1,
        'completed', '', '[]' FROM receipt WHERE id = ?"""
# The leave comes before the answer, and ends the dial.
LEFT_BEFORE = """UPDATE receipt SET outcome = 'abandoned', ended = (SELECT min(requested) FROM receipt AS l
    WHERE l.call = receipt.call AND l.kind = 'LEAVE_3WAY_CALL' AND l.requested > receipt.requested) WHERE id = ?"""


class Talk(NamedTuple):
    """A time of an agent in a call."""

    id: str
    call: str
    agent: str
    session: str
    started: int
    ended: int


def change(db: sqlite3.Connection, draw: random.Random) -> None:
    """Hand over more calls, and change some of the transfers."""
    for condition in OF.values():
        found = [Talk(*row) for row in db.execute(TALKED.format(condition)).fetchall()]
        for place, talk in enumerate(draw.sample(found, min(6, len(found)))):
            rest = _hand_over(db, talk)
            if place % 2:
                _hand_over(db, rest)
    _dial(db, draw)
    _pass_on(db, draw)


def _hand_over(db: sqlite3.Connection, talk: Talk) -> Talk:
    """Let the agent hand the call over, and take it again in the second in-group. Return the rest."""
    name, at = f"{talk.id}^", talk.started + (talk.ended - talk.started) // 3
    passed, taken = at + SECOND // 2, at + SECOND
    db.execute(RECEIPT, (name, talk.agent, talk.call, at, taken))
    db.execute(WAIT, (f"{name}1", talk.call, "CLOSERS", at, at, passed, "TIMEOT", ""))
    db.execute(WAIT, (f"{name}2", talk.call, "OVERFLOW", at, passed, taken, "ANSWERED", talk.agent))
    db.execute("UPDATE call SET ingroup = 'OVERFLOW' WHERE id = ?", (talk.call,))
    db.execute("UPDATE agent_interval SET ended = ? WHERE id = ?", (at, talk.id))
    for number, state, call, started, ended in (
        (1, "READY", "", at, taken),
        (2, "INCALL", talk.call, taken, talk.ended),
    ):
        values = (f"{name}{number}", talk.session, talk.agent, state, "", call, started, ended)
        db.execute(INTERVAL.format("(?, ?, ?, ?, ?, ?, ?, ?)"), values)
    return talk._replace(id=f"{name}2", started=taken)


def _pass_on(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some handed callers be lost in the second in-group that they came to."""
    lost = """SELECT id, call, entered, ended FROM queue_wait
        WHERE ingroup = 'CLOSERS' AND outcome = 'DROP' AND ended - entered > 2000000 ORDER BY id"""
    found = db.execute(lost).fetchall()
    for wait, call, entered, ended in draw.sample(found, min(4, len(found))):
        passed = (entered + ended) // 2
        db.execute("UPDATE queue_wait SET ended = ?, outcome = 'TIMEOT' WHERE id = ?", (passed, wait))
        db.execute(WAIT, (f"{wait}^", call, "OVERFLOW", entered, passed, ended, "DROP", ""))
        db.execute("UPDATE call SET ingroup = 'OVERFLOW' WHERE id = ?", (call,))


def _dial(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some dials follow another one, and some agents leave by hanging up, or before the closer has answered."""
    warm = [row[0] for row in db.execute(WARM.format("=")).fetchall()]
    for dial in draw.sample(warm, min(6, len(warm))):
        db.execute(EARLIER, (2 * SECOND, dial))
    for dial in draw.sample(warm, min(6, len(warm))):
        db.execute(
            "DELETE FROM receipt WHERE kind = 'LEAVE_3WAY_CALL' AND call = (SELECT call FROM receipt WHERE id = ?)",
            (dial,),
        )
    asked = [row[0] for row in db.execute(WARM.format("<>")).fetchall()]
    for dial in draw.sample(asked, min(4, len(asked))):
        db.execute(LEFT_BEFORE, (dial,))
    for kind, outcome, values in (
        ("BLIND_TRANSFER", "refused", "call = ''"),
        ("BLIND_TRANSFER", "busy", "outcome = NULL, ended = NULL"),
        ("LOCAL_CLOSER", "completed", "ingroup = 'AGENTDIRECT', to_agent = '1003'"),
    ):
        found = "SELECT id FROM receipt WHERE kind = ? AND outcome = ? ORDER BY id"
        rows = db.execute(found, (kind, outcome)).fetchall()
        for row in draw.sample(rows, min(3, len(rows))):
            db.execute(f"UPDATE receipt SET {values} WHERE id = ?", row)  # noqa: S608 - only constants of the test
