"""Converts the journal to lines of Asterisk's queue_log, for reports that read that format.

The lines come from the tables that are written with the journal, so the same rows always give the same lines. A time
identifies the turn of an event, because no two turns have the same time.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warmline.core.messages.commands import Kind
from warmline.core.model import ids
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, WaitStatus
from warmline.store.database.reading import Row, reading, rows
from warmline.store.journal.clock_corrections import ClockCorrections

SECOND = 1_000_000
UNIQUEID = re.compile(r"([\w-]+-)?[0-9]{9,}\.[0-9]+", re.ASCII)  # the id of a channel of Asterisk
NOBODY = "NONE"

EXITS = {
    WaitStatus.TIMEOT: "EXITWITHTIMEOUT",
    WaitStatus.XDROP: "EXITWITHTIMEOUT",
    WaitStatus.HOLDTO: "EXITWITHKEY",
    WaitStatus.WAITTO: "EXITWITHKEY",
    WaitStatus.CLOSOP: "EXITEMPTY",
    WaitStatus.NANQUE: "EXITEMPTY",
}  # any other end of a wait is ABANDON
TRANSFERS = {
    Kind.BLIND_TRANSFER: "BLINDTRANSFER",
    Kind.LEAVE_3WAY_CALL: "TRANSFER",
    Kind.LOCAL_CLOSER: "TRANSFER",
}

# The order of events within one turn.
LOGIN, OFF_THE_CALL, MISSED, OUT_OF_LINE, PAUSE, INTO_LINE, LOGOUT = range(7)

CUSTOMER = """(SELECT id FROM leg WHERE owner = wait.call AND role = 'customer' ORDER BY created LIMIT 1) AS customer"""

# Waits that began or ended; if an agent ended a wait, with the agent's phone and its ring time. A caller whom an
# in-group turned away has a wait of no length.
WAITS = f"""
    SELECT wait.*, ifnull(call.number, '') AS caller,
        {CUSTOMER},
        (SELECT id FROM leg WHERE owner = wait.agent AND role = 'agent' AND created <= wait.ended
            ORDER BY created DESC LIMIT 1) AS phone,
        (SELECT ended - started FROM agent_interval WHERE call = wait.call AND agent = wait.agent
            AND state = 'QUEUE' AND ended = wait.ended AND call <> '') AS rang
    FROM queue_wait AS wait LEFT JOIN call ON call.id = wait.call
    WHERE wait.ended IS NOT wait.entered AND wait.id IN (
        SELECT id FROM queue_wait WHERE entered > :behind AND entered <= :until
        UNION SELECT id FROM queue_wait WHERE ended > :behind AND ended <= :until
    )
"""  # noqa: S608 - only constants of the code

# Every call that waited in the time range. No wait is longer than a day, because drop_call_seconds ends it.
IN_LINE = """
    SELECT id, ingroup, direct, priority, queued_at, entered, ended FROM queue_wait
    WHERE entered <= :until AND (ended IS NULL OR ended > :behind AND ended <= :until + 86400000000)
"""

SESSIONS = """
    SELECT * FROM agent_session WHERE started > :behind AND started <= :until
    UNION SELECT * FROM agent_session WHERE ended > :behind AND ended <= :until
"""

# Each change of an agent's state: the last interval that began in a turn, and the one that ended in it.
CHANGES = """
    SELECT now.id, now.agent, now.started AS at, now.state, now.pause_code, session.ingroups, session.on_hook,
        ifnull(session.ended = now.started, FALSE) AS logged_out,
        ifnull(before.state, '') AS state_before, ifnull(before.pause_code, '') AS code_before,
        ifnull(before.call, '') AS call, ifnull(before.started, 0) AS since
    FROM agent_interval AS now JOIN agent_session AS session ON session.id = now.session
    LEFT JOIN agent_interval AS before ON before.session = now.session
        AND before.ended = now.started AND before.started < now.started
    WHERE now.started > :behind AND now.started <= :until AND now.id = (
        SELECT max(id) FROM agent_interval AS last WHERE last.session = now.session AND last.started = now.started
    )
