"""`warmline db`: the database file."""

import typer

from warmline import settings
from warmline.cli.output import Json, print_json

app = typer.Typer(help="The database file.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The database file."""


@app.command(epilog="Example: warmline db migrate")
def migrate(as_json: Json = False) -> None:
    """Make the database, or bring it to this Warmline's schema; nothing to do is fine."""
    from warmline.store.migrations import migrate

    path = settings.load().db
    applied = migrate(path)
    if as_json:
        print_json({"db": path, "applied": applied})
    else:
        print(f"{path}: {', '.join(applied)} applied" if applied else f"{path} is up to date")
