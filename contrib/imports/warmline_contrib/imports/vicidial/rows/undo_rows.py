"""`warmline import undo`: take back the latest import, its rows and its configuration."""

from typing import Annotated

import typer

from cli.output.confirm import confirm
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from warmline.store.database.long_writes import importing
from warmline.system.current_user import login_name
from warmline_contrib.imports.store import import_runs, import_undo
from warmline_contrib.imports.vicidial.rows.import_vicidial_rows import own_settings

UNDO = "warmline config undo"
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
RowsOnly = Annotated[bool, typer.Option("--rows-only", help="Let the configuration stay.")]


def undo(rows_only: RowsOnly = False, yes: Yes = False, as_json: Json = False) -> None:
    settings = own_settings()
    if not yes:
        confirm(f"take back the rows {'' if rows_only else 'and the configuration '}of the latest import?")
    with importing(settings.db):
        db = import_runs.opened(settings.db)
        try:
            done = import_undo.undo(db, settings.db, login_name(), rows_only=rows_only)
        finally:
            db.close()
    for secret in done.lost:
        complain(f"{secret}: what it was is not known, so that cannot be brought back")
    if as_json:
        print_json({"import": done.number, "source": done.source, "rows": done.rows, "revision": done.revision or None})
        return
    print(f"import {done.number} from {done.source} is undone")
    print_table(("table", "rows"), [(table, str(count)) for table, count in done.rows.items()])
    if done.revision:
        print(f"its configuration went in revision {done.revision}; to bring that back: {UNDO} {done.revision}")
    else:
        print(f"the configuration stays; to take it back: warmline config history, then {UNDO} REV")
