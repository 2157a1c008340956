"""How soon the next leads are chosen from a million, beside one statement that sorts them."""

import time
from pathlib import Path

from ari_app.dialler.lead_hopper import AT_HAND
from tools.bench.dialling.million_leads import CAMPAIGN, LISTS, STATUSES
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper
from warmline.store.dialling.hopper import HopperUse

FILLS, SORTS = 100, 5
SORTED = """
    SELECT lead_id FROM lead
    WHERE list_id IN (:one, :other) AND status IN (:new, :again) AND passes = 0 AND called_count < 100
    ORDER BY rank DESC, lead_id LIMIT :most
"""


def measured(path: Path, fills: int = FILLS, sorts: int = SORTS) -> tuple[list[float], list[float]]:
    """Return the milliseconds of fills, each after the leads of the previous ones, and of the sorting statement."""
    now, ours, theirs = time.time_ns() // 1000, list[float](), list[float]()
    busy: set[int] = set()
    with reading(path) as db:
        plan = dial_plan.load(db, CAMPAIGN)
        for _ in range(fills + 1):
            begun = time.perf_counter()
            found = hopper.fill(db, plan, now, AT_HAND, HopperUse(busy), now).leads
            ours.append((time.perf_counter() - begun) * 1000)
            busy = {one.lead for one in found}
        values = {"one": LISTS[0], "other": LISTS[1], "new": STATUSES[0], "again": STATUSES[1], "most": AT_HAND}
        for _ in range(sorts + 1):
            begun = time.perf_counter()
            db.execute(SORTED, values).fetchall()
            theirs.append((time.perf_counter() - begun) * 1000)
    return ours[1:], theirs[1:]  # the first ones read the disk
