"""`warmline import undo`: take back the rows of the latest import."""

from typing import Annotated

import typer

from cli.imports.vicidial.rows.import_vicidial_rows import own_settings
from cli.output.confirm import confirm
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.store.database.long_writes import importing
from warmline.store.imports import import_runs, import_undo

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


def undo(yes: Yes = False, as_json: Json = False) -> None:
    settings = own_settings()
    import_runs.must_be_file(settings.db)
    if not yes:
        confirm("take back the rows of the latest import?")
    with importing(settings.db):
        db = import_runs.opened(settings.db)
        try:
            done = import_undo.undo(db)
        finally:
            db.close()
    if as_json:
        print_json({"import": done.number, "source": done.source, "rows": done.rows})
        return
    print(f"import {done.number} from {done.source} is undone")
    print_table(("table", "rows"), [(table, str(count)) for table, count in done.rows.items()])
    print("the configuration stays; to take it back: warmline config history, then warmline config undo REV")
