"""What keeps Asterisk from starting the file of a script. Asterisk itself says only that it failed."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

ELF = b"\x7fELF"  # a compiled program, which has no first line
FIRST_LINE_MAX_BYTES = 255  # Linux reads no more of it


class ScriptProblem(NamedTuple):
    """Why a script cannot be started; `code` is one of the words below, and `text` says how to mend it."""

    code: str  # missing, no_permission, unreadable, no_first_line, line_ends, no_program
    text: str


def check_script_file(path: str | Path) -> list[ScriptProblem]:
    """Return the problems of a script's file: execute bit, line ends, first line, and the program that it names.

    The text of a problem goes on after the name of the script, such as "hello: it cannot be executed; …".
    """
    file = Path(path)
    if not file.is_file():
        return [ScriptProblem("missing", "there is no such file")]
    problems = []
    if not file.stat().st_mode & 0o111:
        problems.append(ScriptProblem("no_permission", f"it cannot be executed; run: chmod 755 {file}"))
    try:
        with file.open("rb") as stream:
            first_line = stream.readline(FIRST_LINE_MAX_BYTES)
    except OSError as error:
        return [*problems, ScriptProblem("unreadable", f"it cannot be read: {error.strerror}")]
    if first_line.startswith(ELF):
        return problems
    if not first_line.startswith(b"#!"):
        return [*problems, ScriptProblem("no_first_line", "its first line must be #! and the path of a program")]
    if first_line.endswith(b"\r\n"):
        text = f"its lines end as on Windows, with CR and LF; run: sed -i 's/\\r$//' {file}"
        problems.append(ScriptProblem("line_ends", text))
    text = first_line.decode(errors="replace").strip()
    if not _has_program(text.removeprefix("#!").split()):
        problems.append(ScriptProblem("no_program", f"its first line names a missing program: {text}"))
    return problems


def _has_program(words: list[str]) -> bool:
    """Return whether the program of a first line exists; `env` looks for one in the folders of programs."""
    if not words or not os.access(words[0], os.X_OK):
        return False
    if Path(words[0]).name != "env":
        return True
    names = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    return bool(names) and shutil.which(names[0]) is not None
