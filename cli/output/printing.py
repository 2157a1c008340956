"""Output for people: texts without control characters, and one line for each error."""

import sys
from typing import TYPE_CHECKING, Any

from warmline.text.printable import is_shown

if TYPE_CHECKING:
    from rich.console import Console

SUGGESTED = "  warmline "  # begins the line of a suggested command
UNLIMITED = 10_000  # columns; output for programs is never wrapped


def printable(text: str, kept: str = "") -> str:
    """Return the text with a `?` for each control character, because a caller's text could control the terminal."""
    if text.isprintable():
        return text
    return "".join(letter if is_shown(letter) or letter in kept else "?" for letter in text)


def cleaned(data: Any) -> Any:
    """Return the data with all texts printable; line feeds and tabs stay."""
    match data:
        case str():
            return printable(data, "\n\t")
        case dict():
            return {name: cleaned(value) for name, value in data.items()}
        case list():
            return [cleaned(one) for one in data]
    return data


def console() -> "Console":
    """Return the console of stdout."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else UNLIMITED)


def complain(text: object) -> None:
    """Print an error to stderr; a terminal wraps a line that is too long."""
    said = printable(f"warmline: {text}", "\n\t")
    if sys.stderr.isatty():
        from shutil import get_terminal_size

        columns = get_terminal_size().columns
        said = "\n".join(_wrapped(line, columns) for line in said.split("\n"))
    print(said, file=sys.stderr)


def _wrapped(line: str, columns: int) -> str:
    """Return a line without one that is too long; a suggested command keeps its line, so that it can be copied."""
    from textwrap import fill

    if line.startswith(SUGGESTED) and len(line) > columns:
        command, _, meaning = line.strip().partition("  ")
        below = " " * 6
        meant = fill(meaning.strip(), columns, initial_indent=below, subsequent_indent=below)
        return f"  {command}\n{meant}".rstrip()
    return fill(line, columns, break_long_words=False, break_on_hyphens=False)
