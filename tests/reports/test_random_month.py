"""Figures of a random month beside own queries: one short statement for each figure, over the tables alone.

`MONTH_DAYS` and `MONTH_SEED` choose another month. The journal's script has all other figures.
"""
# ruff: noqa: S608 - only constants of the test

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.reports import made_day, made_month
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.text import written_time

DAYS, SEED = int(os.environ.get("MONTH_DAYS", "6")), int(os.environ.get("MONTH_SEED", "48"))
SALE = "SELECT id FROM disposition WHERE sale = 'Y'"
CONTACT = "SELECT id FROM disposition WHERE customer_contact = 'Y'"
# The last code of each agent for each call.
CODES = "SELECT call, agent, status FROM disposition_entry GROUP BY call, agent HAVING id = max(id)"
# A call in an in-group, with the end of its waits.
OFFERS = """SELECT call, ingroup, min(entered) AS came, max(outcome = 'ANSWERED') AS answered,
    max(ended IS NULL OR ended > entered) AS queued,
    (SELECT outcome FROM queue_wait AS z WHERE z.call = w.call AND z.ingroup = w.ingroup ORDER BY entered DESC, id DESC)
    AS last, min(entered) > (SELECT min(entered) FROM queue_wait AS z WHERE z.call = w.call) AS later,
    (SELECT sum(z.ended - z.entered) FROM queue_wait AS z WHERE z.call = w.call AND z.ingroup = w.ingroup
        AND z.entered < ifnull((SELECT min(y.ended) FROM queue_wait AS y WHERE y.call = w.call AND y.ingroup = w.ingroup
            AND y.outcome = 'ANSWERED'), 9e18)) AS waited
    FROM queue_wait AS w GROUP BY call, ingroup"""
# A call that was handed to closers, with the wait that one of them answered, or else the last wait.
HANDED = """SELECT h.*, w.agent AS closer, w.outcome, w.ended AS since, w.ended - w.entered AS waited,
    (SELECT min(ended) FROM queue_wait AS l WHERE l.call = w.call AND l.agent = w.agent AND l.outcome = 'ANSWERED'
        AND l.ended > w.ended) AS until
    FROM (SELECT call, kind <> 'LOCAL_CLOSER' AS consulted, requested,
        ifnull(lead(requested) OVER (PARTITION BY call ORDER BY requested), 1 << 62) AS next FROM receipt
        WHERE kind = 'LOCAL_CLOSER' AND outcome = 'completed' OR kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL')
            AND ingroup <> '' AND ifnull(outcome, '') <> 'refused') AS h
    JOIN queue_wait AS w ON w.id = (SELECT id FROM queue_wait AS z WHERE z.call = h.call AND z.entered >= h.requested
        AND z.entered < h.next ORDER BY outcome = 'ANSWERED' DESC, iif(outcome = 'ANSWERED', entered, -entered))"""
CLOSED = """SELECT closer, sum(i.ended - i.started) FROM handed JOIN agent_interval AS i ON i.call = handed.call
    AND i.agent = closer AND i.started >= since AND i.started < ifnull(until, 1 << 62) WHERE {} GROUP BY closer"""
CLOSER_GAVE = f"""SELECT closer, count(*) FROM handed WHERE until IS NULL
    AND (call, closer) IN (SELECT call, agent FROM ({CODES}) WHERE status IN ({{}})) GROUP BY closer"""
# The calls without a code: no code at all, or the last code of the agent is that of a transfer.
BARE = """SELECT last_agent AS agent, ended - connected AS length FROM call WHERE status = '' AND last_agent <> ''
    AND ended >= connected AND id NOT IN (SELECT call FROM disposition_entry) UNION ALL
    SELECT agent, (SELECT ended - connected FROM call WHERE id = e.call) FROM disposition_entry AS e
    WHERE "by" = 'transfer_no_dispo' AND at = (SELECT max(at) FROM disposition_entry AS o WHERE o.call = e.call
        AND (o.agent = e.agent OR o."by" = 'transfer_no_dispo'))"""
