"""The command `warmline`: each group of commands is one file of this folder."""

import typer

from warmline.cli import lab

app = typer.Typer(name="warmline", help="A call-handoff toolkit for Asterisk.", no_args_is_help=True)
app.add_typer(lab.app, name="lab")


def main() -> None:
    """Run the command line."""
    app()
