"""Twelve questions of a new contributor, each with the path of the answer, and a name in that file.

A contributor answers them from `git ls-files` alone. A move or a rename that removes an answer fails here.
"""

import ast
from typing import NamedTuple

import pytest

from tools.pages.marked_text import PROJECT


class Answer(NamedTuple):
    """A path, and what is defined there: functions, classes, constants."""

    path: str
    defines: tuple[str, ...]


QUESTIONS = {
    "Which file decides the rest of a call when its agent leaves customer and third party connected?": Answer(
        "warmline/core/calls/leave.py", ("prepare", "hand_off", "ends_at")
    ),
    "Which ARI requests perform an action, such as taking a channel out of a bridge?": Answer(
        "ari_app/asterisk/action_requests.py", ("REQUESTS",)
    ),
    "What stores each input and its decisions in the database?": Answer(
        "warmline/store/journal/journal_writer.py", ("JournalWriter",)
    ),
    "Which query feeds the report of transfers?": Answer(
        "warmline/store/reports/transfers.py", ("FIND", "Transfer", "transfers")
    ),
    "How long may a customer be on hold, and who is reminded?": Answer(
        "warmline/core/calls/park_time.py", ("on_hold", "remind")
    ),
    "By which rule is a call recorded, or not?": Answer(
        "warmline/core/rules/recording_rules.py", ("policy", "during_call", "at_leave")
    ),
    "Where does the command of a new report go?": Answer("cli/audit/audit_transfers.py", ("COLUMNS", "show")),
    "Where is a campaign option defined, with its type, its default and its sentence?": Answer(
        "warmline/options/campaign/campaign_options.py", ("CAMPAIGN_SECTIONS", "RECORDING_OPTIONS")
    ),
    "Which address of the JSON API gives which command?": Answer(
        "ari_app/http/v1/command_routes.py", ("OF_AGENT", "OF_CALL")
    ),
    "Where is a waiting call matched with a ready agent?": Answer(
        "warmline/core/queue/matching/call_matcher.py", ("CallMatcher",)
    ),
    "What follows for a call when the phone of its agent is lost?": Answer(
        "warmline/core/calls/leg_answer_and_loss.py", ("leg_gone", "rescue_over")
    ),
    "Where does a disposition make a promised callback?": Answer(
        "warmline/core/agents/callback_promise.py", ("settle", "changed")
    ),
}


def defined(path: str) -> set[str]:
    """Return the names at the top of a file."""
    names: set[str] = set()
    for node in ast.parse((PROJECT / path).read_text()).body:
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)):
                names.add(name)
    return names


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_there(question: str) -> None:
    answer = QUESTIONS[question]
    assert set(answer.defines) <= defined(answer.path)


def test_a_report_is_a_file_beside_the_others() -> None:
    """The place for a new one is where each of the others is."""
    reports = sorted((PROJECT / "cli/audit").glob("audit_*.py"))
    assert len(reports) > 10
    assert [file.name for file in reports if "def show(" not in file.read_text()] == []


def test_twelve_questions_have_different_answers() -> None:
    assert len(QUESTIONS) == len({answer.path for answer in QUESTIONS.values()}) == 12
