"""The newest calls that match a filter, found in the cheapest of several ways.

The newest calls of the period are read first. If too few of these match, the calls that fulfil a rare condition are
read from an index of that condition, and sorted. If no condition is rare and many of the newest calls match, more of
them are read. If nothing else helps, all calls of the period are read.
"""
# ruff: noqa: S608 - only constants of the code

import sqlite3
from collections.abc import Iterator, Mapping

from warmline.core.messages.values.server_action import MAIN
from warmline.store.reports.call_filter import FAILED, FALLBACK, LIVE, MISSED, CallFilter
from warmline.store.reports.transfer_parts import quoted
from warmline.store.reports.transfers import KINDS

NEWEST = 10_000  # calls that are read in any case
READ_ON = 200_000  # calls that are read next, if enough of these are likely to match
FEW = 60_000  # calls that are sorted, rather than all calls read in their order

IN_AGENTS = "ifnull(call.agent, call.last_agent) IN (SELECT value FROM json_each(:agents))"
OPEN = "SELECT id FROM open_state WHERE kind = 'call'"  # no index below has calls that live
OVER = "call.ended IS NOT NULL"
UNANSWERED = f"SELECT id FROM call WHERE call.connected IS NULL AND {OVER}"
TALKED = f"""
    SELECT id FROM call WHERE call.ended - call.connected >= ifnull(:shortest, 0)
        AND call.ended - call.connected < ifnull(:longest, {1 << 62}) AND {OVER} AND call.connected IS NOT NULL
"""
# The ids of all calls that may fulfil a condition, by the name of its filter. Some of these calls may not fulfil it.
# The quickest to count is the first, and the slowest the last.
SOURCES = {
    "lead": "SELECT id FROM call WHERE lead = :lead AND lead <> 0",
    "number": "SELECT id FROM call WHERE substr(number, -7) = substr(:number, -7)",
    "noted": "SELECT value AS id FROM json_each(:noted)",
    "transfer": f"SELECT call AS id FROM receipt WHERE kind = :transfer AND kind IN ({quoted(KINDS)})",
    "agent": """
        SELECT call AS id FROM agent_interval INDEXED BY agent_interval_agent
        WHERE agent = :agent AND call <> '' AND started >= :start
    """,
    "disposition": f"""
        SELECT call AS id FROM disposition_entry WHERE status = :disposition
        UNION ALL SELECT id FROM call WHERE status = :disposition AND {OVER}
        UNION ALL {OPEN}
    """,
    "ingroup": f"""
        SELECT call AS id FROM queue_wait INDEXED BY queue_wait_ingroup WHERE ingroup = :ingroup AND entered >= :start
        UNION ALL SELECT id FROM call WHERE call.ingroup = :ingroup AND {OVER}
        UNION ALL {OPEN}
    """,
    "campaign": """
        SELECT stretch.call AS id FROM agent_session
        CROSS JOIN agent_interval AS stretch INDEXED BY agent_interval_session ON stretch.session = agent_session.id
        WHERE agent_session.campaign = :campaign AND stretch.call <> ''
    """,
}
# The index has no calls of `main`: without further servers, it would have all calls.
ON_SERVER = f"SELECT id FROM call WHERE server = :server AND server <> '{MAIN}' AND {OVER} UNION ALL {OPEN}"
OF_OUTCOME = {
    MISSED: f"{UNANSWERED} AND call.direction <> 'out'",
    FAILED: f"{UNANSWERED} AND call.direction = 'out'",
    FALLBACK: "SELECT id FROM fallback",
    LIVE: OPEN,
}

OLDEST = """
    SELECT arrived FROM call WHERE arrived >= :start AND arrived < :end ORDER BY arrived DESC LIMIT 1 OFFSET :read
"""
Values = Mapping[str, str | int | None]


def newest(db: sqlite3.Connection, asked: CallFilter, more: str, values: Values, most: int) -> list[str]:
    """Return the ids of up to `most` calls that match a filter and the conditions `more`, the newest first.

    `values` has the parameters of both, `at`, after which no such call arrived, and `agents`, as JSON or "" for all.
    Raises sqlite3.Error.
    """
    where = f"{asked.where} {more}"
    given = {**values, "most": most, "end": min(asked.end, int(values["at"] or 0) + 1)}
    found, older = _read(db, where, given, NEWEST)
    if older is None:
        return found
    source = _narrowest(db, asked, older, (NEWEST // 10, NEWEST))
    if not source and len(found) * READ_ON >= most * NEWEST:
        read_on, older = _read(db, where, older, READ_ON)
        found += read_on
        if older is None:
            return found
    source = source or _narrowest(db, asked, older, (FEW,))
    return found + _found(db, source and f"({source}) AS chosen CROSS JOIN call ON call.id = chosen.id", where, older)


def _read(db: sqlite3.Connection, where: str, values: Values, read: int) -> tuple[list[str], Values | None]:
    """Return matching calls of the newest `read` calls of a period, and the values for older ones.

    The values are None if no more calls are wanted, or none are older.
    """
    bound = db.execute(OLDEST, {**values, "read": read}).fetchone()
    found = _found(db, "", where, {**values, "start": bound[0]} if bound else values)
    left = int(values["most"] or 0) - len(found)
    return found, {**values, "most": left, "end": bound[0]} if bound and left else None


def _found(db: sqlite3.Connection, source: str, where: str, values: Values) -> list[str]:
    """Return the ids of the calls in a source that match; "" stands for all calls."""
    sql = f"SELECT call.id FROM {source or 'call'} WHERE {where} ORDER BY call.arrived DESC, call.id DESC LIMIT :most"
    return [str(call) for (call,) in db.execute(sql, values)]


def _narrowest(db: sqlite3.Connection, asked: CallFilter, values: Values, limits: tuple[int, ...]) -> str:
    """Return the first source with fewer calls than a limit, each of them once; "" if each source has more.

    The limits grow, because many calls take long to count.
    """
    for few in limits:
        for source in _sources(asked, values):
            counted = f"SELECT count(*) FROM (SELECT 1 FROM ({source}) LIMIT :few)"
            [count] = db.execute(counted, {**values, "few": few}).fetchone()
            if count < few:
                return f"SELECT DISTINCT id FROM ({source})"
    return ""


def _sources(asked: CallFilter, values: Values) -> Iterator[str]:
    """Yield the sources of all calls that may match; the id of each is the column `id`."""
    for name, source in SOURCES.items():
        if getattr(asked, name) not in ("", None):
            yield source
    if asked.server not in ("", MAIN):
        yield ON_SERVER
    if asked.outcome in OF_OUTCOME:
        yield OF_OUTCOME[asked.outcome]
    if asked.recorded:
        yield "SELECT call AS id FROM recording"
    if asked.shortest or asked.longest is not None:
        unanswered = "" if asked.shortest else f" UNION ALL {UNANSWERED}"
        yield f"{TALKED}{unanswered} UNION ALL {OPEN}"
    if values["agents"]:
        yield f"SELECT id FROM call WHERE {IN_AGENTS} AND {OVER} UNION ALL {OPEN}"
