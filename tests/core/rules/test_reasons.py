"""The reasons for which commands do not succeed: a sentence leads to its code, and each is used with its fields."""

import ast
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest

from tests.tree.test_imports import ROOT, python_files
from warmline.core.rules import reasons
from warmline.core.rules.coded_reason import CodedReason

NAMES = {name: reason for name, reason in vars(reasons).items() if isinstance(reason, CodedReason)}


def fields(reason: CodedReason) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(reason.sentence) if name}


def test_a_sentence_leads_to_its_reason(subtests: pytest.Subtests) -> None:
    for reason in reasons.list_reasons():
        with subtests.test(reason=reason):
            for field_text in ("8500", "agent 1000", "SALE: no (3)", ""):
                assert reasons.find_by_text(reason.text(**dict.fromkeys(fields(reason), field_text))) is reason


def test_a_sentence_that_no_reason_has_leads_to_none() -> None:
    assert reasons.find_by_text("the agent has gone fishing") is None
    assert reasons.find_by_text("") is None


def test_a_code_is_that_of_one_reason() -> None:
    codes = [reason.code for reason in reasons.list_reasons()]
    assert sorted(codes) == sorted(set(codes))


@cache
def uses() -> list[tuple[str, str, set[str] | None]]:
    """Each place of the product that names a reason, with its fields if the place makes the sentence."""
    places = []
    for file in (file for folder in ("warmline", "ari_app", "cli", "contrib") for file in python_files(folder)):
        if file.name != "reasons.py" and "reasons" in (text := file.read_text()):
            places += uses_in(file.relative_to(ROOT).as_posix(), ast.parse(text))
    return places


def uses_in(file: str, tree: ast.Module) -> Iterator[tuple[str, str, set[str] | None]]:
    aliases = {
        alias_node.asname or alias_node.name: alias_node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "warmline.core.rules.reasons"
        for alias_node in node.names
    }
    called = {
        id(node.func.value): {str(keyword.arg) for keyword in node.keywords}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text"
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="reasons"), attr=name) if name in NAMES:
                yield f"{file}:{node.lineno}", name, called.get(id(node))
            case ast.Name(id=alias) if alias in aliases:
                yield f"{file}:{node.lineno}", aliases[alias], called.get(id(node))


def test_a_sentence_is_made_with_the_fields_that_it_shows() -> None:
    wrong_lines = [
        line for line, name, field_names in uses() if field_names is not None and field_names != fields(NAMES[name])
    ]
    assert wrong_lines == []
