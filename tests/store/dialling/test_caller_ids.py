"""The number that a lead sees: by area, by state, the least used of today, or that of the list or the campaign."""

from pathlib import Path

from tests.leads.dialled_leads import (
    CALIFORNIA,
    FLORIDA,
    NOON,
    SHOWN,
    TEXAS,
    add,
    add_many,
    automatic_call,
    chosen,
    filled,
    prepare,
    writing,
)
from warmline.core.model import ids
from warmline.store.configuration import config
from warmline.store.dialling import lead_explanation

HOUR = 3600_000_000
GROUP = "305:3055550001,30555:3055550002,+1213:2135550003,FL:8505550004,8005550006,8005550005"


def shown(db: Path, **used: dict[str, int]) -> list[str]:
    """Return the numbers that the next leads see."""
    return [one.caller_id for one in filled(db, **used).leads]


def grouped(db: Path, per_day: str = "100", group: str = GROUP, **options: str) -> None:
    config.create(db, "cid-group", "EAST", {"caller_ids": group, "calls_per_day": per_day}, who="test")
    prepare(db, cid_group="EAST", **options)


def seen(db: Path, number: str, moment: int, calls: int = 1) -> None:
    """Write automatic calls that showed this number."""
    for serial in range(calls):
        name = ids.encode((moment // 1000 << 80) + serial)
        automatic_call(db, 0, "2025550100", moment, "NA", name=name, caller_id=number)


def test_the_longest_area_comes_first_then_the_state_then_any_number(db: Path) -> None:
    grouped(db)
    for number in ("3055550100", "3052550101", "2135550102", "8505550103", "2145550104", "2145550105", "2145550106"):
        add(db, number)
    assert shown(db) == [
        "3055550002", "3055550001", "2135550003", "8505550004", "8005550005", "8005550006", "8005550005",
    ]  # fmt: skip


def test_each_number_is_shown_so_often_a_day_and_then_the_next(db: Path) -> None:
    grouped(db, "2", "305:3055550001,8005550005")
    add_many(db, *[FLORIDA] * 6)
    first, any_lead = "3055550001", "8005550005"
    assert shown(db) == [first] * 2 + [any_lead] * 2 + [SHOWN] * 2
    seen(db, first, NOON - HOUR)
    seen(db, any_lead, NOON - 24 * HOUR, calls=2)
    assert shown(db) == [first] + [any_lead] * 2 + [SHOWN] * 3
    assert shown(db, shown={first: 1}) == [any_lead] * 2 + [SHOWN] * 4, "proposals count that are not on record yet"


def test_calls_of_today_count_after_a_clock_was_a_year_ahead(db: Path) -> None:
    grouped(db, "2", "305:3055550001,8005550005")
    add_many(db, *[FLORIDA] * 4)
    first, any_lead, year = "3055550001", "8005550005", 365 * 24 * HOUR
    seen(db, first, NOON - 2 * HOUR)
    seen(db, any_lead, NOON + year - HOUR // 2, calls=2)
    with writing(db) as opened:
        opened.execute("INSERT INTO clock_correction VALUES (?, ?)", [NOON + year - HOUR, -year])
    assert shown(db) == [first] + [SHOWN] * 3
    assert [one.caller_id for one in filled(db, NOON + 24 * HOUR).leads] == [first] * 2 + [any_lead] * 2


def test_without_a_number_that_may_be_shown_no_lead_is_dialled(db: Path) -> None:
    grouped(db, "1", "8005550005", campaign_cid="0000000000")
    one, other = add_many(db, TEXAS, TEXAS)
    assert chosen(db) == [one] and chosen(db, by_hand=True) == [one, other]
    seen(db, "8005550005", NOON - HOUR)
    answers = {rule.rule: rule.why for rule in lead_explanation.explain(db, one, NOON).main.rules}
    assert answers["caller id"] == "campaign SALES has no caller id that may be shown today"


def test_the_numbers_of_lead_and_list_are_shown(db: Path) -> None:
    prepare(db, use_custom_cid="Y")
    config.set_options(db, "list", "101", {"campaign_cid_override": "2145550009"}, who="test")
    for number, phrase in (("2145550100", "(214) 555-0007"), ("2145550101", "secret word"), ("2145550102", "")):
        add(db, number, security_phrase=phrase)
    assert shown(db) == ["2145550007", "2145550009", "2145550009"]
    config.set_options(db, "campaign", "SALES", {"use_custom_cid": "N"}, who="test")
    assert shown(db) == ["2145550009"] * 3


def test_a_number_of_another_area_than_the_leads_is_not_shown(db: Path) -> None:
    grouped(db, group="305:3055550001,TX:2145550002")
    add_many(db, CALIFORNIA)
    assert shown(db) == [SHOWN]
