"""The lead of a caller; the look-up delays no other call."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ari_app.calls.lead_lookup import LeadLookup
from tests.soak import examples
from warmline.core.messages.dialler_messages import FindLead
from warmline.core.messages.events import Event
from warmline.leads import phone_numbers
from warmline.store.database.database import connect
from warmline.store.database.errors import NotFound
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.leads import leads, number_reads

NONE_KNOWN = "0000000"  # the number of leads without one, in lists that require it
LISTS = {"998": "Y", "999": "Y", "OLD": "N"}
HEADS = ("", "0", "1", "312", "1312", "01312", "91312")
WRITTEN = [head + tail for head in HEADS for tail in (NONE_KNOWN, "5550123", "0550123", "1000")]
CODES = ("", "1", "1312")


@contextmanager
def opened(db: Path) -> Iterator[sqlite3.Connection]:
    """Provide a database with the lists, in a transaction that is rolled back."""
    with closing(connect(db)) as made:
        made.row_factory = sqlite3.Row
        made.execute("BEGIN")
        made.executemany(
            "INSERT INTO list (id, active) VALUES (?, ?) ON CONFLICT DO UPDATE SET active = excluded.active",
            LISTS.items(),
        )
        yield made
        made.execute("ROLLBACK")


def test_a_lead_is_the_callers_if_the_numbers_are_the_same(db: Path) -> None:
    with opened(db) as connection:
        for code, number, caller in product(CODES, WRITTEN, WRITTEN):
            connection.execute("DELETE FROM lead")
            lead = leads.insert(connection, "999", {"phone_code": code, "phone_number": number}, "test")
            same = number[-phone_numbers.TAIL :] == caller[-phone_numbers.TAIL :] and phone_numbers.is_of(
                caller, code, number
            )
            found = leads.of_caller(connection, caller, "CIDLOOKUP", "999")
            assert (found == lead) is same, (caller, code, number)


@pytest.mark.parametrize(
    ("last_calls", "meant"), [((1, 3, 2, None), 1), ((3, 1, None), 0), ((2, 2, 1), 1), ((None, None), 1)]
)
def test_of_several_the_one_last_talked_to_is_meant_then_the_newest(
    db: Path, last_calls: tuple[int | None, ...], meant: int
) -> None:
    with opened(db) as connection:
        made = [leads.insert(connection, "999", {"phone_number": "8005551234"}, "test") for _ in last_calls]
        connection.executemany("UPDATE lead SET last_call = ? WHERE lead_id = ?", zip(last_calls, made, strict=True))
        assert leads.of_caller(connection, "8005551234", "CIDLOOKUP", "999") == made[meant]


def test_the_lead_is_the_first_of_those_that_are_the_same(db: Path) -> None:
    lead = st.tuples(
        st.sampled_from(sorted(LISTS)),
        st.sampled_from(CODES),
        st.sampled_from(WRITTEN),
        st.sampled_from([None, 1, 2]),
    )
    with opened(db) as connection:

        @settings(max_examples=examples(75, by_night=300), database=None, derandomize=True)
        @given(st.lists(lead, max_size=8), st.sampled_from(WRITTEN), st.sampled_from(["", "998"]))
        def found(known: list[tuple[str, str, str, int | None]], caller: str, wanted: str) -> None:
            connection.execute("DELETE FROM lead")
            made = 0
            for list_id, code, number, last_call in known:
                made = leads.insert(connection, list_id, {"phone_code": code, "phone_number": number}, "test")
                connection.execute("UPDATE lead SET last_call = ? WHERE lead_id = ?", [last_call, made])
            alike = number_reads.find_leads(connection, caller, wanted)
            same = [row["lead_id"] for row in alike if LISTS[row["list_id"]] == "Y"]
            lead = leads.of_caller(connection, caller, "CIDLOOKUPRL" if wanted else "CIDLOOKUP", wanted or "999")
            assert lead == same[0] if same else lead > made, "else it is a new one"

        found()


@pytest.mark.parametrize("problem", [NotFound("entity_unknown", "list '77' does not exist"), ValueError("a bug")])
async def test_a_call_with_a_failed_lead_search_is_named(
    db: Path, problem: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> int:
        raise problem

    monkeypatch.setattr(leads, "of_caller", fails)
    posted: list[Event] = []
    journal = JournalWriter(db)
    journal.open()
    try:
        LeadLookup(journal, posted.append).find(FindLead("C1", "8005551234", "CIDLOOKUP", "999"))
        await journal.do(lambda db: None)
    finally:
        journal.close()
    [told] = caplog.records
    assert (told.getMessage(), told.call) == (f"the call has no lead: {problem}", "C1")  # type: ignore[attr-defined] # `extra`
    assert bool(told.exc_info) is isinstance(problem, ValueError), "only an unexpected error has a trace"
    assert posted == []
