"""A receipt is found by its id, or by its sender and key, without reading all receipts."""

import asyncio
from dataclasses import replace
from pathlib import Path

from tests.store.records import RECEIPT, entry
from warmline.store.journal import receipt_lookup
from warmline.store.journal.journal_writer import JournalWriter

FIRST = replace(RECEIPT, id="01A", key="k1", by="crm", requested=10, ended=11)
AGAIN = replace(RECEIPT, id="01B", key="k1", by="crm", requested=20, ended=21)
OTHER = replace(RECEIPT, id="01C", key="k1", by="toolbar", requested=5, ended=6)
WITHOUT = replace(RECEIPT, id="01D", key="", by="crm", requested=1, ended=2)


def write(path: Path) -> None:
    async def run() -> None:
        journal = JournalWriter(path)
        journal.open()
        await journal.record([entry(30, *((one, False) for one in (FIRST, AGAIN, OTHER, WITHOUT)))])
        journal.close()

    asyncio.run(run())


def test_the_first_with_a_key_is_found(db: Path) -> None:
    write(db)
    assert receipt_lookup.find(db, "01D") == WITHOUT
    assert receipt_lookup.find(db, "01E") is None
    assert receipt_lookup.find_by_key(db, "crm", "k1") == FIRST
    assert receipt_lookup.find_by_key(db, "toolbar", "k1") == OTHER
    assert receipt_lookup.find_by_key(db, "crm", "k2") is None
    assert receipt_lookup.find_by_key(db, "crm", "") is None
