"""Writes of leads: the APIs ask one interface for them, and a repeated request writes once."""

import asyncio
import threading
from pathlib import Path

import pytest

from ari_app.records.record_writes import CreateLead, RecordThreads
from tests.copied_database import new_database
from warmline.store.leads import leads

NEW = {"phone_number": "7275551212", "first_name": "Ada"}


@pytest.fixture
def db(tmp_path: Path) -> str:
    new_database(tmp_path / "warmline.db")
    return str(tmp_path / "warmline.db")


async def test_a_request_that_comes_twice_at_once_creates_one_lead(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look, both = leads.made_by, threading.Barrier(2)

    def looked(path: str, request: leads.LeadRequest) -> leads.LeadOutcome | None:
        found = look(path, request)
        both.wait(10)  # both have found nothing
        return found

    monkeypatch.setattr(leads, "made_by", looked)
    writer = RecordThreads(db)
    same = [writer.write(CreateLead("999", NEW, "crm", "key", "said")) for _ in range(2)]
    made = await asyncio.gather(*same)
    assert [one.lead for one in made] == [row["lead_id"] for row in leads.page(db)] * 2
    other = [writer.write(CreateLead("999", NEW, "crm", "other", said)) for said in ("one", "another")]
    told = await asyncio.gather(*other, return_exceptions=True)
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "LeadOutcome"]
