"""Opens an editor, again and again until the text in it is valid."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import dropwhile
from pathlib import Path
from typing import TypeVar

from cli.output.confirm import Declined
from warmline.options.option_table import OptionError
from warmline.store.database.errors import Conflict, NotFound
from warmline.text.coded_error import CodedError

MARK = "#!"  # begins the lines above the text that describe what is wrong

T = TypeVar("T")


def until_taken(original: str, take: Callable[[str], T], draft: str = "") -> tuple[T, str] | None:
    """Open the editor on a text until `take` accepts it; return its result and the text, or None if unchanged.

    If `take` refuses the text (OptionError, NotFound, Conflict), the editor opens again with the reason above the text.
    If the text is then left unchanged, the refusal is raised with the path of the kept text. `draft` is a text to
    continue with. Raises Declined without a terminal, OptionError if there is no editor.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Declined(
            "editor_no_terminal", "nothing was changed: an editor needs a terminal; use set, or warmline config apply"
        )
    file = Path(tempfile.mkdtemp(prefix="warmline-")) / "edit.toml"
    written = draft or original
    wrong: CodedError | None = None
    while True:
        file.write_text(_complaint(wrong) + written, encoding="utf-8")
        _open(file)
        before, written = written, _without_complaint(_read(file))
        if written == original:
            shutil.rmtree(file.parent)
            return None
        if wrong and written == before:
            raise wrong.hinting(f"nothing was changed; the edited text is in {file}")
        try:
            taken = take(written)
        except (OptionError, NotFound, Conflict) as error:
            wrong = error
            continue
        shutil.rmtree(file.parent)
        return taken, written


def _open(file: Path) -> None:
    """Run the editor, and wait until it ends."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    try:
        done = subprocess.run([*command, str(file)], check=False)
    except OSError as error:
        shutil.rmtree(file.parent)
        raise OptionError(
            "editor_not_started",
            "editor {editor} cannot be started: {why}; set EDITOR to another editor",
            editor=command[0],
            why=error.strerror,
        ) from None
    if done.returncode:
        raise OptionError(
            "editor_failed",
            "editor {editor} ended with {status}; nothing was changed; the text is in {file}",
            editor=command[0],
            status=done.returncode,
            file=file,
        )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            "edited_file_unreadable", "{file} cannot be read: {why}; nothing was changed", file=file, why=error
        ) from None


def _complaint(wrong: Exception | None) -> str:
    if wrong is None:
        return ""
    lines = [*str(wrong).splitlines(), "Correct the text below; if it stays as it is, nothing is changed."]
    return "".join(f"{MARK} {line}\n" for line in lines)


def _without_complaint(text: str) -> str:
    return "".join(dropwhile(lambda line: line.startswith(MARK), text.splitlines(keepends=True)))
