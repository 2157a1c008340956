"""Reports of transfers: the commands, their outcomes, and the time that the others talked after a leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warmline.core.messages.commands import Kind
from warmline.store.database.reading import Row, each, reading
from warmline.store.reports.transfer_parts import DIALS, LEAVES, LEFT_ALONE, RECEIPTS, quoted

KINDS = (*DIALS, *LEAVES, Kind.HANGUP_XFER, Kind.LOCAL_CLOSER, Kind.LEAVE_VM)
HOUR = 3_600_000_000
NEVER = 1 << 62  # microseconds: later than any time
PENDING = "pending"  # shown as the outcome of a command in progress

FIND = f"""
    SELECT receipt.*, ifnull(call.number, '') AS customer, ifnull(call.agc_id, '') AS agc_id,
        dial.number AS dialled_number, dial.ingroup AS dialled_ingroup, dial.to_agent AS dialled_agent,
        closer.agent AS closer, closer.ended AS closer_ended, {LEFT_ALONE} AS "left",
        call.ended AS call_ended, ifnull(call.ended_by, '') AS ended_by, call.last_agent,
        ifnull((SELECT full_name FROM known_agent AS known WHERE known.id = receipt.agent), '') AS full_name
    {RECEIPTS}
    WHERE receipt.kind IN ({quoted(KINDS)}) AND receipt.requested >= :since
    AND receipt.requested < :until AND (:agent = '' OR receipt.agent = :agent) AND (:kind = '' OR receipt.kind = :kind)
    AND (:outcome = '' OR ifnull(receipt.outcome, '{PENDING}') = :outcome)
    ORDER BY receipt.requested, receipt.id
"""  # noqa: S608 - only constants of the code


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer command. Times are in microseconds UTC.

    `full_name` is the agent's name. `target` is a number, an in-group or an agent. After a leave, `left` is the time
    from which customer and third party were alone. `talked_on` is the time that they talked so far, and `hung_up` names
    who ended that.
    """

    id: str
    kind: str
    agent: str
    full_name: str
    target: str
    call: str
    agc_id: str
    customer: str
    requested: int
    ended: int | None
    outcome: str
    cause: str
    by: str
    source: str
    left: int | None = None
    talked_on: int | None = None
    hung_up: str = ""


def transfers(
    path: str | Path,
    now: int,
    since: int = 0,
    agent: str = "",
    kind: str = "",
    outcome: str = "",
    until: int = NEVER,
) -> Iterator[Transfer]:
    """Yield the transfers requested from `since` until before `until`, oldest first; "" matches any value.

    Times are in microseconds UTC. Raises StoreError.
    """
    with reading(path) as db:
        for row in each(db, FIND, since=since, until=until, agent=agent, kind=kind, outcome=outcome):
            yield _transfer(row, now)


def _transfer(row: Row, now: int) -> Transfer:
    left, until, hung_up = _after(row)
    return Transfer(
        **{name: row[name] for name in ("id", "kind", "agent", "call", "agc_id", "customer", "requested", "ended")},
        **{name: row[name] for name in ("full_name", "cause", "by", "source")},
        outcome=row["outcome"] or PENDING,
        target=_target(row),
        left=left,
        talked_on=None if left is None else (until or now) - left,
        hung_up=hung_up,
    )


def _target(row: Row) -> str:
    """Return a number, `agent USER` or an in-group; for a leave or a hang-up, the target of the dial before it."""
    number, ingroup, agent = row["number"], row["ingroup"], row["to_agent"]
    if row["dialled_number"] is not None:
        number, ingroup, agent = row["dialled_number"], row["dialled_ingroup"], row["dialled_agent"]
    return f"agent {agent}" if agent else str(ingroup or number)


def _after(row: Row) -> tuple[int | None, int | None, str]:
    """Return the time when the agent left the other two alone, the time when they ended, and who ended it."""
    if row["closer"] is None:
        return row["left"], row["call_ended"], row["ended_by"] if row["left"] is not None else ""
    went_on = row["last_agent"] != row["closer"]
    return row["ended"], row["closer_ended"], f"handed on by agent {row['closer']}" if went_on else row["ended_by"]
