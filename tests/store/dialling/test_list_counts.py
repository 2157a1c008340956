"""The counts of a list agree with its leads, and with what the dialler does with them."""

from collections import Counter
from pathlib import Path

import pytest

from tests.leads.dialled_leads import FLORIDA, NOON, add_many, automatic_call, chosen, prepare
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper_counts, list_counts
from warmline.store.dialling.hopper_counts import LeadCount
from warmline.store.dialling.list_counts import ListCounts
from warmline.store.leads import dnc, leads, list_reset

MANY = 20_000
FILL = """
    INSERT INTO lead (list_id, entry_date, modify_date, phone_code, phone_number, status, called_count, passes,
        time_zones, jurisdictions)
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :many)
    SELECT '101', 0, 0, '1', 3050000000 + i, iif(i % 10 < 7, 'NEW', iif(i % 10 < 9, 'NA', 'SALE')),
        iif(i % 10 < 7, 0, 1 + i % 7), iif(i % 10 < 7, 0, i % 2), 'America/New_York', 'US|US-FL' FROM n
"""


def test_the_leads_of_one_list_are_counted(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NI")
    config.create(db, "list", "102", {"campaign": "SALES", "country": "US"}, who="test")
    first, second, third, _ = add_many(db, FLORIDA, FLORIDA, FLORIDA, FLORIDA)
    add_many(db, FLORIDA, list_id="102")
    automatic_call(db, first, "13055550100", NOON, "NI", name="C1")
    automatic_call(db, second, "13055550101", NOON, "SALE", name="C2")
    list_reset.reset(db, "101")
    automatic_call(db, first, "13055550100", NOON, "NI", name="C3")
    dnc.add(db, "3055550102", "", who="test")
    found = list_counts.count(db, "101", NOON)
    assert found[:5] == ("101", "SALES", 4, 2, 1) and found.penetration() == 25
    assert found.statuses == [("NEW", 0, 2), ("NI", 2, 1), ("SALE", 1, 1)]
    assert found.zones == (("America/New_York", 4),)
    assert {one.list_id for one in found.now} == {"101"}
    assert {one.why: one.leads for one in found.now} == {
        "": 1,
        "on a do-not-call list": 1,
        "called since the last reset of the list": 1,
        "status SALE is not in dial_statuses": 1,
    }
    assert third not in chosen(db)


def test_leads_are_counted_by_time_zone(db: Path) -> None:
    config.create(db, "list", "103", {"country": "US"}, who="test")
    for number, zones in enumerate(("America/Chicago", "", "America/Chicago|America/New_York", "America/Chicago")):
        leads.create(db, "103", {"phone_number": f"305555010{number}", "time_zones": zones}, who="test")
    by_zone = list_counts.count(db, "103", NOON).zones
    assert by_zone == (("America/Chicago", 2), ("America/Chicago|America/New_York", 1), ("America/New_York", 1))
    assert list_counts.total("", [list_counts.count(db, "103", NOON)] * 2).zones[0] == ("America/Chicago", 4)


def test_a_list_without_a_campaign_or_leads_is_counted(db: Path) -> None:
    config.create(db, "list", "103", {}, who="test")
    assert list_counts.count(db, "103", NOON) == ("103", "", 0, 0, 0, [], [], None, None, ())
    assert list_counts.count(db, "103", NOON).penetration() == 0
    with pytest.raises(NotFound):
        list_counts.count(db, "104", NOON)


def test_the_lists_of_a_campaign_are_counted_as_each_alone(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NI")
    config.create(db, "list", "102", {"campaign": "SALES", "country": "US"}, who="test")
    config.create(db, "list", "103", {"campaign": "SALES", "active": "N"}, who="test")
    config.create(db, "list", "104", {}, who="test")
    first, *_ = add_many(db, FLORIDA, FLORIDA, FLORIDA)
    second, _ = add_many(db, FLORIDA, FLORIDA, list_id="102")
    for list_id in ("103", "104"):
        add_many(db, FLORIDA, list_id=list_id)
    for lead in (first, second):
        automatic_call(db, lead, f"1305555010{lead - 1}", NOON, "NI", name=f"C{lead}")
    found = list_counts.of_campaign(db, "SALES", NOON)
    assert found == [list_counts.count(db, name, NOON) for name in ("101", "102", "103")]
    total = list_counts.total("SALES", found)
    assert total[:5] == ("", "SALES", 6, 2, 2) and total.penetration() == 33.3
    assert total.statuses == [("NEW", 0, 4), ("NI", 1, 2)]
    with reading(db) as opened:
        alike = hopper_counts.count(opened, dial_plan.load(opened, "SALES"), NOON)
    assert sum(one.leads for one in total.now) == total.leads
    assert Counter({one.why: one.leads for one in total.now}) == sum(
        (Counter({one.why: one.leads}) for one in alike), Counter[str]()
    )
    assert {one.why: one.leads for one in total.now}[""] == 3


def test_a_campaign_without_lists_is_counted_and_an_unknown_one_refused(db: Path) -> None:
    config.create(db, "campaign", "EMPTY", {}, who="test")
    assert list_counts.of_campaign(db, "EMPTY", NOON) == []
    assert list_counts.total("EMPTY", []) == ("", "EMPTY", 0, 0, 0, [], [], None, None, ())
    with pytest.raises(NotFound):
        list_counts.of_campaign(db, "NOWHERE", NOON)


def test_the_total_of_a_rule_changes_with_the_first_of_its_leads() -> None:
    def one(name: str, until: int | None) -> ListCounts:
        return ListCounts(name, "SALES", 2, 0, 0, [], [LeadCount(name, "list", "not yet", 2, until)])

    found = list_counts.total("SALES", [one("101", 7), one("102", None), one("103", 5)])
    assert found.now == [LeadCount("", "list", "not yet", 6, 5)]
