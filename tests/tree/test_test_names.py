"""The name of a test says its subject and its expectation: a report shows the name alone, without its file's docstring.

A word such as `nobody` or `what` hides the subject. A beginning such as `and`, `it` or `why` refers to a text that the
report does not show. A folder of tests has few files, so that a reader finds the one about a subject.
"""

import ast
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from tests.tree.test_imports import ROOT

HIDE_THE_SUBJECT = {
    "nobody", "somebody", "anybody", "everybody", "whoever", "what", "whatever", "nor", "he", "him", "his", "himself",
    "she", "her", "anew", "vain", "meanwhile", "mend", "mends", "mended",
}  # fmt: skip
REFER_TO_ANOTHER_TEXT = {
    "and", "but", "or", "nor", "not", "it", "its", "that", "this", "these", "those", "they", "them", "there", "then",
    "so", "where", "why", "how", "which", "who", "whom", "whose",
}  # fmt: skip
RELATIVE = {"who", "whom", "whose"}  # only after one of PERSONS: "an agent who leaves", not "the one who leaves"
PERSONS = {
    "agent", "agents", "caller", "callers", "lead", "leads", "customer", "customers", "closer", "closers", "fronter",
    "fronters", "reader", "readers", "user", "users", "person", "persons", "party", "parties", "supervisor",
    "supervisors",
}  # fmt: skip
FEWEST_WORDS = 3
LONGEST = 90
MOST_FILES = 40
LARGE_FOLDERS = {
    "tests/fuzz": 42,  # the entry points, each a file, and the search that they share
}


def fault(name: str) -> str:
    """Return why a name of a test is refused, or an empty string."""
    words = name.removeprefix("test_").split("_")
    if len(name) > LONGEST:
        return f"{len(name)} characters; allowed: {LONGEST}"
    if len(words) < FEWEST_WORDS:
        return f"{len(words)} words; needed: {FEWEST_WORDS}"
    if words[0] in REFER_TO_ANOTHER_TEXT:
        return f"begins with {words[0]!r}: begin with the subject"
    if hidden := HIDE_THE_SUBJECT & set(words):
        return f"has {min(hidden)!r}: name the subject"
    if "told_of" in name:
        return "has 'told_of': use reported, named or logged"
    for before, word in pairwise(words):
        if word in RELATIVE and before not in PERSONS:
            return f"has {word!r} after {before!r}: name the person before it"
    return ""


@cache
def all_tests() -> list[tuple[str, str]]:
    """Return each test's file and name."""
    return [
        (str(file.relative_to(ROOT)), node.name)
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]


def test_each_name_says_subject_and_expectation() -> None:
    faults = [f"{file}: {name}: {fault(name)}" for file, name in all_tests() if fault(name)]
    assert faults == []


def test_each_name_is_unique_in_its_file() -> None:
    assert [test for test, count in Counter(all_tests()).items() if count > 1] == []
    assert len(all_tests()) > 4_000


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("test_an_agent_who_leaves_hears_silence", ""),
        ("test_orphans", "1 words"),
        ("test_and_how_long_a_caller_waits", "begins with 'and'"),
        ("test_whose_callback_is_due", "begins with 'whose'"),
        ("test_a_lost_phone_costs_nobody_the_call", "has 'nobody'"),
        ("test_the_one_who_waits_is_served", "has 'who' after 'one'"),
        ("test_a_new_phone_is_told_of", "has 'told_of'"),
        (f"test_a_{'long_' * 17}name", "characters"),
    ],
)
def test_a_refused_name_has_its_reason(name: str, why: str) -> None:
    assert why in fault(name) and bool(why) == bool(fault(name))


def test_a_folder_of_tests_holds_few_files() -> None:
    files = [file for file in (ROOT / "tests").rglob("*.py") if file.name != "__init__.py"]
    counted = Counter(str(file.parent.relative_to(ROOT)) for file in files)
    assert {folder: count for folder, count in counted.items() if count > LARGE_FOLDERS.get(folder, MOST_FILES)} == {}
    assert [folder for folder, count in LARGE_FOLDERS.items() if not MOST_FILES < counted[folder] <= count] == []
