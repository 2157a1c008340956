"""The report about lines that could not be imported."""

from collections.abc import Iterable

import typer

from cli.output.exit_codes import ExitCode
from cli.output.printing import printable
from cli.output.table import print_table
from warmline.store.leads.import_rejects import RejectReason


def print_reasons(reasons: Iterable[RejectReason], rejects: str) -> None:
    """Print each reason with its count and an example, and the file with the lines; nothing if no line was rejected."""
    rows = [(str(one.count), str(one.line), printable(one.example)) for one in reasons]
    if rows:
        print()
        print_table(("rejected", "first line", "why, for example"), rows, free=("why, for example",))
        print(f"\nThe lines, with the reason before each: {printable(rejects)}")
        print("Correct the lines in that file, then import it.")


def end(rejected: int) -> None:
    """Exit with 2 if a line was rejected."""
    if rejected:
        raise typer.Exit(ExitCode.DIFFERS)
