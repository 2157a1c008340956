"""Dialplans as administrators and FreePBX write them: what lint must find in them, and what is no fault."""

from pathlib import Path

import pytest

from contrib.dialplan_lint.tests.test_lint_codes import find_findings
from warmline_contrib.dialplan_lint.lint_finding import LintFinding

TRUNK = "[globals]\nTRUNK=IAX2/provider\n[test]\n"
SUBROUTINE = "[sub]\nexten => s,1,Answer()\n same => n,Hangup()\n"


def find_with_code(folder: Path, text: str, code: str) -> list[LintFinding]:
    """Return the findings of a code in a dialplan, whose first line is [test]."""
    return [finding for finding in find_findings(folder, text, {}) if finding.code == code]


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("[a](none)\nexten => 1,1,Hangup()\n", "file_rejected", 2, "no template [none] is above [a]"),
        ("[a](b)\n[b](!)\n", "file_rejected", 2, "no template [b] is above [a]"),
        ("[a](+)\n", "file_rejected", 2, "no [a] is above"),
        ("[a\nexten => 1,1,Hangup()\n", "file_rejected", 2, "[a has no ]"),
        ("[a](!\nexten => 1,1,Hangup()\n", "file_rejected", 2, "[a](! has no )"),
        ("exten -> 1,1,Hangup()\n", "line_ignored", 2, "`exten -> 1,1,Hangup()` has no ="),
        ("#inlcude a.conf\n", "line_ignored", 2, "`#inlcude a.conf` is no directive"),
        ("exten => 1,1,Hangup()\n;-- old\nexten => 2,1,Hangup()\n", "line_ignored", 3, "the comment that begins here"),
        ("exten => 1,1,Dial(PJSIP/1,20,U(sub)\n", "parenthesis_missing", 2, "more ( than )"),
        ("exten => 1,1,Gosub(test,1,1(${A},x)\n", "parenthesis_missing", 2, "more ( than )"),
        (TRUNK + "exten => 1,1,Dial(${TRUNK}/5,20,t)\n", "called_may_transfer", 5, "with the options t"),
        ("exten => 1,1,Dial(SIP/1,20)\n same => n,Dial(SIP/2)\n", "application_removed", 2, "SIP/ is used here, and 1"),
        ("exten => 1,1,Dial(PJSIP/1,20,M(x))\n", "application_removed", 2, "the option M of Dial is used here"),
        (
            "[warmline-ended]\nexten => s,1,NoOp()\n",
            "subroutine_without_return",
            3,
            "s@warmline-ended ends with NoOp()",
        ),
        ("exten => 1,1,ExecIf(1?Macro(x))\n", "application_removed", 2, "Macro is used here"),
    ],
)
def test_an_undetected_fault_of_a_dialplan_is_found(
    tmp_path: Path, text: str, code: str, line: int, words: str
) -> None:
    [finding] = find_with_code(tmp_path, text, code)
    assert finding.place == (str(tmp_path / "extensions.conf"), line) and words in finding.found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("exten => _X.,1,NoOp()\nexten => _2XX,2,Hangup()\nexten => _3XX,2,Hangup()\n", "first_priority_missing"),
        ("exten => _X.,1,NoOp()\nexten => _2XX,2,Hangup()\nexten => _3XX,2,Hangup()\n", "falls_into"),
        ("exten => _2XX,1,NoOp()\nexten => _X.,2,Hangup()\n", "first_priority_missing"),
        ("include => test-custom\n", "include_unknown"),
        ("exten => _FMX!,1,Hangup()\nexten => _RG-X!,1,Hangup()\n", "pattern_letters"),
        ("exten => 1,1,Dial(Local/1@test,20,t)\n", "called_may_transfer"),
        ('exten => 1,1,Set(A=${REGEX("^(" ${B})})\n', "parenthesis_missing"),
        ("exten => 1,1,NoOp(a \\( b)\n", "parenthesis_missing"),
        (";-- a --;\n;---- b\nexten => 1,1,Hangup()\n", "line_ignored"),
    ],
)
def test_a_correct_dialplan_has_no_finding(tmp_path: Path, text: str, code: str) -> None:
    assert find_with_code(tmp_path, text, code) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("exten => 10,1,Gosub(sub,s,1)\nexten => _X.,1,NoOp()\n same => n,Hangup()\n" + SUBROUTINE, "falls_into"),
        ("exten => 1,1,NoOp()\nexten => 1,102(busy),Hangup()\n", "priority_gap"),
        (
            "exten => h,1,Hangup()\n same => n,NoOp()\nexten => 9,1,Goto(${A})\ninclude => b\n"
            "[b]\nexten => _.,1,NoOp()\n same => 2,NoOp()\n same => 3,Hangup()\n",
            "falls_into",
        ),
    ],
)
def test_a_fault_that_may_be_intended_is_uncertain(tmp_path: Path, text: str, code: str) -> None:
    assert [finding.certain for finding in find_with_code(tmp_path, text, code)] == [False]


def test_lines_of_an_included_file_belong_to_the_section_above(tmp_path: Path) -> None:
    text = '#include "steps.conf"\n same => n,Hangup()\n'
    findings = find_findings(tmp_path, text, {"steps.conf": "exten => 1,1,Goto(nowhere,s,1)\n"})
    assert [(finding.code, finding.context, finding.place.line) for finding in findings] == [
        ("target_missing", "test", 1)
    ]
