"""Leads that cannot be dialled stand in front of others: the dialler finds these within 30 s, in short fills."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import pytest

from tests.leads.dialled_leads import EAST, NOON, prepare, write_call, writing
from tests.soak import soaking
from tests.store.dialling.blocked_leads import ADD, FREE, OF_KINDS, OPTIONS, leads_in_front
from warmline.core.messages.dialler_messages import DialLead
from warmline.store.database import long_writes
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper, lead_marks
from warmline.store.dialling.hopper import PASSED_OVER, HopperUse
from warmline.store.dialling.lead_explanation import explain

SECOND = 1_000_000
IN_FRONT = 20_000 if soaking() else 1500
FILLS = IN_FRONT * 3 // 100  # of 20,000 leads, those of 30 s: five at each pulse of 250 ms
ALL = 1_000_000 if soaking() else 1200


class Filled(NamedTuple):
    """A fill: the leads, its processor time and the time for which its marks held the write lock, in seconds."""

    leads: list[DialLead]
    processor: float
    held: float
    unfinished: bool


class Dialler:
    """Fills and writes marks as the dialler does."""

    def __init__(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.db, self.plans, self.held = db, dial_plan.DialPlans(), [0.0]
        usual = long_writes.batches

        def measured(*args: object, **how: object) -> Iterator[object]:
            for batch in usual(*args, **how):  # type: ignore[arg-type]
                self.held.append(batch.held)
                yield batch

        monkeypatch.setattr(long_writes, "batches", measured)
        monkeypatch.setattr(long_writes.time, "sleep", lambda _seconds: None)

    def fill(self, at: int, turn: int) -> Filled:
        """Fill at a moment (microseconds UTC), and write the marks."""
        with reading(self.db) as opened:
            plan = self.plans.of(opened, "SALES")
            began = time.thread_time()
            found = hopper.fill(opened, plan, at, 50, HopperUse(), turn, PASSED_OVER)
            took = time.thread_time() - began
        self.held.clear()
        lead_marks.write(self.db, found.marks.values())
        return Filled(found.leads, took, max(self.held, default=0.0), found.unfinished)


def check(name: str, filled: list[Filled]) -> None:
    """Print the figures of the fills, and compare their 95th percentiles with the limits of an idle machine.

    By day other tests run beside it: a fill takes longer, and a transaction waits for the processor.
    """
    processor, held = [one.processor for one in filled], [one.held for one in filled]
    late, locked = quantiles(processor, n=20)[-1], quantiles(held, n=20)[-1]
    print(
        f"{name}: {len(filled)} fills, processor p95 {1000 * late:.1f} ms, most {1000 * max(processor):.1f} ms;"
        f" lock p95 {1000 * locked:.1f} ms, most {1000 * max(held):.1f} ms"
    )
    assert late < (0.020 if soaking() else 0.080)
    assert locked < 0.005 or not soaking()


@pytest.mark.parametrize("order", ["DOWN", "RANDOM", "UP RANK"] if soaking() else ["DOWN"])
def test_the_one_lead_behind_thousands_is_found(db: Path, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(db, lead_order=order, **OPTIONS)
    leads_in_front(db, OF_KINDS, IN_FRONT, random.Random(order))  # noqa: S311 - a test
    with writing(db) as opened:
        one = opened.execute(ADD, ("NEW", "3055777777", "", EAST, 0, 0, "", None)).lastrowid
        opened.execute("UPDATE lead SET rank = -1 WHERE lead_id = ?", [one])
    assert explain(db, one or 0, NOON).dialled_now
    dialler, filled = Dialler(db, monkeypatch), list[Filled]()
    while not filled or (filled[-1].unfinished and len(filled) < FILLS):
        filled.append(dialler.fill(NOON, len(filled)))
    assert {lead.lead for fill in filled for lead in fill.leads} == {one}
    check(order, filled)


def test_a_list_is_dialled_to_its_end_and_each_lead_once(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fifth of the leads is listed, limited, or has the number of another one."""
    draw = random.Random(40)  # noqa: S311 - a test
    prepare(db, lead_order="DOWN", **OPTIONS)
    kinds = (*OF_KINDS, *[FREE] * (4 * len(OF_KINDS)))
    made = leads_in_front(db, kinds, ALL, draw)
    dialler, filled, dialled = Dialler(db, monkeypatch), list[Filled](), Counter[int]()
    at = NOON
    while not filled or filled[-1].unfinished or filled[-1].leads:
        filled.append(dialler.fill(at, len(filled)))
        with writing(db) as opened:
            opened.execute("BEGIN")
            for lead in filled[-1].leads:
                dialled[lead.lead] += 1
                write_call(opened, lead.lead, lead.number, at, "SALE", name=f"DIALLED{lead.lead}-{dialled[lead.lead]}")
            opened.execute("COMMIT")
        at += SECOND // 4
    assert dialled == Counter(made[FREE])
    check("all", filled)
