"""The first campaign after a move dials as the old one would have: its order, its limits and its recycling."""

from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.imports.vicidial.centre import written
from tests.cli.imports.vicidial.shop import CLOCK, SHOP, ZONE
from tests.leads.dialled_leads import at, filled
from warmline.store.dialling import lead_explanation
from warmline.system.database_address import DatabaseAddress

NOON = at("2026-11-23T12:00", CLOCK)
MINUTE, DAY = 60_000_000, 86_400_000_000


@pytest.fixture
def db(run: Run, database: Path | DatabaseAddress, tmp_path: Path) -> Path | DatabaseAddress:
    """Provide a database into which the shop is imported by the commands."""
    dump, files = str(written(tmp_path, SHOP)), str(tmp_path / "converted")
    for words in (
        ("import", "vicidial", dump, "--to", files),
        ("config", "apply", files, "--yes"),
        ("import", "vicidial-rows", dump, "--from", files, "--source-timezone", ZONE),
    ):
        code, _, err = run(*words)
        assert code == 0, err
    return database


def dialled(db: Path | DatabaseAddress, moment: int) -> list[int]:
    """Return the leads that the campaign would dial at a moment, in order."""
    return [one.lead for one in filled(db, moment).leads]


def why_not(db: Path, lead: int, moment: int = NOON) -> list[str]:
    """Return the rules that forbid a lead at a moment."""
    return [rule.rule for rule in lead_explanation.explain(db, lead, moment).main.rules if rule.why]


def test_first_leads_are_those_of_the_old_order_and_recycling(db: Path) -> None:
    recycled, by_count_and_newest = [4], [2, 1, 3]
    assert dialled(db, NOON) == [*recycled, *by_count_and_newest]
    assert dialled(db, NOON + 31 * MINUTE) == [4, 5, *by_count_and_newest], "the delay of recycling counts on"
    assert {one.caller_id for one in filled(db, NOON).leads} == {"3125550199"}


def test_limits_count_the_calls_of_the_old_system(db: Path) -> None:
    expected = {
        6: ["status"], 7: ["calls in all"], 8: ["calls in a day"], 9: ["calls in 24 hours"],
        10: ["wait after a drop"], 11: ["status"], 12: ["do-not-call"],
    }  # fmt: skip
    assert {lead: why_not(db, lead) for lead in expected} == expected
    assert dialled(db, NOON + DAY) == [4, 5, 2, 1, 8, 3, 9], "both limits of calls are over the next day"
    assert dialled(db, NOON + 3 * DAY) == [4, 5, 2, 1, 10, 8, 3, 9], "drop_lockout_time is over"
