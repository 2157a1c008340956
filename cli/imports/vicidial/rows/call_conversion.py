"""Past calls, agents' times and recordings' addresses as rows that reports and stories name.

Their ids follow from those of the source, so a row that is read twice is written once.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo

from cli.imports.vicidial.new_names import NewNames
from cli.imports.vicidial.source import Cell, VicidialSource
from cli.imports.vicidial.user_conversion import OWN
from warmline.core.model.call_states import AgentState, Direction, State
from warmline.core.model.ids import encode
from warmline.store.database.database import Connection
from warmline.store.imports.import_runs import MARK, PAST, ImportedRow

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
    ON CONFLICT (id) DO UPDATE SET started = min(started, excluded.started), ended = max(ended, excluded.ended)
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

    def __init__(
        self,
        source: VicidialSource,
        db: Connection,
        names: NewNames,
        zone: tzinfo,
        refuse: Callable[[str, str, str], None],
    ) -> None:
        self._source, self._db, self._names, self._zone, self._refuse = source, db, names, zone, refuse

    def outgoing(self, after: str) -> Iterator[ImportedRow]:
        """Yield the calls to leads behind a key."""
        for piece in self._source.pieces(OUT, OUT_COLUMNS, "uniqueid", after):
            for row in piece:
                yield self._call(OUT, row, Direction.OUT)

    def incoming(self, after: str) -> Iterator[ImportedRow]:
        """Yield the calls of in-groups behind a key, with their waits."""
        for piece in self._source.pieces(IN, IN_COLUMNS, "closecallid", int(after or 0)):
            for row in piece:
                yield self._call(IN, row, Direction.IN)

    def _call(self, table: str, row: tuple[Cell, ...], direction: Direction) -> ImportedRow:
        key, lead, _, campaign, start, _, length, status, number, user, reason, date, *more = row
        seconds = int(float(start or 0)) or self._epoch(str(date or ""))
        if not seconds:
            self._refuse(table, str(key), "it has no time")
            return ImportedRow(str(key))
        began, ended = seconds * SECOND, (seconds + max(0, int(length or 0))) * SECOND
        agent = "" if str(user or "") in ("", *OWN) else self._names.known("agent", str(user))
        wait = min(int(float(more[0] or 0)), int(length or 0)) if more else 0
        connected = began + wait * SECOND if agent and ended > began else None
        code = self._names.known("disposition", str(status or ""), str(campaign or ""))
        call = own_id(seconds, table, str(key))
        ingroup = self._names.known("ingroup", str(campaign or "")) if more else ""
        by = ENDED_BY.get(str(reason or ""), "")
        channel = str(more[1] or key) if more else str(key)
        statements: list[tuple[str, tuple[object, ...]]] = [
            (CALL, (call, str(key), began, str(number or ""), ingroup, agent, connected, ended, by, code, lead or 0,
                    str(direction))),
            (LEG, (channel, call, str(number or ""), began, connected, ended)),
        ]  # fmt: skip
        if code and agent:
            statements.append((DISPOSED, (own_id(seconds, f"disposed {table}", str(key)), call, agent, code, ended)))
        if more:
            left, outcome = (connected, "ANSWERED") if connected else (ended, code)
            place = int(more[2] or 1)
            entered = (own_id(seconds, "wait", str(key)), call, ingroup, place, began, began, left, outcome, agent)
            statements.append((WAIT, entered))
        return ImportedRow(str(key), tuple(statements))

    def times(self, after: str) -> Iterator[ImportedRow]:
        """Yield the times of agents behind a key; those of one day and campaign are one session."""
        for piece in self._source.pieces(TIMES, TIME_COLUMNS, "agent_log_id", int(after or 0)):
            calls = self._calls({str(row[12]) for row in piece if row[12]})
            for row in piece:
                yield self._time(row, calls)

    def _time(self, row: tuple[Cell, ...], calls: dict[str, str]) -> ImportedRow:
        key, user, campaign, *parts, sub_status, channel, date = row
        begins = self._epoch(str(date or ""))
        if not begins or not user:
            self._refuse(TIMES, str(key), "it has no time or no user")
            return ImportedRow(str(key))
        agent = self._names.known("agent", str(user))
        named = self._names.known("campaign", str(campaign or ""))
        day = begins // DAY * DAY
        session = own_id(day, "session", f"{user} {campaign} {day}")
        pause = self._names.known("pause-code", str(sub_status or ""), str(campaign or ""))
        call = calls.get(str(channel or ""), "")
        found = []
        for place, (state, _) in enumerate(STATES):
            start, length = int(float(parts[2 * place] or 0)), int(float(parts[2 * place + 1] or 0))
            if start and length > 0:
                values = (
                    *(own_id(start, f"{state}", str(key)), session, agent, state),
                    *(pause if state is AgentState.PAUSED else "", "" if place < TALK else call),
                    *(start * SECOND, (start + length) * SECOND),
                )
                found.append((INTERVAL, values))
        if not found:
            return ImportedRow(str(key))
        first, last = min(int(one[1][6]) for one in found), max(int(one[1][7]) for one in found)
        return ImportedRow(str(key), (*found, (SESSION, (session, agent, named, first, last))))

    def recordings(self, after: str) -> Iterator[ImportedRow]:
        """Yield the addresses of recordings behind a key."""
        for piece in self._source.pieces(RECORDINGS, RECORDING_COLUMNS, "recording_id", int(after or 0)):
            calls = self._calls({str(row[8]) for row in piece if row[8]})
            for key, start, end, length, name, location, _, user, of in piece:
                call = calls.get(str(of or ""), "")
                if not call or not start:
                    self._refuse(RECORDINGS, str(key), f"its call is not there: {location or name or ''}")
                    yield ImportedRow(str(key))
                    continue
                began = int(float(start)) * SECOND
                ended = int(float(end or 0)) * SECOND or None
                agent = "" if str(user or "") in ("", *OWN) else self._names.known("agent", str(user))
                values = (
                    *(f"vicidial/{key}-{name or ''}", call, agent, began, began, ended),
                    *(str(location or name or ""), int(length or 0) * 1000),
                )
                yield ImportedRow(str(key), ((RECORDING, values),))

    def _calls(self, channels: set[str]) -> dict[str, str]:
        """Return the imported calls by the ids that the source has for them: of the call, or of its channel."""
        found: dict[str, str] = {}
        some = sorted(channels)
        for place in range(0, len(some), AT_ONCE):
            part = some[place : place + AT_ONCE]
            marks = ", ".join("?" * len(part))
            found |= dict(self._db.execute(CHANNELS.format(marks=marks), part))
            found |= dict(self._db.execute(NAMED.format(marks=marks), part))
        return found

    def _epoch(self, text: str) -> int:
        try:
            return int(datetime.fromisoformat(text).replace(tzinfo=self._zone).astimezone(UTC).timestamp())
        except ValueError:
            return 0


TALK = 2  # the place of the first state with a call
AT_ONCE = 500  # values of one statement
CHANNELS = "SELECT id, owner FROM leg WHERE id IN ({marks}) AND role = 'customer'"
NAMED = f"SELECT agc_id, id FROM call WHERE agc_id IN ({{marks}}) AND origin = '{PAST}'"  # noqa: S608 - a constant


def own_id(seconds: int, kind: str, key: str) -> str:
    """Return the id of a row: a ULID of its time, whose other bits follow from its key in the source."""
    lot = int.from_bytes(hashlib.blake2b(f"{kind} {key}".encode(), digest_size=10).digest())
    return encode((seconds * 1000 << 80) | lot)
