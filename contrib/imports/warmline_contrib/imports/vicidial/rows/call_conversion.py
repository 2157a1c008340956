"""Past calls, agents' times and recordings' addresses as rows that reports and stories name.

Their ids follow from those of the source, so a row that is read twice is written once.
"""

import hashlib
from collections.abc import Iterator
from functools import partial

from warmline.core.model.call_states import AgentState, Direction, State
from warmline.core.model.ids import encode
from warmline.leads.lead_history import FIRST
from warmline_contrib.imports.store.import_runs import MARK, PAST, ImportedRow
from warmline_contrib.imports.vicidial.rows.row_import import RowImport, Statements, following, refused
from warmline_contrib.imports.vicidial.source import Cell, whole

OUT, IN, TIMES, RECORDINGS = "vicidial_log", "vicidial_closer_log", "vicidial_agent_log", "recording_log"
OUT_COLUMNS = (
    *("lead_id", "list_id", "campaign_id", "start_epoch", "end_epoch", "length_in_sec", "status", "phone_number"),
    *("user", "term_reason", "call_date"),
)
IN_COLUMNS = (*OUT_COLUMNS, "queue_seconds", "uniqueid", "queue_position")
TIME_COLUMNS = (
    *("user", "campaign_id", "pause_epoch", "pause_sec", "wait_epoch", "wait_sec", "talk_epoch", "talk_sec"),
    *("dispo_epoch", "dispo_sec", "sub_status", "uniqueid", "event_time"),
)
RECORDING_COLUMNS = (
    *("start_epoch", "end_epoch", "length_in_sec", "filename", "location", "lead_id", "user", "vicidial_id"),
)
ELSEWHERE = "elsewhere"  # the status of a recording whose file another system has
ENDED_BY = {"AGENT": "agent", "CALLER": "customer", "ABANDON": "customer"}
SECOND = 1_000_000  # microseconds
DAY = 86_400  # seconds
STATES = (
    (AgentState.PAUSED, "pause"),
    (AgentState.READY, "wait"),
    (AgentState.INCALL, "talk"),
    (AgentState.DISPO, "dispo"),
)
CALL = f"""
    INSERT OR IGNORE INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, connected,
        ended, ended_by, status, lead, direction, origin)
    VALUES (?, ?, '{State.ENDED}', ?, ?, '', ?, '', ?, ?, ?, ?, ?,
        ifnull((SELECT lead_id FROM lead WHERE lead_id = ?), 0), ?, '{PAST}')
"""  # noqa: S608 - only constants of the code
LEG = """
    INSERT OR IGNORE INTO leg (id, owner, role, number, created, answered, ended)
    VALUES (?, ?, 'customer', ?, ?, ?, ?)
"""
DISPOSED = f"""
    INSERT OR IGNORE INTO disposition_entry (id, call, agent, status, at, "by") VALUES (?, ?, ?, ?, ?, '{MARK}')
"""  # noqa: S608 - only constants of the code
WAIT = """
    INSERT OR IGNORE INTO queue_wait
        (id, call, ingroup, direct, priority, place, queued_at, entered, ended, outcome, agent)
    VALUES (?, ?, ?, '', 0, ?, ?, ?, ?, ?, ?)
"""
SESSION = f"""
    INSERT INTO agent_session (id, agent, phone, on_hook, campaign, ingroups, conf_exten, started, ended)
    VALUES (?, ?, '', 0, ?, '[]', '{MARK}', ?, ?)
    ON CONFLICT (id) DO UPDATE
    SET started = min(agent_session.started, excluded.started), ended = max(agent_session.ended, excluded.ended)
"""  # noqa: S608 - only constants of the code
INTERVAL = """
    INSERT OR IGNORE INTO agent_interval (id, session, agent, state, pause_code, call, started, ended)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
RECORDING = f"""
    INSERT OR IGNORE INTO recording (id, call, kind, reason, agent, asked, started, ended, status, cause, path, bytes,
        length, sha256, converted_path, converted_bytes, converted_sha256)
    VALUES (?, ?, 'call', '{MARK}', ?, ?, ?, ?, '{ELSEWHERE}', ?, '', 0, ?, '', '', 0, '')
