"""Every report of a day of more than 220 calls: its bounds, filters and sums; test_random_month.py has its figures."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lab import configure
from tests.reports import made_day
from warmline.core.messages.commands import Kind
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.reports.agent_day import agent_day
from warmline.text import written_time

KEYS = {
    "day": ("kind", "group"),
    "interval": ("begins",),
    "agents": ("agent",),
    "closers": ("closer",),
    "transfers": ("by",),
    "dids": ("did",),
    "dispositions": ("status",),
    "callbacks": ("agent",),
    "missed": ("number",),
    "drops": ("ingroup", "outcome", "went"),
    "undispositioned": ("call",),
}
TOTAL = ((),)


def asked(**more: Any) -> ReportQuery:
    zone = ZoneInfo(made_day.ZONE)
    start, end = written_time.day(made_day.DAY, zone, 0)
    return ReportQuery(**{"start": start, "end": end, "now": end, "zone": zone} | more)


def read(path: Path, name: str, **more: Any) -> dict[Any, dict[str, Any]]:
    """Return the rows of a report by their keys, and the total row under TOTAL."""
    found = report_table.find(name).read(path, asked(**more))
    return {tuple(row[key] for key in KEYS[name]): row for row in found.rows} | {TOTAL: found.totals}


def test_every_report_is_compared() -> None:
    assert set(KEYS) == set(report_table.NAMES)


def test_hours_add_up_to_the_day_in_every_length(day: Path) -> None:
    whole = read(day, "day")[TOTAL]
    for by in report_table.find("interval").by:
        rows = read(day, "interval", by=by)
        assert {name: rows[TOTAL][name] for name in whole if name in rows[TOTAL]} == {
            name: value for name, value in whole.items() if name in rows[TOTAL]
        }
        starts = [key[0] for key in rows if key != TOTAL]
        assert starts == sorted(set(starts))


@pytest.mark.parametrize("name", ["day", "dids", "dispositions", "closers", "transfers", "missed", "drops"])
def test_two_halves_of_a_day_add_up_to_it(day: Path, name: str) -> None:
    noon = asked().start + 12 * 3600 * 1_000_000
    morning, evening, whole = read(day, name, end=noon), read(day, name, start=noon), read(day, name)
    for one in ("calls", "offered", "answered", "handed", "warm", "failed", "times"):
        if one in whole[TOTAL] and name != "missed":
            assert morning[TOTAL][one] + evening[TOTAL][one] == whole[TOTAL][one], one


def test_an_agents_day_has_the_codes_of_the_report(day: Path) -> None:
    """A correction counts in both."""
    given = asked()
    agents = {agent: row["codes"] for (agent,), row in list(read(day, "agents").items())[:-1]}
    assert agents == {agent: agent_day(day, agent, given.start, given.end).dispositions for agent in agents} != {}


@pytest.mark.parametrize("name", KEYS)
def test_a_bound_hides_the_calls_of_other_agents(day: Path, name: str) -> None:
    none = read(day, name, seen=(), unassigned=False)
    assert list(none) == [TOTAL]
    own = read(day, name, seen=("1002",), unassigned=False)
    if name == "agents":
        assert list(own) == [("1002",), TOTAL]
    every = ("1000", "1001", "1002", "1003", "1004")
    assert read(day, name, seen=every, unassigned=True) == read(day, name)


def test_a_user_group_has_its_calls_and_the_lost_ones_of_its_in_groups(day: Path) -> None:
    east, west = (read(day, "day", group=name) for name in ("EAST", "WEST"))
    whole = read(day, "day")
    sales = ("in", "SALESLINE")
    assert east["in", "BACKLINE"] == whole["in", "BACKLINE"] and ("in", "BACKLINE") not in west
    assert east[sales]["abandoned"] == whole[sales]["abandoned"] > 0 == west[sales]["abandoned"]
    assert west["in", "OVERFLOW"] == whole["in", "OVERFLOW"] and ("in", "OVERFLOW") not in east
    assert [key for key in read(day, "agents", group="WEST") if key != TOTAL] == [("1002",), ("1003",)]


def test_each_filter_leaves_only_its_calls(day: Path) -> None:
    whole = read(day, "day")
    assert list(read(day, "day", ingroup="CLOSERS")) == [("in", "CLOSERS"), TOTAL]
    assert read(day, "day", ingroup="CLOSERS")["in", "CLOSERS"] == whole["in", "CLOSERS"]
    assert list(read(day, "day", agent="1004")) == [("out", "TESTCAMP"), TOTAL]
    assert read(day, "day", campaign="TESTCAMP")[TOTAL]["answered"] == whole[TOTAL]["answered"]
    assert read(day, "dispositions", agent="1004")[TOTAL]["calls"] == whole["out", "TESTCAMP"]["dialled"]


def test_undispositioned_lists_calls_that_transfer_no_dispo_skipped(tmp_path: Path) -> None:
    """One goes to a closer who is asked, one out; a third is skipped too, and then corrected by a manager."""
    path = tmp_path / "warmline.db"
    spares = ("campaign", "TESTCAMP", {"transfer_no_dispo": "LOCAL_AND_LEAVE3WAY"})
    configure.fill(path, [*made_day.CHANGES, spares])
    day = made_day.MadeDay(path)
    day.log_all_in()
    skipped = {}
    for kind, wanted in (
        (Kind.LOCAL_CLOSER, {"ingroup": "CLOSERS"}),
        (Kind.DIAL_WITH_CUSTOMER, {"number": "8500"}),
        (Kind.LOCAL_CLOSER, {"ingroup": "CLOSERS"}),
    ):
        channel, agent = day.taken()
        call = day.call_of(channel).id
        day.talk()
        day.must(kind, agent, **wanted)
        if kind is Kind.DIAL_WITH_CUSTOMER:
            day.talk()
            day.must(Kind.LEAVE_3WAY_CALL, agent)
        skipped[call] = agent
        closer = day.agent_of(channel)
        day.talk()
        day.hang_up(channel)
        if closer:
            day.code(closer)
    day.must(Kind.SET_STATUS, agent, call=call, status="DEC", why="it was no transfer")
    day.close()
    del skipped[call]
    rows = read(path, "undispositioned")
    total = rows.pop(TOTAL)
    assert {key[0]: (row["agent"], row["skipped"]) for key, row in rows.items()} == {
        call: (agent, "transfer_no_dispo") for call, agent in skipped.items()
    }
    assert total["calls"] == len(skipped) == 2