"""

# The call that an agent had, as it reached the agent: who ended it, and the command that transferred it.
HAD = f"""
    SELECT wait.*, call.ended_by = 'customer' AND call.last_agent = wait.agent AND NOT EXISTS (
            SELECT 1 FROM queue_wait AS later WHERE later.call = wait.call AND later.entered >= :at
        ) AS caller_ended, moved.kind, coalesce(nullif(moved.number, ''), nullif(moved.to_agent, ''),
            nullif(moved.ingroup, ''), nullif(dial.number, ''), nullif(dial.to_agent, ''), dial.ingroup, '') AS target,
        {CUSTOMER}
    FROM queue_wait AS wait JOIN call ON call.id = wait.call
    LEFT JOIN receipt AS moved ON moved.call = wait.call AND moved.agent = wait.agent AND moved.requested <= :at
        AND (moved.ended IS NULL OR moved.ended > :at OR moved.ended = :at AND moved.outcome = 'completed')
        AND moved.kind IN ({", ".join(f"'{kind}'" for kind in TRANSFERS)})
    LEFT JOIN receipt AS dial ON dial.id = (
        SELECT id FROM receipt AS earlier WHERE earlier.call = wait.call AND earlier.agent = wait.agent
        AND earlier.kind IN ('{Kind.DIAL_WITH_CUSTOMER}', '{Kind.PARK_CUSTOMER_DIAL}') AND earlier.requested <= :at
        ORDER BY requested DESC LIMIT 1
    )
    WHERE wait.call = :call AND wait.agent = :agent AND wait.outcome = '{ANSWERED_OUTCOME}' AND wait.ended <= :at
    ORDER BY wait.ended DESC LIMIT 1
"""  # noqa: S608 - only constants of the code

# The wait that continued when an agent's phone was not answered; none if another phone answered and ended the ringing.
# A phone rings for at most 300 s (on_hook_ring_time).
MISSED_WAIT = f"""
    SELECT wait.*, {CUSTOMER}
    FROM queue_wait AS wait
    WHERE wait.call = :call AND wait.entered <= :since AND (wait.ended IS NULL OR wait.ended > :at) AND NOT EXISTS (
        SELECT 1 FROM agent_interval AS other JOIN leg ON leg.owner = other.agent AND leg.role = 'agent'
            AND leg.created BETWEEN :since - 300000000 AND :at AND leg.answered BETWEEN :since AND :at
        WHERE other.call = :call AND other.call <> '' AND other.agent <> :agent
    )
"""  # noqa: S608 - only constants of the code


@dataclass(frozen=True, slots=True, order=True)
class _Line:
    at: int
    rank: int
    text: str


@dataclass(frozen=True, slots=True)
class QueueLogLines:
    """Lines in order, and the number of the last journal row that they cover."""

    seq: int
    lines: list[str]


def last(path: str | Path) -> int:
    """Return the number of the journal's last row, 0 if there is none. Raises StoreError."""
    with reading(path) as db:
        return _row(db, "SELECT seq, at FROM journal ORDER BY seq DESC LIMIT 1")[0]


def behind(path: str | Path, seq: int, most: int) -> QueueLogLines:
    """Return the lines of at most `most` journal rows after the row `seq`. Raises StoreError."""
    with reading(path) as db:
        _, begins = _row(db, "SELECT seq, at FROM journal WHERE seq = ?", seq)
        until, ends = _row(db, "SELECT seq, at FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT 1", seq + most)
        clocks = ClockCorrections(db).values
        found = [
            (line.at - clock, line)
            for clock in clocks
            for line in _lines(db, {"behind": begins + clock, "until": ends + clock}, clock, alone=len(clocks) == 1)
        ]
        return QueueLogLines(until, [line.text for _, line in sorted(found)])


def _lines(db: sqlite3.Connection, window: dict[str, int], clock: int, *, alone: bool) -> Iterator[_Line]:
    """Yield the lines between two times of the machine, of rows with this correction; `alone`: there is no other one.

    The machine's clock may have shown these times twice. So a row belongs to them only if its id, which has the time of
    the journal, differs from its time by the correction.
    """

    def of_clock(sql: str) -> list[Row]:
        return [row for row in rows(db, sql, **window) if alone or not ids.is_ulid(row["id"]) or _is_of(row, clock)]

    in_line = of_clock(IN_LINE)
    yield from (line for row in of_clock(WAITS) for line in _wait(row, in_line) if _in(window, line))
    yield from (line for row in of_clock(SESSIONS) for line in _session(row) if _in(window, line))
    yield from (line for row in of_clock(CHANGES) for line in _change(db, row))


def _is_of(row: Row, clock: int) -> bool:
    begun = next(row[name] for name in ("entered", "started", "at") if name in row)
    return bool(abs(begun - ids.to_milliseconds(row["id"]) * 1000 - clock) < SECOND / 2)


def _row(db: sqlite3.Connection, sql: str, *values: int) -> tuple[int, int]:
    found = db.execute(sql, values).fetchone()
    return (found["seq"], found["at"]) if found else (0, 0)


def _in(window: dict[str, int], line: _Line) -> bool:
    return window["behind"] < line.at <= window["until"]


