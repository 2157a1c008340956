"""Queries of `day` and `interval`: a fact for each call in an in-group, each call without one, and each fallback."""
# ruff: noqa: S608 - only constants of the test

from tests.reports.month_queries.proof import (
    CODE,
    CONTACT,
    CONVERSION,
    HANDLING,
    P90,
    SALE,
    SPENT,
    WORK,
    Proof,
    quotient,
    sums,
)

MINUTE = 60_000_000  # microseconds
OFFSET = 60 * MINUTE  # of Berlin in winter, ahead of UTC
LENGTHS = {
    "15m": 15,
    "30m": 30,
    "1h": 60,
    "2h": 120,
    "4h": 240,
    "6h": 360,
    "8h": 480,
    "12h": 720,
    "1d": 1440,
}

TABLE = """CREATE TEMP TABLE fact (call, kind, grp, server, at, calls DEFAULT 0, queued DEFAULT 0, offered DEFAULT 0,
    answered DEFAULT 0, abandoned DEFAULT 0, elsewhere DEFAULT 0, waiting DEFAULT 0, refused DEFAULT 0,
    fallback DEFAULT 0, came_over DEFAULT 0, in_time DEFAULT 0, judged DEFAULT 0, waited DEFAULT 0,
    answer_waited DEFAULT 0, dialled DEFAULT 0, reached DEFAULT 0, handled DEFAULT 0, talk DEFAULT 0, hold DEFAULT 0,
    dead DEFAULT 0, wrap_up DEFAULT 0, sales DEFAULT 0, contacts DEFAULT 0)"""

# The in-group of the wait from which an agent had a call at a time; empty if the agent dialled it.
HAD = """ifnull((SELECT w.ingroup FROM queue_wait AS w WHERE w.call = {0}.call AND w.agent = {0}.agent
    AND w.outcome = 'ANSWERED' AND w.ended <= {1} ORDER BY w.ended DESC), '')"""

# The work of agents in each call: times by the in-group from which they had it, and codes by the last such in-group.
WORKED = f"""CREATE TEMP TABLE worked AS SELECT call, grp, {SPENT} FROM (SELECT i.call, state, hold,
    ifnull(ended, :now) - started AS length, {HAD.format("i", "i.started")} AS grp FROM agent_interval AS i
    WHERE call <> '') GROUP BY call, grp"""
GAVE = f"""CREATE TEMP TABLE gave AS SELECT call, {HAD.format("c", "9e18")} AS grp, sum(status IN ({SALE})) AS sales,
    sum(status IN ({CONTACT})) AS contacts FROM ({CODE}) AS c GROUP BY call, grp"""

# A call in an in-group. Its wait lasts until the first agent took it, or until the last wait was over.
OFFERED = """INSERT INTO fact (call, kind, grp, server, at, calls, answered, waiting, abandoned, refused, waited)
    SELECT call, 'in', ingroup, server, came,
        direction = 'in' AND origin <> 'adopted'
            AND ingroup = (SELECT ingroup FROM queue_wait AS z WHERE z.call = o.call ORDER BY entered, id),
        taken IS NOT NULL,
        taken IS NULL AND unfinished,
        taken IS NULL AND last = 'DROP',
        turned_away,
        (SELECT sum(ifnull(z.ended, :now) - z.entered) FROM queue_wait AS z WHERE z.call = o.call
            AND z.ingroup = o.ingroup AND z.entered < ifnull(taken, 9e18))
    FROM (SELECT w.call, w.ingroup, call.server, direction, origin, min(entered) AS came,
            min(iif(w.outcome = 'ANSWERED', w.ended, NULL)) AS taken, max(w.ended IS NULL) AS unfinished,
            min(w.outcome IN ('AFTHRS', 'NANQUE', 'MAXCAL') AND w.ended = w.entered) AS turned_away,
            (SELECT outcome FROM queue_wait AS z WHERE z.call = w.call AND z.ingroup = w.ingroup
                ORDER BY entered DESC, id DESC) AS last
        FROM queue_wait AS w JOIN call ON call.id = w.call GROUP BY w.call, w.ingroup) AS o
    WHERE came >= :start AND came < :end"""
FOLLOWS = """UPDATE fact SET offered = 1 - refused, elsewhere = NOT (answered OR waiting OR abandoned OR refused),
    came_over = NOT calls AND NOT refused, answer_waited = answered * waited, handled = answered,
    judged = NOT refused AND NOT waiting AND grp IN (SELECT id FROM ingroup),
    in_time = answered AND waited <= ifnull((SELECT answer_sec_pct_rt_stat_one
        FROM ingroup WHERE id = grp) * 1e6, -1)"""
