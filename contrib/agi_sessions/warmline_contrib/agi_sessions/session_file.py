"""Recorded sessions of AGI scripts: text files with the lines between Asterisk and a script.

A line that begins with `< ` is Asterisk's, `> ` the script's, `#` a comment. `***` in a command stands for any text.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

from warmline.text.coded_error import ScriptError

FIRST_LINE = "# Warmline AGI session 1"
ASTERISK, SCRIPT = "<", ">"
ANY_TEXT = "***"  # in a command: a text that may differ
FILE_MAX_BYTES = 2_000_000  # of a file
ULID_PATTERN = re.compile(r"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b")


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


def to_text(lines: Iterable[SessionLine], notes: Iterable[str] = ()) -> str:
    """Return the text of a session's file; `notes` become comments."""
    head = (FIRST_LINE, *(f"# {note}" for note in notes))
    body = (f"{line.sender} {line.text}" if line.text else line.sender for line in lines)
    return "".join(f"{text}\n" for text in (*head, *body))


def write_session(file: Path, lines: Iterable[SessionLine], notes: Iterable[str] = ()) -> None:
    """Write a session, whole or not at all. Raises OSError.

    Only its owner can read a new file. An existing one keeps its mode and owner, and a link to it stays a link. Two
    calls may be recorded to the same file in parallel: the later one stays.
    """
    file = Path(os.path.realpath(file))
    file_number, temporary_path = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with open(file_number, "w", encoding="utf-8", errors="replace") as stream:
            _keep_mode(file, file_number)
            stream.write(to_text(lines, notes))
        Path(temporary_path).rename(file)
    except OSError:
        Path(temporary_path).unlink(missing_ok=True)
        raise


def _keep_mode(file: Path, file_number: int) -> None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return
    if os.geteuid() == 0:
        os.fchown(file_number, status.st_uid, status.st_gid)
    os.fchmod(file_number, stat.S_IMODE(status.st_mode))


def read_steps(file: Path) -> list[SessionStep]:
    """Return the steps of a session; the first has the environment. Raises SessionError, OSError."""
    with file.open("rb") as stream:
        content = stream.read(FILE_MAX_BYTES + 1)
    text = content.decode("utf-8-sig", errors="replace")
    if len(content) > FILE_MAX_BYTES or not text.startswith(FIRST_LINE):
        raise SessionError(
            "session_unknown",
            "{file} is not a recorded session; `warmline own-script record` writes one",
            file=file,
        )
    steps: list[tuple[str, list[str]]] = [("", [])]
    for line in parse_lines(file, text):
        if line.sender == SCRIPT:
            steps.append((line.text, []))
        else:
            steps[-1][1].append(line.text)
    if not steps[0][1]:
        raise SessionError(
            "session_without_environment",
            "{file} begins without Asterisk's lines; the first lines must begin with `< agi_`",
            file=file,
        )
    return [SessionStep(command, tuple(replies)) for command, replies in steps]


def read_comments(file: Path) -> list[str]:
    """Return the comments of a session without their `# `, for `write`. Raises OSError."""
    lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [line.removeprefix("#").removeprefix(" ") for line in lines[1:] if line.startswith("#")]


def to_lines(steps: Iterable[SessionStep]) -> Iterator[SessionLine]:
    """Yield the lines of a session's steps."""
    for step in steps:
        if step.command:
            yield SessionLine(SCRIPT, step.command)
        yield from (SessionLine(ASTERISK, reply) for reply in step.replies)


def parse_lines(file: Path | str, text: str) -> Iterator[SessionLine]:
    """Yield the lines of a session's text. Raises SessionError, which names the file."""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
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


def is_same_command(recorded_command: str, sent_command: str) -> bool:
    """Return whether a script sent the recorded command. `***` stands for any text, and an id for any id.

    The time is proportional to the lengths: each part is searched once, after the previous one.
    """
    first_pattern, *patterns = map(_to_pattern, recorded_command.split(ANY_TEXT))
    if not patterns:
        return first_pattern.fullmatch(sent_command) is not None
    *middle_patterns, last_pattern = patterns
    match = first_pattern.match(sent_command)
    for pattern in middle_patterns:
        match = match and pattern.search(sent_command, match.end())
    last_part_start = len(sent_command) - len(recorded_command.rpartition(ANY_TEXT)[2])  # an id is as long as any other
    return (
        match is not None
        and match.end() <= last_part_start
        and last_pattern.fullmatch(sent_command, last_part_start) is not None
    )


def _to_pattern(text: str) -> re.Pattern[str]:
    return re.compile(ULID_PATTERN.pattern.join(re.escape(part) for part in ULID_PATTERN.split(text)))
