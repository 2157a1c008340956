"""The reasons for which commands do not succeed: a sentence leads to its code, and each is used with its fields."""

import ast
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


def test_a_sentence_is_made_with_the_fields_that_it_shows() -> None:
    wrong_lines, count = [], 0
    for file in (file for folder in ("warmline", "ari_app", "cli", "contrib") for file in python_files(folder)):
        text = file.read_text()
        for node in ast.walk(ast.parse(text if "reasons" in text else "")):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr=name) | ast.Name(id=name), attr="text"),
                    keywords=keywords,
                ) if name in NAMES:
                    count += 1
                    if {str(keyword.arg) for keyword in keywords} != fields(NAMES[name]):
                        wrong_lines.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong_lines == [] and count > 100