UNQUEUED = """INSERT INTO fact (call, kind, grp, server, at, calls, dialled, reached, handled, refused)
    SELECT id, CASE WHEN direction = 'out' THEN 'out' WHEN origin = 'adopted' THEN 'adopted' ELSE 'in' END,
        iif(direction = 'in' AND origin <> 'adopted', ingroup, ifnull((SELECT campaign FROM agent_session AS s
            JOIN agent_interval AS i ON i.session = s.id WHERE i.call = call.id ORDER BY i.started), '')),
        server, arrived, 1, direction = 'out', direction = 'out' AND connected IS NOT NULL, connected IS NOT NULL,
        direction = 'in' AND origin <> 'adopted'
    FROM call WHERE (direction = 'out' OR origin = 'adopted' OR id NOT IN (SELECT call FROM queue_wait))
        AND arrived >= :start AND arrived < :end"""
BUSY = """UPDATE fact SET (talk, hold, dead, wrap_up) = (SELECT talk, hold, dead, wrap_up FROM worked
        WHERE worked.call = fact.call AND worked.grp = iif(kind = 'in', fact.grp, ''))
    WHERE (call, iif(kind = 'in', grp, '')) IN (SELECT call, grp FROM worked)"""
MEANT = """UPDATE fact SET (sales, contacts) = (SELECT sales, contacts FROM gave
        WHERE gave.call = fact.call AND gave.grp = iif(kind = 'in', fact.grp, ''))
    WHERE (call, iif(kind = 'in', grp, '')) IN (SELECT call, grp FROM gave)"""
FELL = """INSERT INTO fact (call, kind, grp, server, at, calls, fallback)
    SELECT id, iif(waited IS NULL, 'fallback', 'in'), ifnull(waited, 'FALLBACK'), (SELECT server FROM call
        WHERE call.id = f.id), at, waited IS NULL, 1
    FROM (SELECT *, (SELECT ingroup FROM queue_wait AS w WHERE w.call = fallback.id ORDER BY entered DESC) AS waited
        FROM fallback WHERE id NOT IN (SELECT id FROM call WHERE connected IS NOT NULL)) AS f
    WHERE goto = '' AND reason <> 'hung up before queue' AND at >= :start AND at < :end"""
FACTS = (TABLE, WORKED, GAVE, OFFERED, FOLLOWS, UNQUEUED, BUSY, MEANT, FELL)

FIGURES = {
    **sums(
        "calls offered answered abandoned elsewhere waiting refused fallback came_over in_time judged waited"
        f" answer_waited dialled reached handled {WORK} sales contacts"
    ),
    "longest": "ifnull(max(waited), 0)",
    "lost_share": quotient("abandoned", "offered -waiting"),
    "level": quotient("in_time", "judged"),
    "average_wait": quotient("waited", "offered"),
    "answer_speed": quotient("answer_waited", "answered"),
    **HANDLING,
    **CONVERSION,
}
NAME = """ifnull(iif(kind = 'in', (SELECT group_name FROM ingroup WHERE id = grp),
    (SELECT campaign_name FROM campaign WHERE id = grp)), '')"""
STEP = """INSERT INTO fact (at) WITH RECURSIVE step (at) AS (SELECT min(at) FROM fact UNION ALL
    SELECT at + {0} FROM step WHERE at + {0} < (SELECT max(at) FROM fact)) SELECT at FROM step"""


def interval(length: int) -> Proof:
    """Return the proof of the report by intervals of that length, which begin at midnight in Berlin."""
    begins = f"(at + {OFFSET}) / {length} * {length} - {OFFSET}"
    return Proof(("begins",), begins, FACTS, FIGURES, {"begins": begins}, {"wait_p90": P90}, STEP.format(length))


SERVER = "iif(kind = 'fallback', grp, server)"
PROOFS = {
    "day by ingroup": Proof(
        ("kind", "group"),
        "kind || '|' || grp",
        FACTS,
        FIGURES,
        {"kind": "kind", "group": "grp", "name": NAME},
        {"wait_p90": P90},
    ),
    "day by server": Proof(
        ("kind", "group"),
        f"kind || '|' || {SERVER}",
        FACTS,
        FIGURES,
        {"kind": "kind", "group": SERVER, "name": "''"},
        {"wait_p90": P90},
    ),
    **{f"interval by {by}": interval(minutes * MINUTE) for by, minutes in LENGTHS.items()},
}
