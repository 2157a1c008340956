"""The examples of the page about the dialplan after a call: short, and without a finding of lint."""

from pathlib import Path

from tests.docs.page_blocks import blocks
from tools.pages.marked_text import PROJECT
from warmline_contrib.dialplan_lint import dialplan_reading
from warmline_contrib.dialplan_lint.dialplan_lint import lint

AROUND = f"""#include "{PROJECT}/dialplan/warmline.conf"
[from-trunk]
include => warmline-from-trunk
[warmline-away]
exten => s,1,Hangup()
"""
EXAMPLES = [block.text for block in blocks("docs/how-to/after-the-call.md") if block.text.startswith("[")]


def test_the_page_has_a_survey_an_email_and_a_ticket() -> None:
    assert [text.partition("\n")[0] for text in EXAMPLES] == [
        "[warmline-after]",
        "[warmline-ended]",
        "[warmline-ended]",
    ]


def test_an_example_has_at_most_eight_lines_and_no_finding(tmp_path: Path) -> None:
    for text in (*EXAMPLES, ""):  # nor has a dialplan without these contexts
        assert len(text.splitlines()) <= 8, text
        (tmp_path / "extensions.conf").write_text(AROUND + text)
        plan = dialplan_reading.from_file(tmp_path / "extensions.conf", tmp_path)
        assert lint(plan, dialplan_reading.around(tmp_path)) == [], text
