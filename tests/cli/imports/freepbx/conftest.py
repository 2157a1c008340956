"""Provides the tables of the invented office."""

import pytest

from cli.imports.freepbx.freepbx_source import Row, read
from tests.cli.imports.freepbx.invented_office import DUMP


@pytest.fixture(scope="module")
def office() -> dict[str, list[Row]]:
    return {table: list(rows) for table, rows in read(str(DUMP)).items()}
