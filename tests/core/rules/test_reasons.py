"""The reasons for which commands do not succeed: a sentence leads to its code, and each is used with its fields."""

import ast
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest

from tests.tree.test_imports import ROOT, python_files
from warmline.core.rules import reasons
from warmline.core.rules.coded_reason import CodedReason

NAMES = {name: one for name, one in vars(reasons).items() if isinstance(one, CodedReason)}


def fields(reason: CodedReason) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(reason.sentence) if name}


@pytest.mark.parametrize("reason", reasons.list_reasons(), ids=lambda reason: reason.code)
def test_a_sentence_leads_to_its_reason(reason: CodedReason) -> None:
    for value in ("8500", "agent 1000", "SALE: no (3)", ""):
        assert reasons.find_by_text(reason.text(**dict.fromkeys(fields(reason), value))) is reason


def test_a_sentence_that_no_reason_has_leads_to_none() -> None:
    assert reasons.find_by_text("the agent has gone fishing") is None
    assert reasons.find_by_text("") is None


def test_a_code_is_that_of_one_reason() -> None:
    codes = [reason.code for reason in reasons.list_reasons()]
    assert sorted(codes) == sorted(set(codes))


@cache
def uses() -> list[tuple[str, str, set[str] | None]]:
    """Each place of the product that names a reason, with its fields if the place makes the sentence."""
    found = []
    for file in (file for folder in ("warmline", "ari_app", "cli") for file in python_files(folder)):
        if file.name != "reasons.py" and "reasons" in (text := file.read_text()):
            found += uses_in(file.relative_to(ROOT).as_posix(), ast.parse(text))
    return found


def uses_in(file: str, tree: ast.Module) -> Iterator[tuple[str, str, set[str] | None]]:
    aliases = {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "warmline.core.rules.reasons"
        for one in node.names
    }
    called = {
        id(node.func.value): {str(one.arg) for one in node.keywords}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text"
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="reasons"), attr=name) if name in NAMES:
                yield f"{file}:{node.lineno}", name, called.get(id(node))
            case ast.Name(id=alias) if alias in aliases:
                yield f"{file}:{node.lineno}", aliases[alias], called.get(id(node))


def test_each_reason_is_used() -> None:
    assert set(NAMES) - {name for _, name, _ in uses()} == {"OTHER_CAUSE"}, "of_cause gives it"


def test_a_sentence_is_made_with_the_fields_that_it_shows() -> None:
    wrong = [place for place, name, given in uses() if given is not None and given != fields(NAMES[name])]
    assert wrong == []
