"""Each error has a code of its own and the fields that its sentence shows; the golden files hold all sentences."""

import re
from collections import defaultdict

import pytest

from tests.wording.sentences import files, sentences

CODED = ("errors", "problems", "reasons")


def test_the_golden_files_hold_every_sentence() -> None:
    differing = [file.name for file, text in files().items() if not file.exists() or file.read_text() != text]
    if differing:
        pytest.fail(f"{', '.join(differing)}: run `python -m tests.wording`, and look at the diff", pytrace=False)


def test_a_code_has_one_sentence() -> None:
    by: dict[str, set[str]] = defaultdict(set)
    for one in sentences():
        if one.surface in CODED:
            by[one.code].add(one.place)
    assert {code: places for code, places in by.items() if len(places) > 1} == {}
    assert [code for code in by if not re.fullmatch("[a-z][a-z0-9_]+", code)] == []


def test_a_sentence_shows_only_fields_that_it_is_given() -> None:
    wrong = [f"{one.place}: {one.names - one.fields}" for one in sentences() if one.surface in CODED]
    assert [text for text in wrong if not text.endswith("frozenset()")] == []
