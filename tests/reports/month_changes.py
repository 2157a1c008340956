"""Changes to a made month at random, so that every figure of the reports has something to count.

`NOW` is the time of the reports: some calls still wait then, some agents are still logged in, and some callbacks are
due.
"""
# ruff: noqa: S608 - only names of the schema

import random
import sqlite3

from tests.reports import month_handovers

MINUTE = 60_000_000  # microseconds
CONNECTED = "SELECT id FROM call WHERE connected IS NOT NULL AND last_agent <> '' AND ended IS NOT NULL ORDER BY id"
TALKING = "SELECT id FROM agent_interval WHERE state = 'INCALL' AND hold = 0 AND call <> '' ORDER BY id"
BY_TRANSFER = """
    UPDATE disposition_entry SET "by" = 'transfer_no_dispo'
    WHERE id = (SELECT min(id) FROM disposition_entry WHERE call = ?)
"""
# The last wait of a call that its caller ended: it may as well wait until now.
LOST = """SELECT id FROM queue_wait AS w WHERE outcome = 'DROP' AND ingroup = ?
    AND call NOT IN (SELECT id FROM fallback) ORDER BY id"""
LAST = "SELECT id FROM agent_interval WHERE session = ? ORDER BY started DESC, id DESC"


def change(db: sqlite3.Connection, draw: random.Random, now: int) -> None:
    """Change records of the month."""
    forget_codes(db, draw)
    hold(db, draw)
    move(db, draw)
    adopt(db, draw)
    turn_away(db, draw)
    fall_back(db, draw)
    withhold(db, draw)
    go_on_waiting(db, draw)
    lose_phones(db, draw)
    stay(db, draw)
    promise(db, draw, now)
    ring(db, draw)
    wait_otherwise(db, draw)
    write_otherwise(db, draw)
    rename(db)
    month_handovers.change(db, draw)


def _drawn(db: sqlite3.Connection, draw: random.Random, found: str, count: int, *values: str) -> list[tuple[str]]:
    """Return some rows of a statement, at most `count`."""
    rows: list[tuple[str]] = db.execute(found, values).fetchall()
    return draw.sample(rows, min(count, len(rows)))


def forget_codes(db: sqlite3.Connection, draw: random.Random) -> None:
    """Leave some calls without a code, and let a transfer give some of the codes in place of the agent."""
    for (call,) in db.execute(CONNECTED).fetchall():
        drawn = draw.random()
        if drawn < 0.1:
            db.execute("DELETE FROM disposition_entry WHERE call = ?", (call,))
            db.execute("UPDATE call SET status = '' WHERE id = ?", (call,))
        elif drawn < 0.3:
            db.execute(BY_TRANSFER, (call,))


