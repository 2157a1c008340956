"""Provides the tables of the invented office."""

import pytest

from contrib.imports.tests.freepbx.invented_office import DUMP
from warmline_contrib.imports.freepbx.freepbx_source import Row, read


@pytest.fixture(scope="module")
def office() -> dict[str, list[Row]]:
    return {table: list(rows) for table, rows in read(str(DUMP)).items()}
