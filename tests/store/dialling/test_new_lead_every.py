"""`new_lead_every`: new leads between those that are due again."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import EAST, NOON, chosen, prepare, writing
from tests.store.dialling.blocked_leads import ADD

MINUTE = 60_000_000


def fields(number: str) -> tuple[object, ...]:
    return "NEW", number, "", EAST, 0, 0, "", None


def due_and_new(db: Path, every: int, due: int = 60, new: int = 60) -> set[int]:
    """Make a campaign with leads that are due again and new leads; return the new ones."""
    prepare(db, new_lead_every=str(every))
    with writing(db) as opened:
        old, fresh = (
            [opened.execute(ADD, fields(f"305555{first + place}")).lastrowid or 0 for place in range(many)]
            for first, many in ((5000, due), (6000, new))
        )
        for place, lead in enumerate(old):
            opened.execute(
                "UPDATE lead SET status = 'NA', passes = 1, called_count = 1, last_call = ?, next_try = ? "
                "WHERE lead_id = ?",
                (NOON - 120 * MINUTE, NOON - 60 * MINUTE + place, lead),
            )
    return set(fresh)


@pytest.mark.parametrize(("every", "fewest", "most"), [(0, 0, 0), (1, 60, 60), (2, 20, 40), (3, 10, 30), (9, 1, 16)])
def test_the_share_of_new_leads_follows_the_option(db: Path, every: int, fewest: int, most: int) -> None:
    new = due_and_new(db, every)
    shares = [len(new.intersection(chosen(db, wanted=60, start=NOON + fill))) for fill in range(5)]
    assert all(fewest <= share <= most for share in shares), shares


def test_fills_of_one_lead_choose_both_kinds(db: Path) -> None:
    new = due_and_new(db, 2, due=5, new=5)
    first = [chosen(db, wanted=1, start=NOON + fill * MINUTE)[0] in new for fill in range(60)]
    assert 15 <= sum(first) <= 45