def hold(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some times of conversation be those of a customer on hold, or of one who has gone."""
    for (stretch,) in db.execute(TALKING).fetchall():
        if (drawn := draw.random()) < 0.2:
            db.execute("UPDATE agent_interval SET hold = 1 WHERE id = ?", (stretch,))
        elif drawn < 0.4:
            db.execute("UPDATE agent_interval SET state = 'DEAD' WHERE id = ?", (stretch,))


def move(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some records be those of another Asterisk, another campaign, or an in-group that no longer exists."""
    db.execute("INSERT INTO campaign (id, campaign_name) VALUES ('WINTER', 'Winter')")
    for row in _drawn(db, draw, "SELECT id FROM agent_session WHERE agent = '1004' ORDER BY id", 3):
        db.execute("UPDATE agent_session SET campaign = 'WINTER' WHERE id = ?", row)
    for (call,) in db.execute("SELECT id FROM call ORDER BY id").fetchall():
        if draw.random() < 0.3:
            db.execute("UPDATE call SET server = 'second' WHERE id = ?", (call,))
    overflowed = "SELECT DISTINCT call FROM queue_wait WHERE ingroup = 'OVERFLOW' ORDER BY call"
    for row in _drawn(db, draw, overflowed, 8):
        db.execute("UPDATE queue_wait SET ingroup = 'GONELINE' WHERE ingroup = 'OVERFLOW' AND call = ?", row)
        db.execute("UPDATE call SET ingroup = 'GONELINE' WHERE id = ?", row)


def adopt(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some dialled calls be adopted ones, most of which came from a customer."""
    dialled = "SELECT id FROM call WHERE origin = 'agent' AND connected IS NOT NULL ORDER BY id"
    for place, row in enumerate(_drawn(db, draw, dialled, 12)):
        db.execute("UPDATE call SET origin = 'adopted' WHERE id = ?", row)
        if place > 2:
            db.execute("UPDATE call SET direction = 'in', dialled = '8005550101' WHERE id = ?", row)


def turn_away(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some calls be refused without a wait, as those to an in-group that is not active."""
    for row in _drawn(db, draw, "SELECT call FROM queue_wait WHERE outcome = 'AFTHRS' ORDER BY call", 3):
        db.execute("DELETE FROM queue_wait WHERE call = ?", row)
        db.execute("UPDATE call SET status = '', ended_by = 'no queue' WHERE id = ?", row)


def fall_back(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some callers hang up before the queue, and some take the fallback after their conversation."""
    away = "SELECT id FROM fallback WHERE goto = '' AND id NOT IN (SELECT id FROM call) ORDER BY id"
    for row in _drawn(db, draw, away, 6):
        db.execute("UPDATE fallback SET reason = 'hung up before queue' WHERE id = ?", row)
    for row in _drawn(db, draw, CONNECTED, 6):
        db.execute(
            "INSERT OR IGNORE INTO fallback (id, at, number, dialled, reason) SELECT id, ended, number, dialled, ? "
            "FROM call WHERE id = ? AND direction = 'in'",
            ("the application is stopped", *row),
        )


def withhold(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some callers withhold their numbers."""
    for row in _drawn(db, draw, "SELECT id FROM call WHERE direction = 'in' AND connected IS NULL ORDER BY id", 6):
        db.execute("UPDATE call SET number = '' WHERE id = ?", row)
        db.execute("UPDATE fallback SET number = '' WHERE id = ?", row)
    for row in _drawn(db, draw, "SELECT id FROM fallback WHERE goto = '' ORDER BY id", 2):
        db.execute("UPDATE fallback SET number = '' WHERE id = ?", row)
        db.execute("UPDATE call SET number = '' WHERE id = ?", row)


def go_on_waiting(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some lost callers still wait: those of the first in-group, and those of the closers."""
    for ingroup in ("SALESLINE", "CLOSERS", "OVERFLOW"):
        for row in _drawn(db, draw, LOST, 3, ingroup):
            db.execute("UPDATE queue_wait SET ended = NULL, outcome = '' WHERE id = ?", row)
            db.execute(
                "UPDATE call SET state = 'waiting', ended = NULL, ended_by = '', status = '' "
                "WHERE id = (SELECT call FROM queue_wait WHERE id = ?)",
                row,
            )
    uncoded = "SELECT call FROM queue_wait WHERE ingroup = 'CLOSERS' AND ended IS NULL ORDER BY call"
    for row in _drawn(db, draw, uncoded, 1):
        db.execute("DELETE FROM disposition_entry WHERE call = ?", row)


def lose_phones(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some agents lose their phones in pauses, and some because of that their sessions."""
    paused = "SELECT id FROM agent_interval WHERE state = 'PAUSED' AND pause_code = 'BREAK' ORDER BY id"
    for row in _drawn(db, draw, paused, 40):
        db.execute("UPDATE agent_interval SET pause_code = 'LOST' WHERE id = ?", row)
    for row in _drawn(db, draw, "SELECT id FROM agent_session ORDER BY id", 12):
        db.execute(
            f"UPDATE agent_interval SET state = 'PAUSED', pause_code = 'LOST' WHERE id = ({LAST})",
            row,
        )


def stay(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let two agents be logged in until now: one is ready, the other at lunch."""
    users = draw.sample(["1000", "1001", "1002", "1003", "1004"], 2)
    for user, state, code in zip(users, ("READY", "PAUSED"), ("", "LUNCH"), strict=True):
        latest = "SELECT id FROM agent_session WHERE agent = ? ORDER BY started DESC"
        row = db.execute(latest, (user,)).fetchone()
        db.execute("UPDATE agent_session SET ended = NULL WHERE id = ?", row)
        db.execute(
            f"UPDATE agent_interval SET ended = NULL, state = ?, pause_code = ? WHERE id = ({LAST})",
            (state, code, *row),
        )


def promise(db: sqlite3.Connection, draw: random.Random, now: int) -> None:
    """Let some callbacks be those of one agent, some be due in the last hour, and some be due later."""
    for row in _drawn(db, draw, "SELECT id FROM callback ORDER BY id", 30):
        db.execute("UPDATE callback SET agent = ? WHERE id = ?", (draw.choice(("1000", "1001")), *row))
    for row in _drawn(db, draw, "SELECT id FROM callback WHERE state = 'pending' ORDER BY id", 8):
        db.execute("UPDATE callback SET at = ? WHERE id = ?", (now + draw.randint(-55, 300) * MINUTE, *row))
    for place, row in enumerate(_drawn(db, draw, "SELECT id FROM callback WHERE state = 'completed' ORDER BY id", 9)):
        late = 60 if place < 3 else 150  # an hour is not late
        db.execute(f"UPDATE callback SET at = ended - {late * MINUTE} WHERE id = ?", row)


def ring(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some phones ring for calls that another agent takes."""
    ready = "SELECT id FROM agent_interval WHERE state = 'READY' AND agent = '1000' AND ended IS NOT NULL ORDER BY id"
    dialled = "SELECT id FROM call WHERE direction = 'out' ORDER BY id"
    for row, call in zip(_drawn(db, draw, ready, 8), _drawn(db, draw, dialled, 8), strict=True):
        db.execute("UPDATE agent_interval SET state = 'QUEUE', call = ? WHERE id = ?", (*call, *row))


def wait_otherwise(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some waits be as long as the limit, some count from an earlier time, and some end without an option."""
    taken = """SELECT id FROM queue_wait WHERE ingroup = 'SALESLINE' AND outcome = 'ANSWERED'
        GROUP BY call HAVING count(*) = 1 ORDER BY id"""
    for row in _drawn(db, draw, taken, 4):
        db.execute("UPDATE queue_wait SET entered = ended - 10000000 WHERE id = ?", row)
    for row in _drawn(db, draw, "SELECT id FROM queue_wait ORDER BY id", 40):
        db.execute("UPDATE queue_wait SET queued_at = queued_at - 86400000000 WHERE id = ?", row)
    for row in _drawn(db, draw, "SELECT call FROM queue_wait WHERE outcome = 'WAITTO' ORDER BY call", 3):
        db.execute("UPDATE queue_wait SET outcome = 'CLOSOP' WHERE call = ?", row)
        db.execute("UPDATE call SET status = 'CLOSOP', ended_by = 'closing time', why = '[]' WHERE id = ?", row)


def write_otherwise(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some numbers have a plus."""
    for table in ("call", "callback", "fallback"):
        for row in _drawn(db, draw, f"SELECT id FROM {table} WHERE number <> '' ORDER BY id", 25):
            db.execute(f"UPDATE {table} SET number = '+' || number WHERE id = ?", row)


def rename(db: sqlite3.Connection) -> None:
    """Leave an agent without a name but that of the user, and let others be deleted; one is there without a call."""
    db.execute("DELETE FROM agent WHERE id IN ('1001', '1002')")
    db.execute("INSERT INTO pause_code (id, pause_code_name) VALUES ('COFFEE', 'Coffee')")
    for table, names, value in (
        ("agent_session", "phone, on_hook, campaign, ingroups, conf_exten", "'1005', on_hook, campaign, ingroups, '1'"),
        ("agent_interval", "session, state, pause_code, call", "'idle', 'READY', '', ''"),
    ):
        db.execute(
            f"INSERT INTO {table} (id, agent, started, ended, {names}) SELECT 'idle', '1005', started, ended, {value} "
            "FROM agent_session WHERE agent = '1000' AND id NOT LIKE '%~%'"
        )
    db.execute("UPDATE agent SET full_name = '' WHERE id = '1003'")
    db.execute("INSERT INTO user (id, pass, agent, full_name) VALUES ('chris', 'none', '1003', 'Chris Closer')")
