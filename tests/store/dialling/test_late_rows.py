"""A call whose beginning and end are written together, as after a late disk, does the same to its lead."""

from pathlib import Path
from typing import Any

import pytest

from tests.leads.dialled_leads import NOON, add, prepare, writing
from warmline.core.calls.lead import lead_outcome
from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.replace import replace
from warmline.store.journal import projections
from warmline.store.leads import leads

REFUSED = lead_outcome.ENDED_BY_REFUSAL


def begun(lead: int, number: str, **more: Any) -> Call:
    """Return a call that the dialler has begun."""
    return Call(
        id=f"CALL{lead}",
        agc_id="V",
        direction=Direction.OUT,
        state=State.CALLING,
        since=NOON,
        arrived=NOON,
        number=number,
        lead=lead,
        **{"origin": Origin.DIALLER, "attempt": Attempt(list_id="101", source="list")} | more,
    )


def write(db: Path, *records: Call) -> None:
    with writing(db) as opened:
        for record in records:
            for _, statement, values in projections.rows(record):
                opened.execute(statement, values)


@pytest.mark.parametrize(
    ("status", "ended_by"),
    [("ERI", "trunk"), ("NA", ""), ("AB", ""), ("SALE", "agent"), ("DNCL", REFUSED), ("", REFUSED), ("", "customer")],
)
@pytest.mark.parametrize("by", [Origin.DIALLER, Origin.AGENT])
def test_one_row_does_the_same_to_a_lead_as_two(db: Path, status: str, ended_by: str, by: Origin) -> None:
    prepare(db, auto_alt_dial="ALT_ONLY", auto_alt_dial_statuses="NA", recycle="ERI:60:3,AB:120:2")
    kinds = {"origin": by, "attempt": Attempt(list_id="101", source="list") if by is Origin.DIALLER else Attempt()}
    found = []
    for number in ("3055550100", "3055550101"):
        lead = add(db, number, alt_phone="213-555-0101")
        first = begun(lead, f"1{number}", **kinds)
        outcome = CallOutcome(status=status, ended_by=ended_by, last_agent="1000")
        last = replace(first, state=State.ENDED, ended=NOON, outcome=outcome)
        write(db, *((first, last) if number.endswith("0") else (last,)))
        row = leads.find(db, lead)
        found.append([row[name] for name in ("status", "user", "called_count", "passes", "next_try", "next_number")])
    assert found[0] == found[1]
    if status == "ERI":
        assert found[1][:5] == ["ERI", "1000", 1, 1, NOON + 60 * 60_000_000]


def test_a_lead_that_is_found_with_the_disposition_has_its_status(db: Path) -> None:
    prepare(db, recycle="AB:120:2")
    lead = add(db, "3055550100")
    call = begun(0, "13055550100", origin=Origin.AGENT, attempt=Attempt())
    ended = replace(call, lead=lead, state=State.ENDED, ended=NOON, outcome=CallOutcome(status="AB", last_agent="1000"))
    write(db, call, ended)
    row = leads.find(db, lead)
    assert (row["status"], row["called_count"], row["next_try"]) == ("AB", 1, NOON + 120 * 60_000_000)
