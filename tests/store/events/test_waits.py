"""The waits of in-groups in sums."""

from pathlib import Path

import pytest

from tests.store.busy_ingroups import SECOND, START, fill
from tests.wording.said import refused
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks
from warmline.store.reports import ingroup_service


@pytest.fixture
def busy(db: Path) -> Path:
    fill(db)
    return db


def test_each_ingroup_is_summed_up(busy: Path) -> None:
    now = START + 100 * SECOND
    direct, gone, quiet, sales = ingroup_service.services(busy, now)
    assert [one.ingroup for one in (direct, gone, quiet, sales)] == ["AGENTDIRECT", "GONE", "QUIET", "SALES"]
    assert (sales.offered, sales.answered, sales.abandoned, sales.waiting) == (6, 3, 1, 1)
    assert sales.statuses == {"DROP": 1, "AFTHRS": 1, "TIMEOT": 1}
    assert (sales.within, sales.level) == (10 * SECOND, 2 / 5)  # 1 s and 10 s; the one that still waits is not judged
    assert sales.longest == 360 * SECOND
    assert sales.waited == int((1 + 10 + 30.5 + 5 + 360 + 40) * SECOND) and sales.average == sales.waited // 6
    assert sales.callbacks == 2
    assert (quiet.offered, quiet.level, quiet.longest, quiet.average, quiet.statuses) == (0, None, 0, 0, {})
    assert (gone.offered, gone.answered, gone.within, gone.level) == (1, 1, None, None)


def test_an_unknown_one_is_refused_with_the_nearest(busy: Path) -> None:
    with refused(NotFound, "entity_unknown", kind="ingroup", name="SALE", hint="did you mean SALES?"):
        ingroup_service.services(busy, START, name="SALE")


def test_promised_callbacks_are_listed_by_time(busy: Path) -> None:
    assert [one.id for one in callbacks.listed(busy, 0)] == ["B2", "B1"]