"""  # noqa: S608 - only constants of the code


class CallReader:
    """Reads the past calls of a source piece by piece."""

    def __init__(self, rows: RowImport) -> None:
        self._rows = rows

    def outgoing(self, after: str) -> Iterator[ImportedRow]:
        """Yield the calls to leads behind a key."""
        for piece in self._rows.source.pieces(OUT, OUT_COLUMNS, "uniqueid", after):
            for row in piece:
                yield self._rows.row(OUT, row[0], partial(self._call, OUT, row, Direction.OUT))

    def incoming(self, after: str) -> Iterator[ImportedRow]:
        """Yield the calls of in-groups behind a key, with their waits."""
        for piece in self._rows.source.pieces(IN, IN_COLUMNS, "closecallid", following(after)):
            for row in piece:
                yield self._rows.row(IN, row[0], partial(self._call, IN, row, Direction.IN))

    def _call(self, table: str, row: tuple[Cell, ...], direction: Direction) -> Statements:
        key, lead, _, campaign, start, _, given_length, status, number, user, reason, date, *more = row
        names, called = self._rows.names, self._rows.short(number)
        began = self._beginning(start, date)
        length = min(max(0, whole(given_length)), DAY)
        seconds, ended = began // SECOND, began + length * SECOND
        agent = self._rows.agent(user)
        wait = min(max(0, whole(more[0])), length) if more else 0
        connected = began + wait * SECOND if agent and ended > began else None
        old = self._rows.short(campaign)
        code = names.known("disposition", self._rows.short(status), old)
        call = own_id(seconds, table, str(key))
        ingroup = names.known("ingroup", old) if more else ""
        by = ENDED_BY.get(str(reason or ""), "")
        channel = self._rows.short(more[1] or key) if more else self._rows.short(key)
        statements: list[tuple[str, tuple[object, ...]]] = [
            (CALL, (call, self._rows.short(key), began, called, ingroup, agent, connected, ended, by, code,
                    whole(lead), str(direction))),
            (LEG, (channel, call, called, began, connected, ended)),
        ]  # fmt: skip
        if code and agent:
            statements.append((DISPOSED, (own_id(seconds, f"disposed {table}", str(key)), call, agent, code, ended)))
        if more:
            left, outcome = (connected, "ANSWERED") if connected else (ended, code)
            place = max(1, whole(more[2]))
            entered = (own_id(seconds, "wait", str(key)), call, ingroup, place, began, began, left, outcome, agent)
            statements.append((WAIT, entered))
        return tuple(statements)

    def _beginning(self, epoch: Cell, written: Cell) -> int:
        """Return when a row began, in microseconds UTC. Raises OptionError."""
        found = whole(epoch) * SECOND or self._rows.moment(written) or 0
        if not found:
            raise refused("import_row_without_time", "it has no time")
        if not FIRST <= found <= self._rows.now + DAY * SECOND:
            raise refused("import_row_time", "its time is before 1990 or in the future")
        return found // SECOND * SECOND

    def times(self, after: str) -> Iterator[ImportedRow]:
        """Yield the times of agents behind a key; those of one day and campaign are one session."""
        for piece in self._rows.source.pieces(TIMES, TIME_COLUMNS, "agent_log_id", following(after)):
            calls = self._calls({str(row[12]) for row in piece if row[12]})
            for row in piece:
                yield self._rows.row(TIMES, row[0], partial(self._time, row, calls))

    def _time(self, row: tuple[Cell, ...], calls: dict[str, str]) -> Statements:
        key, user, campaign, *parts, sub_status, channel, date = row
        begins = (self._rows.moment(date) or 0) // SECOND
        if not begins or not user:
            raise refused("import_time_without_user", "it has no time or no user")
        names, old = self._rows.names, self._rows.short(campaign)
        agent = names.known("agent", self._rows.short(user))
        named = names.known("campaign", old)
        day = begins // DAY * DAY
        session = own_id(day, "session", f"{user} {campaign} {day}")
        pause = names.known("pause-code", self._rows.short(sub_status), old)
        call = calls.get(str(channel or ""), "")
        found = []
        for place, (state, _) in enumerate(STATES):
            start, length = whole(parts[2 * place]), min(whole(parts[2 * place + 1]), DAY)
            if start and length > 0:
                began = self._beginning(start, None)
                values = (
                    *(own_id(start, f"{state}", str(key)), session, agent, state),
                    *(pause if state is AgentState.PAUSED else "", "" if place < TALK else call),
                    *(began, began + length * SECOND),
                )
                found.append((INTERVAL, values))
        if not found:
            return ()
        first, last = min(int(one[1][6]) for one in found), max(int(one[1][7]) for one in found)
        return (*found, (SESSION, (session, agent, named, first, last)))

    def recordings(self, after: str) -> Iterator[ImportedRow]:
        """Yield the addresses of recordings behind a key."""
        for piece in self._rows.source.pieces(RECORDINGS, RECORDING_COLUMNS, "recording_id", following(after)):
            calls = self._calls({str(row[8]) for row in piece if row[8]})
            for row in piece:
                yield self._rows.row(RECORDINGS, row[0], partial(self._recording, row, calls))

    def _recording(self, row: tuple[Cell, ...], calls: dict[str, str]) -> Statements:
        key, start, end, length, name, location, _, user, of = row
        place = self._rows.short(location or name)
        call = calls.get(str(of or ""), "")
        if not call or not start:
            raise refused("import_recording_without_call", f"its call is not there: {place}")
        began, ended = self._beginning(start, None), whole(end) * SECOND
        values = (
            *(f"vicidial/{key}-{self._rows.short(name)}", call, self._rows.agent(user), began, began),
            *(ended if began <= ended <= began + DAY * SECOND else None, place, max(0, whole(length)) * 1000),
        )
        return ((RECORDING, values),)

    def _calls(self, channels: set[str]) -> dict[str, str]:
        """Return the imported calls by the ids that the source has for them: of the call, or of its channel."""
        found: dict[str, str] = {}
        some = sorted(channels)
        for place in range(0, len(some), AT_ONCE):
            part = some[place : place + AT_ONCE]
            marks = ", ".join("?" * len(part))
            found |= dict(self._rows.db.execute(CHANNELS.format(marks=marks), part))
            found |= dict(self._rows.db.execute(NAMED.format(marks=marks), part))
        return found


TALK = 2  # the place of the first state with a call
AT_ONCE = 500  # values of one statement
CHANNELS = "SELECT id, owner FROM leg WHERE id IN ({marks}) AND role = 'customer'"
NAMED = f"SELECT agc_id, id FROM call WHERE agc_id IN ({{marks}}) AND origin = '{PAST}'"  # noqa: S608 - a constant


def own_id(seconds: int, kind: str, key: str) -> str:
    """Return the id of a row: a ULID of its time, whose other bits follow from its key in the source."""
    lot = int.from_bytes(hashlib.blake2b(f"{kind} {key}".encode(), digest_size=10).digest())
    return encode((seconds * 1000 << 80) | lot)
