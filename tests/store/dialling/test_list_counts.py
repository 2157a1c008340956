"""The counts of a list agree with its leads, and with what the dialler does with them."""

from pathlib import Path

from tests.leads.dialled_leads import FLORIDA, NOON, add_many, automatic_call, chosen, prepare
from warmline.store.configuration import config
from warmline.store.dialling import list_counts
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
