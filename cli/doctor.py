"""`warmline doctor …`: is everything as it should be?"""

import typer

from warmline import settings
from warmline.cli import running_app
from warmline.cli.output import Json, print_json, print_table

app = typer.Typer(help="Look for what is wrong.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Look for what is wrong."""


@app.command(epilog="Example: warmline doctor orphans")
def orphans(as_json: Json = False) -> None:
    """What is in Asterisk under our name and belongs to no call and no agent; exit 1 if there is any."""
    found = running_app.get(settings.load(), "orphans")
    if as_json:
        print_json(found)
    elif any(found.values()):
        print_table(("orphan", "id"), [(kind[:-1], name) for kind, names in found.items() for name in names])
    else:
        print("none: every channel and bridge belongs to a call or an agent")
    if any(found.values()):
        raise typer.Exit(1)
