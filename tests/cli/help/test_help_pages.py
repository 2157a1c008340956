"""Every help page: whole lines at 80 columns, one sentence for each command, two examples, a word for each option."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import typer

from cli.help import man_page
from cli.help.help_page import parameters
from tests.cli.whole_tree import whole_tree

TREE: Any = whole_tree()
ROOT: Any = TREE.make_context("warmline", [], resilient_parsing=True)
COLUMNS, SENTENCE = 80, 45


def pages(command: Any, context: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words of each group and command, beginning with `warmline`, and its help page at 80 columns."""
    yield path, command.get_help(context)
    for name in getattr(command, "rows", ()):
        inner = command.commands[name]
        yield from pages(inner, type(context)(inner, parent=context, info_name=name), (*path, name))


NARROW: Any = TREE.make_context("warmline", [], resilient_parsing=True, terminal_width=COLUMNS - 2)
PAGES = dict(pages(TREE, NARROW, ("warmline",)))
SHELL = {"|", "||", "&&", ">"}

# The arguments and options whose texts vary.
FREE_NAMES = """
    number source text did destination gate name full_name new file backup folder hours servers duplicate_days email
    vendor_code listen trunk phones passwords leader list_file to expect after limit lead leads within directory url
    ca hosts days files certificate key why notes comments mapping columns login user api_user etc units command
    config where owner since of day between at callback length cid data agents cdr cel queue_log digits json_fields
    json_version from_trunk by who session script arguments keep
"""
FREE = set(FREE_NAMES.split())


def found(path: tuple[str, ...]) -> tuple[Any, Any]:
    """The command of these words, `warmline` among them, and its context."""
    command, context = TREE, ROOT
    for name in path[1:]:
        command = command.commands[name]
        context = type(ROOT)(command, parent=context, info_name=name)
    return command, context


def test_a_page_fits_a_terminal_and_cuts_nothing() -> None:
    for path, page in PAGES.items():
        cut = [line for line in page.splitlines() if len(line) > COLUMNS or line.endswith(("…", "..."))]
        assert cut == [], path
        sentence = found(path)[0].help.partition("\n")[0]
        assert len(sentence) <= SENTENCE and re.fullmatch(r"[A-Z][^.]*( \(DTMF\))?\.", sentence), path


def test_two_examples_can_be_parsed() -> None:
    for path in PAGES:
        examples = found(path)[0].examples()
        assert len(set(examples)) == len(examples) >= 2, path
    for example in (example for path in PAGES for example in found(path)[0].examples()):
        words = shlex.split(example)
        words = words[words.index("warmline") + 1 :]
        end = next((at for at, word in enumerate(words) if word in SHELL), len(words))
        command, parent = TREE, None
        words = words[:end]
        while words and words[0] in getattr(command, "rows", ()):
            parent = type(ROOT)(command, parent=parent, info_name=command.name)
            command = command.commands[words.pop(0)]
        try:
            command.make_context(command.name, words, parent=parent)
        except typer.Exit:
            assert example.endswith("--version")


def test_every_argument_and_option_is_described() -> None:
    described = re.compile(r"[A-Z0-9].*\.( +\[.*\])?")
    told = [(path, term, meaning) for path in PAGES for _, term, meaning in parameters(*found(path))]
    assert [(*path, term) for path, term, meaning in told if not described.fullmatch(meaning)] == []


def test_arguments_with_known_values_have_completion() -> None:
    missing = set()
    for path in PAGES:
        for one in found(path)[0].params:
            known = (
                one._custom_shell_complete or one.type_descriptor.is_choice or one.type_descriptor.annotation is bool
            )
            if not known and one.name not in FREE:
                missing.add((*path, one.name))
    assert missing == set()


def test_manual_pages_name_every_command() -> None:
    texts = dict(man_page.pages(TREE, "1.0"))
    assert {f"{'-'.join(path[:2])}.1" for path in PAGES if hasattr(found(path)[0], "rows")} == set(texts)
    for path in PAGES:
        page = texts.get("-".join(path[:2]) + ".1") or texts["warmline.1"]
        assert " ".join(path).replace("-", r"\-") in page
    control = [line for text in texts.values() for line in text.splitlines() if line.startswith((".", "'"))]
    assert {line.split()[0] for line in control} <= {
        *(".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".BR", ".nf", ".fi", ".RS", ".RE"),
    }