def _wait(row: Row, in_line: list[Row]) -> Iterator[_Line]:
    """Yield the lines for a call that entered a queue, reached an agent, or left the queue otherwise."""
    place = 1 + _before(row, row["entered"], in_line)
    yield _of_call(row, row["entered"], INTO_LINE, "", "ENTERQUEUE", "", row["caller"], place)
    if row["ended"] is None:
        return
    waited = _seconds(row["ended"] - row["entered"])
    if row["outcome"] == ANSWERED_OUTCOME:
        facts = (waited, row["phone"] or "", _seconds(row["rang"] or 0))
        yield _of_call(row, row["ended"], OUT_OF_LINE, row["agent"], "CONNECT", *facts)
        return
    event = EXITS.get(row["outcome"], "ABANDON")
    key = ("",) if event == "EXITWITHKEY" else ()  # the pressed key is not stored
    places = 1 + _before(row, row["ended"], in_line), max(1, row["place"])  # 0 while the welcome message plays
    yield _of_call(row, row["ended"], OUT_OF_LINE, "", event, *key, *places, waited)


def _before(row: Row, at: int, in_line: list[Row]) -> int:
    """Return the number of calls before this call in the queue at that time."""
    queue, turn = (row["ingroup"], row["direct"]), (-row["priority"], row["queued_at"])
    there = (one for one in in_line if one["entered"] <= at and (one["ended"] is None or one["ended"] > at))
    return sum((o["ingroup"], o["direct"]) == queue and (-o["priority"], o["queued_at"]) < turn for o in there)


def _session(row: Row) -> Iterator[_Line]:
    """Yield the lines for an agent who logged in or out, one for each of the agent's in-groups."""
    for ingroup in json.loads(row["ingroups"]):
        yield _of_agent(row["started"], LOGIN, ingroup, row["agent"], "ADDMEMBER")
        if row["ended"] is not None:
            yield _of_agent(row["ended"], LOGOUT, ingroup, row["agent"], "REMOVEMEMBER")


def _change(db: sqlite3.Connection, row: Row) -> Iterator[_Line]:
    """Yield the lines for an agent whose state a turn changed."""
    before, now = row["state_before"], "" if row["logged_out"] else row["state"]
    if before == "INCALL" and now != "INCALL":
        yield from _call_over(db, row)
    elif before == "QUEUE" and now != "INCALL" and row["on_hook"]:
        yield from _not_answered(db, row)
    code = row["pause_code"]
    paused, was_paused = now == "PAUSED", before == "PAUSED"
    for ingroup in json.loads(row["ingroups"]):
        if paused and (not was_paused or code != row["code_before"]):
            yield _of_agent(row["at"], PAUSE, ingroup, row["agent"], "PAUSE", code)
        elif was_paused and not paused and now:
            yield _of_agent(row["at"], PAUSE, ingroup, row["agent"], "UNPAUSE")


def _call_over(db: sqlite3.Connection, row: Row) -> Iterator[_Line]:
    """Yield the line for an agent who left a call from a queue."""
    for had in rows(db, HAD, call=row["call"], agent=row["agent"], at=row["at"]):
        by_caller = row["state"] == "DEAD" or had["caller_ended"]
        event = "COMPLETECALLER" if by_caller else "COMPLETEAGENT"
        event = TRANSFERS.get(had["kind"], event)
        where = (had["target"], had["kind"]) if had["kind"] else ()
        times = _seconds(had["ended"] - had["entered"]), _seconds(row["at"] - row["since"])
        yield _of_call(had, row["at"], OFF_THE_CALL, row["agent"], event, *where, *times, had["place"])


def _not_answered(db: sqlite3.Connection, row: Row) -> Iterator[_Line]:
    """Yield the line for an agent whose phone rang for a call and was not answered."""
    for wait in rows(db, MISSED_WAIT, call=row["call"], agent=row["agent"], since=row["since"], at=row["at"]):
        milliseconds = (row["at"] - row["since"]) // 1000
        yield _of_call(wait, row["at"], MISSED, row["agent"], "RINGNOANSWER", milliseconds)


def _of_call(wait: Row, at: int, rank: int, agent: str, event: str, *facts: str | int) -> _Line:
    customer = wait["customer"] or ""
    unique = customer if UNIQUEID.fullmatch(customer) else wait["call"]
    return _Line(at, rank, _text(at, unique, wait["ingroup"], agent, event, facts))


def _of_agent(at: int, rank: int, ingroup: str, agent: str, event: str, code: str = "") -> _Line:
    return _Line(at, rank, _text(at, NOBODY, ingroup, agent, event, (code,)))


def _text(at: int, unique: str, ingroup: str, agent: str, event: str, facts: Iterable[str | int]) -> str:
    """Return one line. Values from outside, such as a caller id, can neither end the line nor add a field."""
    member = f"Agent/{agent}" if agent else NOBODY
    fields = (_seconds(at), unique, ingroup, member, event, *facts)
    return "|".join(
        "".join(letter if letter.isprintable() and letter != "|" else "_" for letter in str(field)) for field in fields
    )


def _seconds(microseconds: int) -> int:
    return microseconds // SECOND
