"""B4 and B5: reads with many rows, by a program whose token may only read."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial

from tools.bench.flood.attack_plan import Attack, AttackPlan, read_as
from tools.bench.flood.call_load import CallLoad
from warmline.store.database.database import connect

CALLS = 300_000  # half of them of one agent
AGENT = "1000"
DAYS = 10  # since the first of these calls
PART = 5_000  # rows in one transaction, so that the app waits for the database only briefly
# Numbers from :since up to :until, and a past call of each.
NUMBERED = """
WITH RECURSIVE n(n) AS (SELECT :since UNION ALL SELECT n + 1 FROM n WHERE n + 1 < :until),
past AS (SELECT printf('01A%023d', n) AS id, :base + n * 1000000 AS at, iif(n % 2, '1000', '1001') AS agent FROM n)
"""

LEADS = (
    30_000,
    "INSERT INTO lead (list_id, entry_date, modify_date, phone_number)",
    "SELECT '999', 1, 1, '0000000000' FROM n",
)
CALLBACKS = (
    10_000,
    "INSERT INTO callback (id, call, number, ingroup, agent, at, state)",
    "SELECT printf('01B%023d', n), '', '15551230000', 'SALESLINE', '', 1900000000000000 + n, 'pending' FROM n",
)
HISTORY = (
    (
        CALLS,
        "INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, connected, ended, "
        "ended_by, status)",
        "SELECT id, id, 'ended', at, '1555123' || (at / 1000000 % 10000), '8005550100', 'SALESLINE', '', agent, "
        "at + 1000, at + 900000, 'customer', 'SALE' FROM past",
    ),
    (
        CALLS,
        "INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started, ended)",
        "SELECT id, 'past', agent, 'INCALL', '', id, at + 1000, at + 900000 FROM past",
    ),
    (
        CALLS,
        "INSERT INTO queue_wait (id, call, ingroup, direct, priority, place, queued_at, entered, ended, outcome, "
        "agent)",
        "SELECT id, id, 'SALESLINE', '', 0, 1, at, at, at + 1000, 'ANSWERED', agent FROM past",
    ),
)
Filling = tuple[int, str, str]  # how many rows, and the two halves of the statement


async def _filled(fillings: Sequence[Filling], load: CallLoad) -> None:
    """Insert these rows, unless an attack before has inserted them."""
    if fillings[0][1] not in load.prepared:
        load.prepared.add(fillings[0][1])
        await asyncio.to_thread(_fill, load.here.lab.db, fillings)


def _fill(path: str, fillings: Sequence[Filling]) -> None:
    """Insert rows, part by part."""
    base = (int(time.time()) - DAYS * 86400) * 1_000_000
    with closing(connect(path)) as db:
        for count, insert, select in fillings:
            for since in range(0, count, PART):
                numbers = {"since": since, "until": min(since + PART, count), "base": base}
                with db:
                    db.execute(f"{insert} {NUMBERED} {select}", numbers)


def _reads(connections: int, rate: float, *targets: str) -> "partial[AttackPlan]":
    return partial(_plan, connections, rate, targets)


def _plan(connections: int, rate: float, targets: Sequence[str], token: str) -> AttackPlan:
    return AttackPlan(connections, rate, tuple(read_as(token, target) for target in targets))


def _attack(name: str, what: str, least: float, plan: "partial[AttackPlan]", *fillings: Filling) -> Attack:
    return Attack(name, what, least, plan, partial(_filled, fillings))


CALLS_OF_ONE = f"/history?agent={AGENT}&limit=1000"
YEAR = "/ingroups?seconds=31622400"
REPORT = "/reports/day?since=1970-01-02"

ATTACKS = (
    _attack("B4-leads", "30,000 leads of one number", 1, _reads(4, 4, "/leads?number=0000000000"), LEADS),
    _attack("B4-callbacks", "10,000 callbacks, 30 at once", 30, _reads(30, 60, "/callbacks"), CALLBACKS),
    _attack("B5-history", "300,000 past calls, 12 at once", 12, _reads(12, 24, CALLS_OF_ONE), *HISTORY),
    _attack("B5-ingroups", "a report of a year, 12 at once", 12, _reads(12, 24, YEAR), *HISTORY),
    _attack("B5-reports", "report day of 300,000 calls, 12 at once", 12, _reads(12, 24, REPORT), *HISTORY),
)
