"""The names, numbers and times in a history that questions about it need."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.leads.dialled_leads import NOON
from warmline.store.database.database import connect

HOUR = 3_600_000_000
DIALLED = "SELECT lead_id, phone_number FROM lead ORDER BY lead_id % 5, lead_id LIMIT 40"


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """Some calls, leads and numbers of a history, and its period in microseconds. `noon` is in the hours of leads."""

    start: int
    end: int
    noon: int
    calls: list[str]
    attempts: list[str]
    recordings: list[str]
    agents: list[str]
    numbers: list[str]
    leads: list[int]
    dialled: list[tuple[int, str]]

    @property
    def call(self) -> str:
        return self.calls[len(self.calls) // 2]

    @property
    def number(self) -> str:
        return self.numbers[0]

    @property
    def lead(self) -> int:
        return self.leads[0] if self.leads else 1


def facts_of(database: Path) -> HistoryFacts:
    """Return facts of a history in a file."""
    with closing(connect(database)) as db:

        def column(sql: str) -> list[Any]:
            return [one for (one,) in db.execute(sql)]

        [[start, end]] = db.execute("SELECT min(at), max(at) FROM journal")
        return HistoryFacts(
            start,
            end + HOUR,
            NOON,
            column("SELECT id FROM call ORDER BY id LIMIT 60"),
            column("SELECT call FROM attempt ORDER BY call LIMIT 40"),
            column("SELECT id FROM recording ORDER BY id LIMIT 20"),
            column("SELECT DISTINCT agent FROM agent_session ORDER BY agent"),
            column("SELECT DISTINCT number FROM call WHERE number <> '' ORDER BY number LIMIT 25"),
            column("SELECT lead_id FROM lead ORDER BY lead_id % 7, lead_id LIMIT 40"),
            [(int(lead), number) for lead, number in db.execute(DIALLED)],
        )
