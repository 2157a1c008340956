"""A database with any number of past calls, for searches: 200 agents, 20 in-groups, 6 campaigns, notes of agents.

The rows are made by SQL, so a million calls take a minute. A call has its wait, its intervals, its disposition with
notes, and some have a transfer, a recording or a lead. A few values are rare: the constants that begin with RARE.
"""

import hashlib
import time
from contextlib import closing
from pathlib import Path

from lab import configure
from warmline.options.user_options import MUST_CHANGE
from warmline.store.database.database import connect
from warmline.store.notes import note_index
from warmline.system.program_files import SCHEMA

CALLS = 1_000_000
PART = 50_000  # calls in one transaction
DAY = 86_400_000_000  # microseconds
DAYS = 365
FRESH = 20 * DAY  # the age at which a kept database is made again
AGENTS, INGROUPS, CAMPAIGNS, TEAM = 200, 20, 6, 20
RARE_AGENT, IDLE_AGENT = "agent-rare", "agent-idle"
RARE_INGROUP, RARE_CAMPAIGN = "QRARE", "CRARE"
RARE_SERVER = "b"
PASSWORD = "opensesame7"  # noqa: S105 - of a benchmark
USERS = {  # no names of the demo's users
    "past-agent": {"role": "agent", "agent": "agent-7", "full_name": "Agent Seven"},
    "past-newcomer": {"role": "agent", "agent": IDLE_AGENT, "full_name": "Idle Agent"},
    "past-supervisor": {"role": "supervisor", "user_group": "TEAM3"},
    "past-idle-supervisor": {"role": "supervisor", "user_group": "TEAMIDLE"},
    "past-manager": {"role": "manager", "user_group": "BOUND"},
    "past-admin": {"role": "admin"},
}
# The calls :since to :until, with numbers by chance that are the same each time.
NUMBERED = """
WITH RECURSIVE serial (n) AS (SELECT :since UNION ALL SELECT n + 1 FROM serial WHERE n + 1 < :until),
drawn AS (
    SELECT n, (n * 2654435761 + 12345 & 4294967295) >> 8 AS a, (n * 2246822519 + 777 & 4294967295) >> 8 AS b,
        (n * 3266489917 + 99 & 4294967295) >> 8 AS c, (n * 668265263 + 5 & 4294967295) >> 8 AS d
    FROM serial
),
past AS (
    SELECT n, printf('01A%023d', n) AS id, :base + n * :step AS at, b % 20 = 0 AS missed, c % 10 = 0 AS outward,
        CASE WHEN n % 10000 = 7 THEN 'agent-rare' ELSE 'agent-' || (a % 200) END AS agent,
        CASE WHEN n % 10000 = 7 THEN 'CRARE' ELSE 'C' || (a % 200 % 6) END AS campaign,
        CASE WHEN n % 20000 = 3 THEN 'QRARE' ELSE 'Q' || (d % 20) END AS ingroup,
        CASE WHEN n % 50000 = 11 THEN 'WRONG' WHEN a / 200 % 10 < 4 THEN 'NI' WHEN a / 200 % 10 < 6
            THEN 'SALE' WHEN a / 200 % 10 < 8 THEN 'CALLBK' ELSE 'OTHER' END AS code,
        CASE WHEN n % 100000 = 5 THEN 7200000000 ELSE (10 + d % 600) * 1000000 END AS talk,
        '4930' || printf('%07d', n * 7 % 300000) AS number, iif(b % 3 = 0, n % 100000 + 1, 0) AS lead,
        CASE WHEN n % 100000 = 9 THEN 'zebra ' ELSE '' END || 'customer' AS word, a, b, c, d
    FROM drawn
)
"""
ROWS = (
    """INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, connected, ended,
        ended_by, status, why, lead, direction, origin, server)
    SELECT id, printf('M%019d', n), 'ended', at, number, '8005550100', iif(outward, '', ingroup), '',
        iif(missed, '', agent), iif(missed, NULL, at + 5000000), at + 5000000 + talk, 'customer',
        iif(missed, 'DROP', code), '["agent: ' || agent || ', longest_wait_time"]', lead,
        iif(outward, 'out', 'in'), iif(outward, 'agent', 'caller'), iif(n % 10000 = 13, 'b', 'main') FROM past""",
    """INSERT INTO queue_wait (id, call, ingroup, direct, priority, place, queued_at, entered, ended, outcome, agent)
    SELECT id, id, ingroup, '', 0, 1, at, at, at + 5000000, iif(missed, 'DROP', 'ANSWERED'), iif(missed, '', agent)
    FROM past WHERE NOT outward""",
    """INSERT OR IGNORE INTO agent_session (id, agent, phone, on_hook, campaign, ingroups, conf_exten, started, ended)
    SELECT agent || '-' || (n * :step / :day), agent, agent, 0, campaign, '[]', '', :base + n * :step / :day * :day,
        :base + (n * :step / :day + 1) * :day - 1 FROM past WHERE NOT missed""",
    """INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started, ended)
    SELECT 'I' || id, agent || '-' || (n * :step / :day), agent, 'INCALL', '', id, at + 5000000, at + 5000000 + talk
    FROM past WHERE NOT missed
    UNION ALL SELECT 'Q' || id, agent || '-' || (n * :step / :day), agent, 'QUEUE', '', id, at + 4000000, at + 5000000
    FROM past WHERE NOT missed""",
    """INSERT INTO disposition_entry (id, call, agent, status, at, "by", notes)
    SELECT id, id, agent, code, at + 6000000 + talk, agent, iif(b % 3 = 1, word || ' wants w' || (c % 5000) || ' and w'
        || (d % 300) || ' delivered to street ' || (a % 100), '') FROM past WHERE NOT missed""",
    """INSERT INTO receipt (id, kind, agent, call, number, ingroup, to_agent, caller_id, message, status, key, "by",
        source, requested, ended, outcome, cause, steps)
    SELECT 'R' || id, CASE WHEN n % 50000 = 1 THEN 'LEAVE_VM' ELSE 'LEAVE_3WAY_CALL' END, agent, id, '', '', '', '', '',
        '', '', agent, 'bench', at + 6000000, at + 6100000, 'completed', '', '[]' FROM past
    WHERE NOT missed AND (d % 20 = 0 OR n % 50000 = 1)
    UNION ALL SELECT 'S' || id, 'DISPOSITION', agent, id, '', '', '', '', '', code, '', agent, 'bench',
        at + 6000000 + talk, at + 6000000 + talk, 'completed', '', '[]' FROM past WHERE NOT missed""",
    """INSERT INTO recording (id, call, kind, reason, agent, asked, started, ended, status, cause, path, bytes, length,
        sha256, converted_path, converted_bytes, converted_sha256)
    SELECT id, id, 'call', 'ALLCALLS', agent, at + 5000000, at + 5000000, at + 5000000 + talk, 'kept', '',
        id || '.wav', 1, talk / 1000, '', '', 0, '' FROM past WHERE NOT missed AND c % 2""",
    """INSERT INTO call_comment (call, at, "by", mark, comment)
    SELECT id, at, 'user:past-supervisor', CASE WHEN n % 100000 = 13 THEN 'coaching' ELSE 'praise' END, 'Well said.'
    FROM past WHERE n % 50 = 2 OR n % 100000 = 13""",
)


