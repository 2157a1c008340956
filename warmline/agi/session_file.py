"""Recorded sessions of AGI scripts: text files with the lines between Asterisk and a script.

A line that begins with `< ` is Asterisk's, `> ` the script's, `#` a comment. `***` in a command stands for any text.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from warmline.text.coded_error import ScriptError

FIRST = "# Warmline AGI session 1"
ASTERISK, SCRIPT = "<", ">"
ANY = "***"  # in a command: a text that may differ
LARGEST = 2_000_000  # bytes of a file
ULID = re.compile(r"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b")


class SessionError(ScriptError):
    """A file that is not a recorded session."""


class SessionLine(NamedTuple):
    """A line and its sender, ASTERISK or SCRIPT."""

    sender: str
    text: str


class SessionStep(NamedTuple):
    """A command of the script, "" before its first, and the lines that Asterisk sent next."""

    command: str
    replies: tuple[str, ...]


def dumped(lines: Iterable[SessionLine], notes: Iterable[str] = ()) -> str:
    """Return the text of a session's file; `notes` become comments."""
    head = (FIRST, *(f"# {note}" for note in notes))
    body = (f"{one.sender} {one.text}" if one.text else one.sender for one in lines)
    return "".join(f"{line}\n" for line in (*head, *body))


def write(file: Path, lines: Iterable[SessionLine], notes: Iterable[str] = ()) -> None:
    """Write a session, whole or not at all; only its owner can read it. Raises OSError."""
    unfinished = file.with_name(f".{file.name}.new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", errors="replace") as stream:
        stream.write(dumped(lines, notes))
    unfinished.rename(file)


def read(file: Path) -> list[SessionStep]:
    """Return the steps of a session; the first has the environment. Raises SessionError, OSError."""
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    text = data.decode(errors="replace")
    if len(data) > LARGEST or not text.startswith(FIRST):
        raise SessionError(
            "session_unknown",
            "{file} is not a recorded session; `warmline script record` writes one",
            file=file,
        )
    steps: list[tuple[str, list[str]]] = [("", [])]
    for line in parsed(file, text):
        if line.sender == SCRIPT:
            steps.append((line.text, []))
        else:
            steps[-1][1].append(line.text)
    return [SessionStep(command, tuple(replies)) for command, replies in steps]


def parsed(file: Path | str, text: str) -> Iterator[SessionLine]:
    """Yield the lines of a session's text. Raises SessionError, which names the file."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#") or not line.strip():
            continue
        if line[0] not in (ASTERISK, SCRIPT) or line[1:2] not in ("", " "):
            raise SessionError(
                "session_line_invalid",
                "{file}, line {number}: {text!r} is invalid; allowed at its begin: <, > or #",
                file=file,
                number=number,
                text=line[:40],
            )
        yield SessionLine(line[0], line[2:])


def same(recorded: str, sent: str) -> bool:
    """Return whether a script sent the recorded command. `***` stands for any text, and an id for any id."""
    parts = (_pattern(part) for part in recorded.split(ANY))
    return re.fullmatch(".*".join(parts), sent, re.DOTALL) is not None


def _pattern(text: str) -> str:
    return ULID.pattern.join(re.escape(part) for part in ULID.split(text))
