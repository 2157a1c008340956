"""What is said of lines that could not be imported."""

from collections.abc import Iterable

import typer

from cli.output.exit_codes import ExitCode
from cli.output.printing import printable
from cli.output.table import print_table
from warmline.store.leads.import_rejects import RejectReason


def print_reasons(reasons: Iterable[RejectReason], rejects: str) -> None:
    """Print why, how often, with an example of each; and where the lines are. Nothing if there is none."""
    rows = [(str(one.count), str(one.line), printable(one.example)) for one in reasons]
    if rows:
        print()
        print_table(("rejected", "first line", "why, for example"), rows, free=("why, for example",))
        print(f"\nThe lines, with the reason before each: {printable(rejects)}")
        print("Corrected there, that file can be imported.")


def end(rejected: int) -> None:
    """End with 2 if a line was rejected."""
    if rejected:
        raise typer.Exit(ExitCode.DIFFERS)
