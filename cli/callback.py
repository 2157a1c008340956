"""`warmline callback …`: who is to be called back."""

import typer

from warmline import settings
from warmline.cli.output import Json, print_json, print_table
from warmline.cli.times import clock, day, iso
from warmline.store.waits import callbacks

app = typer.Typer(help="Who is to be called back.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Who is to be called back."""


@app.command("list", epilog="Example: warmline callback list")
def list_all(as_json: Json = False) -> None:
    """Every caller who asked to be called back and still waits for it, the first who asked first."""
    found = callbacks(settings.load().db)
    if as_json:
        print_json([row | {"at": iso(row["at"])} for row in found])
    elif found:
        heads = ("call", "asked", "number", "in-group", "by")
        asked = [f"{day(row['at'])} {clock(row['at'])}" for row in found]
        rest = [(row["number"], row["ingroup"], row["agent"] or "anybody") for row in found]
        calls = [row["call"] for row in found]
        print_table(heads, [(call, when, *row) for call, when, row in zip(calls, asked, rest, strict=True)])
    else:
        print("Nobody waits for a call back.")