SPENT = "SELECT agent, sum(ended - started) FROM agent_interval WHERE {} GROUP BY agent"
IN_CALLS = "SELECT '', sum(ended - started) FROM agent_interval WHERE call <> '' AND {}"
UNANSWERED = "direction = 'in' AND connected IS NULL"
QUERIES = {
    "day by group": {
        "offered": "SELECT ingroup, sum(queued) FROM offer GROUP BY ingroup",
        "answered": "SELECT ingroup, sum(answered) FROM offer GROUP BY ingroup",
        "abandoned": "SELECT ingroup, sum(NOT answered AND last = 'DROP') FROM offer GROUP BY ingroup",
        "elsewhere": """SELECT ingroup, sum(NOT answered AND queued AND last <> 'DROP') FROM offer
            GROUP BY ingroup""",
        "came_over": "SELECT ingroup, sum(queued AND later) FROM offer GROUP BY ingroup",
        "waited": "SELECT ingroup, sum(waited) FROM offer GROUP BY ingroup",
        "longest": "SELECT ingroup, max(waited) FROM offer GROUP BY ingroup",
        "in_time": """SELECT ingroup, sum(answered AND waited <= (SELECT answer_sec_pct_rt_stat_one * 1000000
            FROM ingroup WHERE id = ingroup)) FROM offer AS o GROUP BY ingroup""",
    },
    "day": {
        "calls": """SELECT '', (SELECT count(*) FROM call) +
            (SELECT count(*) FROM fallback WHERE goto = '' AND id NOT IN (SELECT id FROM call))""",
        "dialled": "SELECT '', count(*) FROM call WHERE direction = 'out'",
        "reached": "SELECT '', count(*) FROM call WHERE direction = 'out' AND connected IS NOT NULL",
        "fallback": "SELECT '', count(*) FROM fallback WHERE goto = ''",
        "talk": IN_CALLS.format("state = 'INCALL' AND hold = 0"),
        "hold": IN_CALLS.format("hold = 1"),
        "wrap_up": IN_CALLS.format("state = 'DISPO'"),
        "sales": f"SELECT '', count(*) FROM ({CODES}) WHERE status IN ({SALE})",
        "contacts": f"SELECT '', count(*) FROM ({CODES}) WHERE status IN ({CONTACT})",
    },
    "agents by agent": {
        "talk": SPENT.format("state = 'INCALL' AND hold = 0"),
        "hold": SPENT.format("hold = 1"),
        "wrap_up": SPENT.format("state = 'DISPO'"),
        "pause": SPENT.format("state = 'PAUSED' AND pause_code <> 'LOST'"),
        "wait": SPENT.format("state IN ('READY', 'QUEUE')"),
        "logged_in": SPENT.format("pause_code <> 'LOST'"),  # calls that are left out take their time along
        "login": "SELECT agent, min(started) FROM agent_session GROUP BY agent",
        "logout": "SELECT agent, max(ended) FROM agent_session GROUP BY agent",
        "sales": f"SELECT agent, count(*) FROM ({CODES}) WHERE status IN ({SALE}) GROUP BY agent",
    },
    "dispositions by status": {
        "calls": """SELECT ifnull((SELECT status FROM disposition_entry WHERE call = call.id ORDER BY id DESC), status),
            count(*) FROM call WHERE ended IS NOT NULL GROUP BY 1""",
    },
    "callbacks by agent": {
        "promised": "SELECT agent, count(*) FROM callback GROUP BY agent",
        "cancelled": "SELECT agent, count(*) FROM callback WHERE state = 'cancelled' GROUP BY agent",
    },
    "dids by did": {
        "calls": """SELECT dialled, count(*) FROM (SELECT id, dialled FROM call WHERE direction = 'in' UNION
            SELECT id, dialled FROM fallback WHERE id NOT IN (SELECT id FROM call)) GROUP BY dialled""",
        "fallback": "SELECT dialled, count(*) FROM fallback WHERE goto = '' GROUP BY dialled",
        "dialplan": "SELECT dialled, count(*) FROM fallback WHERE goto <> '' GROUP BY dialled",
    },
    "missed": {
        "times": f"""SELECT '', count(*) FROM (
            SELECT number, arrived AS at FROM call WHERE {UNANSWERED} UNION ALL
            SELECT number, at FROM fallback WHERE goto = '' AND id NOT IN (SELECT id FROM call)) AS lost
            WHERE NOT EXISTS (SELECT 1 FROM call WHERE call.number = lost.number AND connected IS NOT NULL
                AND arrived > lost.at)""",
    },
    "drops by outcome": {
        "calls": """SELECT outcome, count(*) FROM queue_wait WHERE outcome NOT IN ('', 'ANSWERED', 'WITHDRAWN')
            GROUP BY outcome""",
        "waited": """SELECT outcome, sum(ended - entered) FROM queue_wait
            WHERE outcome NOT IN ('', 'ANSWERED', 'WITHDRAWN') GROUP BY outcome""",
    },
    "closers by closer": {
        "handed": "SELECT closer, count(*) FROM handed GROUP BY closer",
        "consultations": "SELECT closer, sum(consulted) FROM handed GROUP BY closer",
        "taken": "SELECT closer, count(*) FROM handed WHERE closer <> '' GROUP BY closer",
        "abandoned": "SELECT closer, count(*) FROM handed WHERE closer = '' AND outcome = 'DROP' GROUP BY closer",
        "elsewhere": """SELECT closer, count(*) FROM handed WHERE closer = '' AND outcome NOT IN ('', 'DROP')
            GROUP BY closer""",
        "waited": "SELECT closer, sum(waited) FROM handed GROUP BY closer",
        "talk": CLOSED.format("state = 'INCALL' AND hold = 0"),
        "hold": CLOSED.format("hold = 1"),
        "dead": CLOSED.format("state = 'DEAD'"),
        "wrap_up": CLOSED.format("state = 'DISPO'"),
        "sales": CLOSER_GAVE.format(SALE),
        "contacts": CLOSER_GAVE.format(CONTACT),
    },
    "undispositioned by agent": {
        "calls": f"SELECT agent, count(*) FROM ({BARE}) GROUP BY agent",
        "length": f"SELECT agent, sum(length) FROM ({BARE}) GROUP BY agent",
    },
    "transfers by by": {
        "not_accepted": """SELECT agent, count(*) FROM receipt WHERE outcome = 'refused' AND kind IN ('BLIND_TRANSFER',
            'LOCAL_CLOSER', 'DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'LEAVE_3WAY_CALL', 'LEAVE_VM')
            GROUP BY agent""",
    },
}


