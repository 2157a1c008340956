"""What people read: texts that do nothing to a terminal, and one line for what went wrong."""

import sys
from typing import TYPE_CHECKING, Any

from warmline.text.printable import is_shown

if TYPE_CHECKING:
    from rich.console import Console

UNLIMITED = 10_000  # columns: what is read by a program is never wrapped


def printable(text: str, kept: str = "") -> str:
    """The text with a `?` for what is no letter or sign: what somebody sends along can do nothing to the terminal."""
    if text.isprintable():
        return text
    return "".join(letter if is_shown(letter) or letter in kept else "?" for letter in text)


def cleaned(data: Any) -> Any:
    """The same data with each text printable; lines and tabs stay."""
    match data:
        case str():
            return printable(data, "\n\t")
        case dict():
            return {name: cleaned(value) for name, value in data.items()}
        case list():
            return [cleaned(one) for one in data]
    return data


def console() -> "Console":
    """Where people read."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else UNLIMITED)


def complain(text: object) -> None:
    """Print what went wrong to stderr; on a terminal a line that is too long goes on in the next one."""
    said = printable(f"warmline: {text}", "\n\t")
    if sys.stderr.isatty():
        from shutil import get_terminal_size
        from textwrap import fill

        columns = get_terminal_size().columns
        said = "\n".join(
            fill(line, columns, break_long_words=False, break_on_hyphens=False) for line in said.split("\n")
        )
    print(said, file=sys.stderr)
