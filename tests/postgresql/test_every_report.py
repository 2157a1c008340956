"""PostgreSQL takes the statement of each report in each form, whose parts no other test of `make test` puts together.

`tools/nightly database` compares their answers with those of SQLite.
"""

import pytest

from tests.postgresql.facts_of_history import HistoryFacts
from tests.postgresql.readers import readers
from warmline.store.daily_reports import report_table
from warmline.store.database.reading import keeping
from warmline.system.database_address import DatabaseAddress

DAY = 86_400_000_000  # microseconds
NOTHING = HistoryFacts(0, DAY, DAY // 2, [], [], [], [], [], [], [])


@pytest.mark.parametrize("name", report_table.NAMES)
def test_report_of_no_calls_is_read_on_server(name: str, database: DatabaseAddress) -> None:
    forms = [(form, read) for form, read in readers().items() if form.startswith(f"report {name} ")]
    assert forms
    with keeping():
        for _, read in forms:
            read(database, NOTHING)