def kept(folder: Path, calls: int) -> Path:
    """Return the database with so many calls in a folder; create it if it is missing, old, or made in another way."""
    made_by = hashlib.sha256(SCHEMA.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]
    path = folder / f"past-calls-{calls}-{made_by}.db"
    if not path.exists() or time.time() - path.stat().st_mtime > FRESH / 1e6:
        folder.mkdir(parents=True, exist_ok=True)
        make(new := path.with_suffix(".new"), calls)
        note_index.place(new).rename(note_index.place(path))
        new.rename(path)
    return path


def make(path: Path, calls: int = CALLS) -> None:
    """Create the database, with the index of its notes. The last call is an hour ago. Raises LabError, StoreError."""
    for file in (path, note_index.place(path)):
        file.unlink(missing_ok=True)
    configure.fill(path, _configuration())
    now = time.time_ns() // 1000
    step = DAYS * DAY // calls
    base = now - 3_600_000_000 - calls * step
    with closing(connect(path)) as db:
        db.execute("PRAGMA synchronous=OFF")  # the file is new
        db.execute("PRAGMA cache_size=-400000")
        db.execute("INSERT INTO asterisk (id, started, seen, server) VALUES (?, 1, 1, ?)", (RARE_SERVER, RARE_SERVER))
        for since in range(0, calls, PART):
            values = {"since": since, "until": min(since + PART, calls), "base": base, "step": step, "day": DAY}
            db.execute("BEGIN")
            for sql in ROWS:
                insert, select = sql.split("SELECT", 1)
                db.execute(f"{insert} {NUMBERED} SELECT {select}", values)
            db.execute("COMMIT")
    note_index.fill(path, now)


def _configuration() -> list[configure.Change]:
    teams = [f"TEAM{number}" for number in range(AGENTS // TEAM)]
    agents = {f"agent-{number}": (f"C{number % CAMPAIGNS}", teams[number // TEAM]) for number in range(AGENTS)}
    agents |= {RARE_AGENT: (RARE_CAMPAIGN, teams[0]), IDLE_AGENT: (RARE_CAMPAIGN, "TEAMIDLE")}
    campaigns = [*(f"C{number}" for number in range(CAMPAIGNS)), RARE_CAMPAIGN]
    return [
        *(("campaign", name, {}) for name in campaigns),
        *(("ingroup", name, {}) for name in [*(f"Q{number}" for number in range(INGROUPS)), RARE_INGROUP]),
        *(("user-group", name, {}) for name in [*teams, "TEAMIDLE"]),
        ("user-group", "BOUND", {"allowed_campaigns": "C1,C2"}),
        *(("phone", name, {}) for name in agents),
        *(
            ("agent", name, {"phone": name, "campaign": campaign, "user_group": team})
            for name, (campaign, team) in agents.items()
        ),
        *(("user", name, {"pass": PASSWORD, MUST_CHANGE: "N", **options}) for name, options in USERS.items()),
    ]
