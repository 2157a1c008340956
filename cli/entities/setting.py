"""`warmline setting …`: what holds for everything. There is one of each, so there are no names."""

import typer

from cli.arguments.entity_arguments import Pairs
from cli.entities.entity import change, show_one
from cli.entities.entity_describe import describe
from cli.entities.entity_edit import edit_one
from cli.output.json_output import Json
from warmline.options.option_table import SETTING

app = typer.Typer(help="What holds for everything.", no_args_is_help=True)


@app.command(epilog="Example: warmline setting show")
def show(as_json: Json = False) -> None:
    """Every setting."""
    show_one(SETTING, SETTING.only, as_json)


@app.command("set", epilog=f"Example: warmline setting set {SETTING.example[0]}")
def set_options(options: Pairs = None, as_json: Json = False) -> None:
    """Change settings: all of them, or none."""
    change(SETTING, SETTING.only, options, as_json)


@app.command(epilog="Example: warmline setting edit")
def edit() -> None:
    """Change settings in your editor."""
    edit_one(SETTING, SETTING.only)


app.command(
    "describe",
    help="What the settings mean and allow.",
    epilog=f"Example: warmline setting describe {SETTING.option_names[0]}",
)(describe)
