"""Texts in files: the shell puts the text of a file into an option, such as "script_text=$(cat sales.html)"."""

import re
import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING

from cli.arguments import entry_hints
from cli.arguments.completion import entry_names
from cli.output.secret_words import HIDDEN

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

TEXT = "script_text"  # the option with a whole text
AT = f"{TEXT}=@"  # how other programs name a file in place of a text
WORDS = ("file", "from_file", "path", "input", "html", "source", "text_file", "script_file", "from", "load", "import")
SUFFIXES = (".html", ".htm", ".txt", ".md")
SHOWN = re.compile(r"'([a-z_]+)=(\$\(cat [^'()]+\))'")


def in_words(entity: "Entity", command: str, name: str, words: list[str]) -> tuple[str, str, list[str]]:
    """Return the command, the name and the words, with the text of a file as a command of the shell puts it in.

    A text that does not exist yet is created. Without a file among them, they return as they are.
    """
    if TEXT not in entity.option_names:
        return command, name, words
    if PurePath(name).suffix in SUFFIXES:
        name, words = (
            entry_hints.key(PurePath(name).stem) or "NAME",
            [name, *(one for one in words if "=FILE" not in one)],
        )
    pair = next((one for one in words if _file(one)), "")
    if not pair:
        return command, name, words
    text = f"{TEXT}=$(cat {shlex.quote(_file(pair))})"
    made = "create" if command == "set" and name not in entry_names(entity.kind) else command
    return made, name, [text if one is pair else one for one in words]


def _file(word: str) -> str:
    """Return the file that a word or a pair names in place of a text; "" if it names none."""
    option, _, text = word.rpartition("=")
    plain = option.strip("-").replace("-", "_")
    is_file = plain in WORDS or text[:1] == "@" or PurePath(text).suffix in SUFFIXES
    return text.removeprefix("@") if is_file and text not in ("", HIDDEN) and not re.search(r"[\s'()]", text) else ""


def quoted(line: str) -> str:
    """Return a line in whose quotes the shell still runs the command."""
    return SHOWN.sub(r'"\1=\2"', line)
