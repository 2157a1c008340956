"""The file of an import: a plain one, or what comes through a pipe, which can be read only once."""

import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Annotated

import typer

from warmline.options.config_files import unreadable_file

STDIN = "-"
NAMED = "stdin"  # the name before .rejected.csv, in the current folder
OF_THE_SYSTEM = ("/dev/stdin", "/dev/fd/", "/proc/")  # the shell puts <(…) there


def encodings(incomplete: str) -> list[str]:
    """Return the usual encodings of files that are in neither UTF-8 nor UTF-16."""
    from cli.arguments.completion import beginning
    from warmline.leads.text_encoding import USUAL, shown

    return beginning(incomplete, map(shown, USUAL))


Encoding = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        autocompletion=encodings,
        help="The encoding of a file in neither UTF-8 nor UTF-16, such as windows-1252. Without it, such a file is "
        "refused.",
    ),
]


@contextmanager
def as_plain_file(file: Path) -> Iterator[tuple[Path, Path]]:
    """Provide a file that can be read several times, and the file that names the one of the rejected lines.

    `-`, a pipe, a FIFO and /dev/stdin are copied to a temporary file. Raises OptionError.
    """
    if str(file) != STDIN and not _is_read_once(file):
        yield file, file
        return
    named = Path(NAMED) if str(file) == STDIN or str(file).startswith(OF_THE_SYSTEM) else file
    with NamedTemporaryFile(prefix="warmline-") as copy:
        try:
            if str(file) == STDIN:
                _copy(sys.stdin.buffer, copy)
            else:
                with file.open("rb") as given:
                    _copy(given, copy)
        except OSError as error:
            raise unreadable_file(error.filename or file, error) from None
        yield Path(copy.name), named


def _is_read_once(file: Path) -> bool:
    """Return whether a file is neither a plain one nor a folder; another error is told when it is read."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or str(file).startswith(OF_THE_SYSTEM)


def _copy(given: IO[bytes], copy: IO[bytes]) -> None:
    shutil.copyfileobj(given, copy)
    copy.flush()
