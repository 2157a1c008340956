"""`warmline doctor …`: is everything as it should be?"""

import typer

from warmline import settings
from warmline.cli import running_app
from warmline.cli.output import Json, complain, print_json, print_table

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


@app.command("sounds", epilog="Example: warmline doctor sounds")
def look_for_sounds(as_json: Json = False) -> None:
    """Which sound files that options name are not there: callers would not hear them; exit 1 if there is any."""
    from warmline.cli import sounds

    known = settings.load()
    folder = sounds.folder(known)
    try:
        found = sounds.missing(known.db, folder)
    except OSError as error:
        complain(f"{error.filename}, Asterisk's folder of sounds, cannot be read: {error.strerror}")
        raise typer.Exit(1) from None
    if as_json:
        print_json([one._asdict() for one in found])
    elif found:
        print_table(("of", "option", "file"), [(f"{one.kind} {one.name}", one.option, one.file) for one in found])
        print(f"\nMissing in {folder}; put them there, or name others.")
    else:
        print(f"none is missing in {folder}")
    if found:
        raise typer.Exit(1)
