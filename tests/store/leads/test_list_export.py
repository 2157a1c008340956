"""The leads of a list with their last call, page by page."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import FLORIDA, NOON, add_many, call, prepare, writing
from tests.wording.said import refused
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.leads import list_export

SECOND = 1_000_000


def test_each_lead_has_its_last_call(db: Path) -> None:
    prepare(db)
    config.create(db, "list", "102", {"country": "US"}, who="test")
    first, second = add_many(db, FLORIDA, FLORIDA)
    add_many(db, FLORIDA, list_id="102")
    later, talk = NOON + 100 * SECOND, {"connected": NOON + 110 * SECOND, "ended": NOON + 152 * SECOND}
    call(db, first, "13055550100", later, "SALE", name="C2", last_agent="1001", **talk)
    call(db, first, "13055550100", NOON, "NI", name="C1", last_agent="1000")
    found = list_export.page(db, "101")
    assert [row["lead_id"] for row in found] == [first, second]
    assert {name: found[0][name] for name in list_export.OF_CALL} == {
        "call": "C2",
        "agent": "1001",
        "call_number": "13055550100",
        "talk_time": 42,
    }
    assert [found[1][name] for name in list_export.OF_CALL] == ["", "", "", None]
    assert set(list_export.COLUMNS) <= set(found[0])


def test_a_filter_chooses_leads_by_their_own_status(db: Path) -> None:
    prepare(db)
    first, second, third = add_many(db, FLORIDA, FLORIDA, FLORIDA)
    call(db, first, "13055550100", NOON, "NI", name="C1")
    with writing(db) as opened:
        opened.execute("UPDATE lead SET status = 'SALE' WHERE lead_id = ?", [first])
    assert [row["lead_id"] for row in list_export.page(db, "101", "status=SALE")] == [first]
    assert list_export.page(db, "101", "status=NI") == []
    assert [row["lead_id"] for row in list_export.page(db, "101", "status=SALE or last_call=")] == [
        first,
        second,
        third,
    ]
    with refused(OptionError, "leads_where_invalid"):
        list_export.page(db, "101", "state=TX or")
    with pytest.raises(NotFound):
        list_export.page(db, "888")
