"""The newest calls that match a filter, found in the cheapest of several ways.

The newest calls of the period are read first. If too few of these match, the calls that fulfil a rare condition are
read from an index of that condition, and sorted. If no condition is rare and many of the newest calls match, more of
them are read. If nothing else helps, the calls that fulfil two less rare conditions, or all calls of the period, are
read.
"""
# ruff: noqa: S608 - only constants of the code

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.reports.call_filter import FAILED, LIVE, CallFilter
from warmline.store.reports.fallbacks import FALLBACK, MISSED
from warmline.store.reports.transfer_parts import quoted
from warmline.store.reports.transfers import KINDS

NEWEST = 10_000  # calls that are read in any case
READ_ON = 200_000  # calls that are read next, if enough of these are likely to match
FEW_OF_THESE = READ_ON // 10  # of those calls, so many are sorted, rather than all of them read in their order
FEW = 100_000  # the same of all calls; some sources have a call twice
WORTH = 4  # ids of calls that an index gives in the time in which one call is read
SLOW = ("campaign",)  # a source that reads a row for each call, and not only an index
TWICE = ("agent", "disposition", "ingroup", "campaign", "recorded")  # sources that have many calls several times

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
    "mark": "SELECT call AS id FROM call_comment WHERE mark = :mark AND mark <> ''",
    "transfer": f"SELECT call AS id FROM receipt WHERE kind = :transfer AND kind IN ({quoted(KINDS)})",
    "agent": """
        SELECT call AS id FROM agent_interval INDEXED BY agent_interval_agent
        WHERE agent = :agent AND call <> '' AND started >= :start
    """,
    "disposition": f"""
        SELECT call AS id FROM disposition_entry WHERE status = :disposition
        UNION ALL SELECT id FROM call WHERE status = :disposition AND {OVER} AND ended >= :start
        UNION ALL {OPEN}
    """,
    "ingroup": f"""
        SELECT call AS id FROM queue_wait INDEXED BY queue_wait_ingroup WHERE ingroup = :ingroup AND entered >= :start
        UNION ALL SELECT id FROM call WHERE call.ingroup = :ingroup AND {OVER} AND ended >= :start
        UNION ALL {OPEN}
    """,
    "campaign": """
        SELECT stretch.call AS id FROM agent_session
        CROSS JOIN agent_interval AS stretch INDEXED BY agent_interval_session ON stretch.session = agent_session.id
        WHERE agent_session.campaign = :campaign AND stretch.call <> ''
    """,
}
# The index has no calls of `main`: without further servers, it would have all calls.
ON_SERVER = f"SELECT id FROM call WHERE server = :server AND server <> '{MAIN_SERVER}' AND {OVER} UNION ALL {OPEN}"
AGENTS = f"SELECT id FROM call WHERE {IN_AGENTS} AND {OVER} AND ended >= :start UNION ALL {OPEN}"
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
    search = CandidateSearch(db, asked, more)
    given = {**values, "most": most, "end": min(asked.end, int(values["at"] or 0) + 1)}
    found, older = _read(search, given, NEWEST)
    if older is None:
        return found
    rare = _narrowest(search, older, NEWEST // 10) or _narrowest(search, older, NEWEST, SLOW)
    if not rare and len(found) * READ_ON >= most * NEWEST:
        read_on, older = _read(search, older, READ_ON, FEW_OF_THESE)
        found += read_on
        if older is None:
            return found
    rare = rare or _narrowest(search, older, FEW, SLOW, most=2) or _narrowest(search, older, FEW)
    return found + _found(search, rare, older)


class CandidateSearch(NamedTuple):
    """A search in a database: the filter, and further conditions as SQL."""

    db: sqlite3.Connection
    asked: CallFilter
    more: str


class Source(NamedTuple):
    """The ids of all calls that may fulfil the condition of a filter, as SQL."""

    name: str
    sql: str


def _read(search: CandidateSearch, values: Values, read: int, few: int = 0) -> tuple[list[str], Values | None]:
    """Return matching calls of the newest `read` calls of a period, and the values for older ones.

    If a source has fewer than `few` of these calls, only those of the source are read. The values are None if no more
    calls are wanted, or none are older.
    """
    bound = search.db.execute(OLDEST, {**values, "read": read}).fetchone()
    here = {**values, "start": bound[0]} if bound else values
    found = _found(search, _narrowest(search, here, few, SLOW) if few else [], here)
    left = int(values["most"] or 0) - len(found)
    return found, {**values, "most": left, "end": bound[0]} if bound and left else None


def _found(search: CandidateSearch, sources: list[Source], values: Values) -> list[str]:
    """Return the ids of the matching calls that all sources have; without a source, of all that match."""
    order = "ORDER BY call.arrived DESC, call.id DESC LIMIT :most"
    if not sources:
        sql = f"SELECT call.id FROM call WHERE {search.asked.where} {search.more} {order}"
        return [str(call) for (call,) in search.db.execute(sql, values)]
    first, *others = sources
    chosen, given = f"({first.sql})", values
    if others or first.name in TWICE:
        # Dicts of Python are several times as fast as the temporary tables of SQLite. They keep the order of an index.
        ids = dict.fromkeys(_ids(search, first, values))
        for other in others:
            ids = dict.fromkeys(call for call in _ids(search, other, values) if call in ids)
        chosen, given = "(SELECT value AS id FROM json_each(:chosen))", {**values, "chosen": json.dumps([*ids])}
    sql = f"""
        SELECT DISTINCT call.id, call.arrived FROM {chosen} AS chosen CROSS JOIN call ON call.id = chosen.id
        WHERE {search.asked.where_from(first.name)} {search.more} {order}
    """
    return [str(row[0]) for row in search.db.execute(sql, given)]


def _ids(search: CandidateSearch, source: Source, values: Values) -> list[str]:
    """Return the ids of a source, as one value: that takes half the time of many rows."""
    [found] = search.db.execute(f"SELECT json_group_array(id) FROM ({source.sql})", values).fetchone()
    return cast(list[str], json.loads(found))


def _narrowest(
    search: CandidateSearch, values: Values, limit: int, without: tuple[str, ...] = (), most: int = 1
) -> list[Source]:
    """Return the first source with fewer calls than a limit, or up to `most`; none if each source has more.

    Many calls take long to count. So a low limit comes first. A source with many more calls than the one before is left
    out. Its ids would take longer to read than the calls that it excludes.
    """
    found: list[Source] = []
    for one in _sources(search.asked, values):
        if one.name not in without and (count := _count(search, one, values, limit)) < limit:
            found.append(one)
            if len(found) == most:
                break
            limit = min(limit, count * WORTH)
    return found


def _count(search: CandidateSearch, source: Source, values: Values, limit: int) -> int:
    counted = f"SELECT count(*) FROM (SELECT 1 FROM ({source.sql}) LIMIT :few)"
    [count] = search.db.execute(counted, {**values, "few": limit}).fetchone()
    return int(count)


def _sources(asked: CallFilter, values: Values) -> Iterator[Source]:
    """Yield the sources of all calls that may match; the id of each is the column `id`."""
    for name, source in SOURCES.items():
        if getattr(asked, name) not in ("", None):
            yield Source(name, source)
    if asked.server not in ("", MAIN_SERVER):
        yield Source("server", ON_SERVER)
    if asked.outcome in OF_OUTCOME:
        yield Source("outcome", OF_OUTCOME[asked.outcome])
    if asked.recorded:
        yield Source("recorded", "SELECT call AS id FROM recording")
    if asked.shortest or asked.longest is not None:
        unanswered = "" if asked.shortest else f" UNION ALL {UNANSWERED}"
        yield Source("shortest", f"{TALKED}{unanswered} UNION ALL {OPEN}")
    if values["agents"]:
        yield Source("agents", AGENTS)
