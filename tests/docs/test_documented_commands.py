"""The command lines that the pages had at commit 3c9d6ab2 are still valid, or the list of what went has each.

A line is parsed and not run. Its options of entities are checked by their table.
"""

import re
import shlex
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import typer

from ari_app.http.openapi.openapi_document import document
from cli.tree.former_commands import GONE
from tests.cli.whole_tree import whole_tree
from tests.docs.page_blocks import PROJECT
from warmline.options.option_table import ENTITIES, OptionError, check
from warmline.options.removed_options import without

LINES = (PROJECT / "tests/documented_commands.txt").read_text().splitlines()
# Lines that went, with their other form. Commands that went are in GONE, and options in REMOVED.
WENT: dict[str, str] = {
    "make docs    # the documentation as a website": "make check builds the website, .cache/site/docs/index.html",
}
ON_PURPOSE = (  # pages show their errors
    "warmline campaign set SALES campaign_recording=ALLFORC",
    "warmline ingroup create WINTER grup_name='Winter sale'",
)
# A login stands for the agent who is left out. Digits alone are then taken for the agent.
BY_LOGIN = ("Missing parameter: user", "Missing parameter: digits")
OPTION_COMMANDS = ("create", "copy", "set")
TARGETS = re.compile(r"^\.PHONY: (.*)$", re.MULTILINE)
ADDRESS = re.compile(r"\$WARMLINE(/api/v1/[^\s\"'?]*)")


def test_each_documented_line_is_valid_or_in_the_list_of_what_went() -> None:
    wrong = [f"{line}: {why}" for line in LINES for why in faults(line)]
    assert not wrong, "\n".join(wrong)
    assert len(LINES) > 300 and list(faults("warmline agent leaf 1000")) and list(faults("warmline db check --jsom"))
    assert list(faults("warmline campaign set SALES dial_timeouts=3")) and list(faults("make coffee"))
    assert list(faults('curl "$WARMLINE/api/v1/kitchens"'))


def faults(line: str) -> Iterator[str]:
    """Yield what is wrong with a line."""
    if line in ON_PURPOSE or line in WENT:
        return
    lexer = shlex.shlex(re.sub(r" # .*$|\$\([^)]*\)", "", line), posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    lexer.commenters = ""
    for is_end, words in groupby(lexer, lambda word: word in ("|", "&&", ";", ">", ">>")):
        if not is_end:
            yield from program_faults(*words)


def program_faults(program: str, *words: str) -> Iterator[str]:
    """Yield what is wrong with the words of a program of Warmline; of others, nothing."""
    try:
        match program.rpartition("/")[2]:
            case "warmline" if not any(words[: len(gone)] == gone for gone in GONE):
                parse(list(words))
                if len(words) > 2 and words[0] in ENTITIES and words[1] in OPTION_COMMANDS:
                    pairs = dict(word.split("=", 1) for word in words[2:] if re.match(r"\w+=(?!-$)", word))
                    check(words[0], without(words[0], pairs))
            case "make":
                if words[0] not in TARGETS.findall((PROJECT / "Makefile").read_text())[0].split():
                    yield f"make has no target {words[0]}"
            case "curl":
                known = [re.sub(r"\{\w+\}", "[^/]+", path) for path in document()["paths"]]
                for address in ADDRESS.findall(" ".join(words)):
                    if not any(re.fullmatch(path, address) for path in known):
                        yield f"there is no address {address}"
    except (typer.TyperException, OptionError) as error:
        if str(error) not in BY_LOGIN:
            yield str(error)


def parse(words: list[str]) -> None:
    """Parse a command of Warmline with all its options. Raises typer.TyperException."""
    command: Any = whole_tree()
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    if hasattr(command, "commands") and words and not words[0].startswith("-"):
        raise typer.BadParameter(f"there is no command {words[0]}")
    command.make_context("warmline", words)
