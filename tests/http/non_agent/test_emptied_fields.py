"""Each field that a program empties is answered, and a change that is refused has changed nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import vector_site
from tests.http.non_agent.vector_site import DAY, USUAL, SetUps, insert
from tests.internals.non_agent import BLANK, FUNCTIONS, OWN

GIVEN = {
    "campaign_id": "TESTCAMP",
    "campaigns": "TESTCAMP",
    "lead_id": "123456",
    "list_id": "101",
    "phone_number": "3125550100",
    "agent_user": "1000",
    "call_id": "Y0001795168800000000",
    "group": "TESTCAMP",
    "local_call_time": "24hours",
}


@pytest.fixture
def site(base: Path, tmp_path: Path) -> Iterator[JsonSite]:
    """Provide a site of its own, on which a lead is before the others."""
    database = tmp_path / "warmline.db"
    database.write_bytes(base.read_bytes())
    with closing(sqlite3.connect(database)) as db, db:
        insert(db, "hopper_entry", {"lead_id": 123456, "campaign": "TESTCAMP", "priority": 0, "at": DAY, "by": "6666"})
    with vector_site.site(database, tmp_path / "run", [], SetUps()) as (made, _):
        yield made


def changed(site: JsonSite, **fields: str) -> tuple[str, int]:
    """Change the campaign; return the answer, and how many leads are before the others then."""
    told = vector_site.ask(site, USUAL | {"function": "update_campaign", "campaign_id": "TESTCAMP"} | fields)
    with closing(sqlite3.connect(site.database)) as db:
        return told, int(db.execute("SELECT count(*) FROM hopper_entry").fetchone()[0])


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_each_emptied_field_is_answered(site: JsonSite, function: str) -> None:
    for name in OWN.keys() - {"function"}:
        vector_site.ask(site, USUAL | GIVEN | {"function": function, name: BLANK})  # a failure is no page


def test_a_refused_change_leaves_the_hopper(site: JsonSite) -> None:
    told, waiting = changed(site, reset_hopper="Y", campaign_recording="SOMETIMES")
    assert (told.split()[0], waiting) == ("ERROR:", 1), told
    told, waiting = changed(site, reset_hopper="Y", campaign_name="Another name")
    assert ("HOPPER HAS BEEN RESET" in told, waiting) == (True, 0), told
