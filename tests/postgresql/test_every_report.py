"""PostgreSQL takes the statement of each report in each form, whose parts no other test of `make test` puts together.

`tools/nightly database` compares their answers with those of SQLite.
"""

from tests.postgresql.facts_of_history import HistoryFacts
from tests.postgresql.readers import readers
from warmline.store.daily_reports import report_table
from warmline.store.database.database import StoreError
from warmline.store.database.reading import keeping
from warmline.system.database_address import DatabaseAddress

DAY = 86_400_000_000  # microseconds
NOTHING = HistoryFacts(0, DAY, DAY // 2, [], [], [], [], [], [], [])


def test_each_report_of_no_calls_is_read_on_server(database: DatabaseAddress) -> None:
    forms = {form: read for form, read in readers().items() if form.startswith("report ")}
    assert {form.split()[1] for form in forms} == {*report_table.NAMES}
    refused = []
    with keeping():
        for form, read in forms.items():
            try:
                read(database, NOTHING)
            except StoreError as error:
                refused.append(f"{form}: {error}")
    assert refused == []
