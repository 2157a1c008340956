"""The sentences that readers meet keep the rules of style, and the check reads every kind of file."""

from pathlib import Path

import pytest

from tests.tree.prose import code, comment_lines, markdown
from tests.tree.prose.files import all_files, findings, judged, passages
from tests.tree.prose.help_pages import cut_lines
from tests.tree.prose.kept import KEPT
from tests.tree.prose.passage import plain
from tests.tree.prose.rules import broken, judge, words
from tests.tree.test_imports import ROOT

LONG = "A sentence of one word more than twenty-five " + "is " * 18


def test_no_sentence_breaks_a_rule() -> None:
    found = [*findings(all_files()), *cut_lines()]
    if found:
        pytest.fail("\n".join(map(str, found)), pytrace=False)


def test_the_sentences_that_stay_exist() -> None:
    found = {(one.file, one.sentence) for one in judged(ROOT / file for file, _ in KEPT)}
    assert set(KEPT) - found == set()


@pytest.mark.parametrize(
    "sentence, rules",
    [
        (LONG, [("too long", "26 words, at most 25")]),
        ("Who talks, talks on.", [("headless", '"Who"')]),
        ("**What is already so** is done.", [("headless", '"What"')]),
        ("where call times are those of the clock", [("headless", '"where"')]),
        ("That an agent leaves is written down.", [("headless", '"That"')]),
        ("He hangs up; his call ends, and he is free.", [("he for a person", '"He", "his", "he"')]),
        ("Told of it, somebody mends it in vain.", [("old word", '"Told of", "somebody", "mends", "in vain"')]),
        ("Nobody hears what becomes of it meanwhile.", [("old word", '"Nobody", "becomes of", "meanwhile"')]),
    ],
)
def test_a_sentence_breaks_a_rule(sentence: str, rules: list[tuple[str, str]]) -> None:
    assert list(broken(sentence)) == rules


@pytest.mark.parametrize(
    "sentence",
    [
        LONG.removesuffix("is "),
        "Who hears whom?",
        "That call has ended.",
        "The unit runs as the user nobody.",
        "The history of the heartbeat is shown.",
    ],
)
def test_a_plain_sentence_breaks_none(sentence: str) -> None:
    assert list(broken(sentence)) == []


def test_code_is_one_word_and_so_is_a_list_of_it() -> None:
    [(_, _, masked)] = plain("page", 1, "Use `warmline agent --help`, `a b c`, `d` and `e` often.").sentences()
    assert words(masked) == 3
    assert [*judge(plain("page", 1, "The user is `nobody`, and the word `his` is code."))] == []


def test_a_full_stop_ends_a_sentence_unless_it_abbreviates() -> None:
    text = "The app stopped. it restarts,\ne.g. after a crash.\nRead v1.2 of it."
    assert [(line, shown) for line, shown, _ in plain("page", 1, text).sentences()] == [
        (1, "The app stopped."),
        (1, "it restarts, e.g. after a crash."),
        (3, "Read v1.2 of it."),
    ]


def test_a_page_is_read_by_cells_items_and_paragraphs_without_code() -> None:
    table = "| What it does | b |\n|---|---|\n| five | six<br>seven |\n"
    page = f"# What it is\n\nOne\ntwo `x`.\n\n- three\n- four\n\n```\nwho is code\n```\n\n{table}"
    read = list(markdown.passages("page", page))
    assert [one.text for one in read] == [
        "What it is",
        "One\ntwo `x`.",
        "three",
        "four",
        "What it does",
        "b",
        "five",
        "six",
        "seven",
    ]
    assert [one.line for one in read] == [1, 3, 6, 7, 13, 13, 15, 15, 15]
    assert [one for passage in read for one in judge(passage)] == []


def test_code_is_read_by_docstrings_comments_and_texts() -> None:
    source = '''
"""The module."""
# One comment
# of two lines.
NAME = "a key"  # behind it
def f(x):
    """Do it.

    - an item
      goes on
    """
    raise ValueError(f"what is {x} good for here")
    run("SELECT what FROM where it is all")
'''
    read = [(one.line, " ".join(one.text.split())) for one in code.passages("file", source)]
    assert sorted(read) == [
        (2, "The module."),
        (3, "One comment of two lines."),
        (5, "behind it"),
        (7, "Do it."),
        (9, "an item goes on"),
        (12, "what is {…} good for here"),
    ]
    assert len(list(code.passages("file", source, texts=False))) == 5


def test_comments_are_read_by_their_sign() -> None:
    read = list(comment_lines.passages("schema.sql", "-- one\n-- two\nCREATE -- three\n", "--"))
    assert [(one.line, one.text) for one in read] == [(1, "one\ntwo"), (3, "three")]


def test_the_answers_of_vicidial_are_not_judged() -> None:
    assert [*judge(plain("file", 1, "ERROR: nobody is logged in"))] == []


def test_each_kind_of_file_is_read() -> None:
    named = [
        "README.md",
        "schema.sql",
        "Makefile",
        "dialplan/warmline.conf",
        "agi-bin/fallback",
        "packaging/systemd/warmline.service",
    ]
    assert [name for name in named if not list(passages(ROOT / name))] == []
    assert {Path("README.md"), Path("cli/main.py")} <= {one.relative_to(ROOT) for one in all_files()}