@pytest.fixture(scope="module")
def month(day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month's database."""
    path = tmp_path_factory.mktemp("month") / "warmline.db"
    made_month.make(day, path, DAYS, SEED)
    return path


@pytest.fixture(scope="module")
def db(month: Path) -> Iterator[sqlite3.Connection]:
    """A connection to it, with each call in an in-group as a row of `offer`, and each handed one as one of `handed`."""
    with closing(sqlite3.connect(month)) as opened:
        opened.execute(f"CREATE TEMP TABLE offer AS {OFFERS}")
        opened.execute(f"CREATE TEMP TABLE handed AS {HANDED}")
        yield opened


@cache
def read(month: Path, report: str) -> Report:
    """Return a report of the month."""
    zone = ZoneInfo(made_day.ZONE)
    start, _ = written_time.day(made_day.DAY, zone, 0)
    end = start + 31 * made_month.DAY
    return report_table.find(report).read(month, ReportQuery(start=start, end=end, now=end, zone=zone))


@pytest.mark.parametrize("name", [f"{figure} of {report}" for report, own in QUERIES.items() for figure in own])
def test_a_figure_is_that_of_an_own_query(month: Path, db: sqlite3.Connection, name: str) -> None:
    figure, _, of = name.partition(" of ")
    report, _, key = of.partition(" by ")
    expected = {key_: value for key_, value in db.execute(QUERIES[of][figure]) if value}
    told: dict[Any, int] = {}
    found = read(month, report)
    for row in found.rows if key else [found.totals]:
        if row[figure]:  # several rows have one key where the report has more keys
            group = row[key] if key else ""
            before = told.get(group, 0)
            told[group] = max(before, row[figure]) if figure == "longest" else before + row[figure]
    if report == "drops":
        told.pop("FALLBACK", None)
    assert told == expected and expected, name


def test_the_month_is_longer_than_the_day(day: Path, month: Path) -> None:
    counts = []
    for path in (day, month):
        with closing(sqlite3.connect(path)) as db:
            counts.append(db.execute("SELECT count(*) FROM call").fetchone()[0])
    assert counts[1] > counts[0] * DAYS * 0.3
