"""Questions of an administrator, from the page about the audit: each is answered by one command, in every form."""

import csv
import json
import re
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from cli.main import main
from tests.reports import made_day

PAGE = (Path(__file__).parents[2] / "docs/how-to/audit.md").read_text()
QUESTIONS = re.findall(r"^\| (.*\?) \| `warmline (.*)` \|$", PAGE.partition("## Choose and print")[0], re.MULTILINE)
NEXT_DAY = made_day.BEGIN + 24 * 3600 * made_day.SECOND
NOTHING = ("undispositioned", "drops", "config", "leads")  # of which the day has none


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[0])
def test_a_question_is_answered_by_one_command_in_every_form(
    question: tuple[str, str], day: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(day))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(time, "time_ns", lambda: NEXT_DAY * 1000)
    words = (
        re.sub("today|last(?:week|month)|thismonth", "yesterday", question[1])
        .replace("3125550100", "493000001")
        .split()
    )

    def said(*more: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main((*words, *more))
        out, err = capsys.readouterr()
        assert (int(ended.value.code or 0), err) == (0, "")
        return out

    rows = list(csv.DictReader(StringIO(said("--csv"))))
    assert rows or words[1] in NOTHING
    document = json.loads(said("--json"))
    assert document
    assert len(said().splitlines()) >= len(rows) > 0 or words[1] in NOTHING
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = re.sub(r"\x1b\[[0-9]*m", "", said())
    assert shown and [line for line in shown.splitlines() if len(line) > 80] == []
