"""A program that records without end, to be killed: python -m tests.store.busy_app DATABASE.

It prints the time of each entry that is on disk; its entries are 1, 2, 3 … for a few calls in turn.
"""

import asyncio
import sys
from dataclasses import replace

from tests.store.records import CALL
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter


def entry(at: int) -> JournalEntry:
    """Return an input that changed a call; each seventh ends it."""
    ended = at if at % 7 == 0 else None
    call = replace(CALL, id=f"01CALL{at % 5}", number=str(at), ended=ended)
    return JournalEntry(at, "Change", call.id, payload=call, changes=((call, ended is None),))


async def run(path: str) -> None:
    journal = JournalWriter(path)
    journal.open()
    at = journal.last_time()
    while True:
        entries = [entry(at + step) for step in range(1, 4)]
        at += 3
        futures = [journal.record([one]) for one in entries]
        await asyncio.gather(*futures)
        print(at, flush=True)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
