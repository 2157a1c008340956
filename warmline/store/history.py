"""The calls an agent had, or a number: who called whom, when, for how long, and whether anybody answered."""

from dataclasses import dataclass
from pathlib import Path

from warmline.core.session import AgentState
from warmline.store.reading import Row, reading, rows

ANSWERED, MISSED, FAILED, LIVE = "answered", "missed", "failed", "live"

# The last code; a call that nobody had has its own.
CODE = """ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id {by} ORDER BY given.id DESC LIMIT 1
), call.status) AS code"""
# An agent's stretches in a call, as one row; he has missed it if he never was in it.
OF_AGENT = f"""
    SELECT call.*, stretch.agent AS user, min(started) AS at, sum(iif(stretch.state = '{AgentState.INCALL}',
        ifnull(stretch.ended, :now) - started, 0)) AS length,
        max(stretch.state = '{AgentState.INCALL}') AS had, max(stretch.ended IS NULL) AS live,
        {CODE.format(by="AND given.agent = stretch.agent")}
    FROM agent_interval AS stretch JOIN call ON call.id = stretch.call
    WHERE stretch.agent = :agent AND ltrim(call.number, '+') = ifnull(nullif(:number, ''), ltrim(call.number, '+'))
        AND stretch.state IN ('{AgentState.QUEUE}', '{AgentState.INCALL}')
    GROUP BY call.id ORDER BY at DESC, call.id DESC LIMIT :limit
"""  # noqa: S608 - our own words
CALLS = f"""
    SELECT *, ifnull(agent, last_agent) AS user, arrived AS at, connected IS NOT NULL AS had, ended IS NULL AS live,
        iif(connected IS NULL, 0, ifnull(ended, :now) - connected) AS length,
        {CODE.format(by="")}
    FROM call
"""  # noqa: S608 - our own words
NEWEST = " ORDER BY arrived DESC, id DESC LIMIT :limit"
OF_EVERYBODY = CALLS + NEWEST
OF_NUMBER = CALLS + " WHERE substr(number, -7) = substr(:number, -7) AND ltrim(number, '+') = :number" + NEWEST


@dataclass(frozen=True, slots=True)
class Past:
    """One call. Times in microseconds: `at` UTC; `length` is how long the agent had it, or how long it was talked.

    `direction` is in or out; `outcome` is answered, missed (in), failed (out), or live. `number` is the other side's,
    as it can be dialled again.
    """

    call: str
    direction: str
    number: str
    agent: str
    ingroup: str
    at: int
    length: int
    outcome: str
    status: str


def of_agent(path: str | Path, agent: str, now: int, limit: int = 20, number: str = "") -> list[Past]:
    """The agent's last calls, all or those with a number, the newest first. Raises StoreError."""
    with reading(path) as db:
        found = rows(db, OF_AGENT, agent=agent, number=number.lstrip("+"), now=now, limit=limit)
    return [_past(row) for row in found]


def of_everybody(path: str | Path, now: int, limit: int = 20) -> list[Past]:
    """The last calls there were, the newest first. Raises StoreError."""
    with reading(path) as db:
        return [_past(row) for row in rows(db, OF_EVERYBODY, now=now, limit=limit)]


def of_number(path: str | Path, number: str, now: int, limit: int = 20) -> list[Past]:
    """The last calls from or to a number, the newest first; a leading + is no difference. Raises StoreError."""
    with reading(path) as db:
        return [_past(row) for row in rows(db, OF_NUMBER, number=number.lstrip("+"), now=now, limit=limit)]


def _past(row: Row) -> Past:
    outward = str(row["agc_id"]).startswith("M")
    answered = row["connected"] is not None and row["had"]
    outcome = LIVE if row["live"] else ANSWERED if answered else FAILED if outward else MISSED
    return Past(
        call=row["id"],
        direction="out" if outward else "in",
        number=row["number"],
        agent=row["user"],
        ingroup=row["ingroup"],
        at=row["at"],
        length=row["length"],
        outcome=outcome,
        status=row["code"],
    )
