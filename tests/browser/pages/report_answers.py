"""Answers of the API for the page of the reports: the real table of reports, and rows with invented figures."""

from typing import Any

import msgspec

from tests.browser.overviews import ME
from tests.internals.browser import FIGURES, RIGHTS, Form, Row, UserRole, daily_reports, report, report_table, told

MINUTE = 60_000_000  # microseconds
EIGHT = 1_795_158_000_000_000  # 2026-11-20 08:00 in Berlin
MANAGER: dict[str, Any] = ME | {
    "user": "mia",
    "full_name": "Mia Lang",
    "role": "manager",
    "agent": "",
    "rights": {scope: reach[UserRole.MANAGER] for scope, reach in RIGHTS.items()},
}
USUAL: dict[Form, Any] = {
    Form.TEXT: "",
    Form.KEY: "",
    Form.COUNT: 0,
    Form.LENGTH: 0,
    Form.TIME: None,
    Form.COUNTS: {},
    Form.LENGTHS: {},
}
QUEUES = (
    ("in", "SALESLINE", "Sales", 412, 371, 22, 12, 340),
    ("in", "SUPPORTLINE", "Support", 288, 240, 31, 9, 201),
    ("in", "BILLING", "Billing", 96, 90, 3, 1, 88),
    ("in", "VIPLINE", "", 12, 12, 0, 0, 12),
    ("out", "TESTCAMP", "Callbacks and dials by hand", 0, 0, 0, 0, 0),
)
KINDS = ("ingroup", "campaign", "agent", "user-group", "disposition")  # of the configuration
AGENTS = ("Anna Berg", "Cem Kaya", "Dora Lenz", "Emil Sand", "Fay Wong", "Gus Holm", "Hedy Roth", "Ivo Petrov")


def answers(markup: str = "") -> dict[str, tuple[int, Any]]:
    """Return what the API answers by path. `markup` stands in place of every stored name."""
    kinds = [daily_reports._kind(report_table.find(name)) for name in report_table.NAMES]
    made = {
        "day": _answer("day", [_queue(*one, name=markup) for one in QUEUES], ("kind", "group")),
        "interval": _answer("interval", [_half_hour(n) for n in range(20)], ("begins",)),
        "agents": _answer("agents", [_agent(n, markup or name) for n, name in enumerate(AGENTS)], ("agent",)),
        "callbacks": _answer("callbacks", [{"agent": "1001", "name": markup}, {"agent": "", "name": ""}], ("agent",)),
        "missed": _answer("missed", [_missed(n, markup) for n in range(3)], ("number",)),
    }
    none = {name: _answer(name, [], ()) for name in report_table.NAMES if name not in made}
    names = [{"name": one[1], "options": {"group_name": markup or one[2]}} for one in QUEUES[:4]]
    listed = {f"config/{kind}": (200, names) for kind in KINDS}
    return {
        "reports": (200, msgspec.to_builtins(kinds)),
        **{f"reports/{name}": (200, one) for name, one in (made | none).items()},
        **listed,
    }


def _answer(name: str, rows: list[Row], keys: tuple[str, ...]) -> dict[str, Any]:
    columns = report_table.find(name).columns
    whole = [{one: _usual(one) for one in columns if not FIGURES[one].below} | row for row in rows]
    made = report(whole, columns, keys)
    return {
        "since": "2026-11-19T23:00:00.000000+00:00",
        "until": "2026-11-20T17:04:00.000000+00:00",
        "timezone": "Europe/Berlin",
        "rows": [told(row) for row in made.rows],
        "totals": told(made.totals),
    }


def _usual(name: str) -> Any:
    return [] if name == "wait_p90" else USUAL[FIGURES[name].form]


def _queue(
    kind: str, group: str, title: str, offered: int, answered: int, lost: int, left: int, in_time: int, *, name: str
) -> Row:
    return {
        "kind": kind,
        "group": group,
        "name": name or title,
        "calls": offered or 64,
        "offered": offered,
        "answered": answered,
        "abandoned": lost,
        "elsewhere": left,
        "in_time": in_time,
        "judged": offered,
        "waited": offered * MINUTE // 3,
        "answer_waited": answered * MINUTE // 4,
        "wait_p90": [MINUTE],
        "longest": 5 * MINUTE,
        "dialled": 0 if offered else 64,
        "reached": 0 if offered else 41,
        "handled": answered or 41,
        "talk": (answered or 41) * 3 * MINUTE,
        "wrap_up": (answered or 41) * MINUTE // 2,
        "sales": answered // 7,
        "contacts": answered // 2,
    }


def _half_hour(n: int) -> Row:
    offered = (4, 9, 17, 26, 38, 44, 41, 36, 22, 18, 25, 34, 39, 37, 31, 28, 20, 12, 6, 3)[n]
    row = _queue("in", "", "", offered, offered - offered // 6, offered // 9, offered // 20, offered // 2, name="")
    return {name: value for name, value in row.items() if name not in ("kind", "group", "name")} | {
        "begins": EIGHT + 30 * n * MINUTE
    }


def _agent(n: int, name: str) -> Row:
    return {
        "agent": str(1000 + n),
        "name": name,
        "login": EIGHT + n * MINUTE,
        "logout": EIGHT + (480 - n) * MINUTE,
        "logged_in": (480 - 2 * n) * MINUTE,
        "calls": 61 - 3 * n,
        "talk": (240 - 11 * n) * MINUTE,
        "hold": 9 * MINUTE,
        "wrap_up": (41 + 3 * n) * MINUTE,
        "wait": (90 + n) * MINUTE,
        "pause": (45 + 2 * n) * MINUTE,
        "sales": 14 - n,
        "contacts": 40 - 2 * n,
        "codes": {"SALE": 14 - n, "NI": 20 - n},
        "pauses": {"LUNCH": 30 * MINUTE},
    }


def _missed(n: int, name: str) -> Row:
    return {
        "number": f"4930555{n}000",
        "last": EIGHT + n * MINUTE,
        "callers": 1,
        "times": n + 1,
        "ingroup": name or "SALESLINE",
        "reason": "DROP",
        "waited": MINUTE,
        "call": f"01JD{n}",
    }
