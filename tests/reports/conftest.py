"""The made day, once for all tests of a run, and the figures that the journal has of it."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.reports import made_day
from tests.reports.journal_figures import Configured, Figures, figures
from warmline.store.database.reading import keeping
from warmline.text import written_time

SECOND = 1_000_000
LIMITS = {"SALESLINE": 10, "CLOSERS": 20, "OVERFLOW": 20, "BACKLINE": 20, "NIGHTLINE": 20}
GIVEN = Configured(
    limits={name: seconds * SECOND for name, seconds in LIMITS.items()},
    sales={"SALE"},
    contacts={"SALE", "NI", "DEC", "XFER", "CALLBK"},
    categories={"NI": "LOST"},
)


@pytest.fixture(scope="package", autouse=True)
def kept_connections() -> Iterator[None]:
    """Keep connections open until the last test: hundreds of commands read the same day."""
    with keeping():
        yield


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The day's database."""
    path = tmp_path_factory.mktemp("day") / "warmline.db"
    with keeping():
        made_day.make(path)
    return path


@pytest.fixture(scope="session")
def told(day: Path) -> Figures:
    """The figures of the day, by an independent script."""
    _, end = written_time.day(made_day.DAY, ZoneInfo(made_day.ZONE), 0)
    return figures(day, GIVEN, end)
