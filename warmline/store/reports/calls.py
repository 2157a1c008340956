"""Reports of calls, one row each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warmline.access.visible_agents import VisibleAgents
from warmline.store.calls.call_history import BEHIND_ANY, CODE, NAMES, behind_call, bound
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.reports import call_candidates, fallbacks
from warmline.store.reports.call_filter import LENGTH, OUTCOME, CallFilter
from warmline.store.reports.fallbacks import TAKEN
from warmline.store.reports.transfers import KINDS

CODE_OF_CALL = CODE.format(by="")

MARKS = """(SELECT group_concat(mark, ' ') FROM (
            SELECT DISTINCT mark FROM call_comment INDEXED BY call_comment_call
            WHERE call_comment.call = {of}.id AND mark <> '' ORDER BY mark
        )) AS marks"""

CALLS = """
    SELECT call.id AS call, call.agc_id, call.arrived, call.direction, call.number,
        call.dialled, call.ingroup, ifnull(call.agent, call.last_agent) AS agent,
        (SELECT sum(ifnull(ended, :now) - entered) FROM queue_wait WHERE queue_wait.call = call.id) AS waited,
        {length} AS length, {outcome} AS outcome, call.ended_by, {code},
        (SELECT group_concat(kind, ' ') FROM (
            SELECT kind FROM receipt WHERE receipt.call = call.id AND kind IN ({kinds}) ORDER BY requested, id
        )) AS transfers,
        iif(EXISTS (SELECT 1 FROM recording WHERE recording.call = call.id), 1, 0) AS recorded, call.lead,
        (SELECT reason FROM fallback WHERE fallback.id = call.id AND {taken}) AS fallback, {names},
        call.server, {marks}
    FROM call WHERE {where} {never_had} ORDER BY 3 {order}, 1 {order} LIMIT :limit
"""

NEVER_HAD = f"""
    UNION ALL SELECT id, '', at, 'in', number, dialled, '', NULL, NULL, 0, {fallbacks.OUTCOME}, NULL, NULL, NULL, 0,
        NULL, iif({TAKEN} OR {fallbacks.IS_LOGIN}, reason, NULL), '', '', '',
        {MARKS.format(of="fallback")} FROM fallback WHERE {{where}}
"""  # noqa: S608 - only constants of the code


@dataclass(frozen=True, slots=True)
class ReportStatement:
    """The SQL of a report and its parameters; a benchmark runs it directly."""

    sql: str
    values: Row


# A page of calls: behind another call, and those of some agents; calls to leads without an agent by their campaign.
PAGE = """
    AND ({arrived}, {id}) < (:at, :after) AND (:agents = '' OR {agent} IN (
        SELECT value FROM json_each(iif(:agents = '', '[]', :agents))
    )) AND (:campaigns = '' OR {agent} <> '' OR NOT EXISTS (
        SELECT 1 FROM attempt WHERE attempt.call = {id}
            AND campaign NOT IN (SELECT value FROM json_each(iif(:campaigns = '', '[]', :campaigns)))
    ))
"""
PAGE_OF_CALLS = PAGE.format(arrived="call.arrived", id="call.id", agent="ifnull(call.agent, call.last_agent)")
PAGE_NEVER_HAD = PAGE.format(arrived="fallback.at", id="fallback.id", agent="''")
CHOSEN = "call.id IN (SELECT value FROM json_each(:chosen))"


def statement(
    asked: CallFilter, now: int, limit: int = 0, *, newest: bool = False, paged: bool = False
) -> ReportStatement:
    """Return the statement that finds the calls; `paged` only those of a page: the calls :chosen, as JSON."""
    where, never_had = asked.where, asked.where_never_had
    if paged:
        where, never_had = CHOSEN, never_had and never_had + PAGE_NEVER_HAD
    sql = CALLS.format(
        length=LENGTH,
        outcome=OUTCOME,
        code=CODE_OF_CALL,
        kinds=", ".join(f"'{kind}'" for kind in KINDS),
        where=where,
        taken=TAKEN,
        names=NAMES.format(agent="ifnull(call.agent, call.last_agent)"),
        marks=MARKS.format(of="call"),
        never_had=NEVER_HAD.format(where=never_had) if never_had else "",
        order="DESC" if newest else "ASC",
    )
    return ReportStatement(sql, asked.values | {"now": now, "limit": limit or -1})


def calls(path: str | Path, asked: CallFilter, now: int, limit: int = 0, *, newest: bool = False) -> Iterator[Row]:
    """Yield the calls, oldest first or `newest` first; at most `limit`, 0 for all. Times are in microseconds.

    `waited` and `length` (the time that the customer talked) count until now for live calls. Calls that
    never reached the app are included; `fallback` is the reason why a call took it, or a login was
    refused. `marks` are those of the comments, with a blank between them. Raises StoreError.
    """
    found = statement(asked, now, limit, newest=newest)
    with reading(path) as db:
        yield from each(db, found.sql, **found.values)


def page(
    path: str | Path, asked: CallFilter, now: int, most: int, after: str = "", visible: VisibleAgents | None = None
) -> list[Row]:
    """Return up to `most` of the same calls, the newest first, behind the call `after`.

    With `visible`, only calls of these agents, and calls without an agent as far as it includes them. Raises NotFound
    (`after`), StoreError.
    """
    found = statement(asked, now, most, newest=True, paged=True)
    with reading(path) as db:
        at = behind_call(rows(db, BEHIND_ANY, after=after) if after else [], after, visible)
        values = found.values | bound(visible) | {"at": at, "after": after}
        chosen = call_candidates.newest(db, asked, PAGE_OF_CALLS, values, most)
        return rows(db, found.sql, **values, chosen=json.dumps(chosen))
