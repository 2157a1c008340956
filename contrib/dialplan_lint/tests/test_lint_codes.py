"""Each code of `warmline dialplan lint` is found where it must be, and not in a similar dialplan."""

from pathlib import Path
from unittest.mock import patch

import pytest

from contrib.dialplan_lint.tests.examples import EXAMPLES
from tools.pages.marked_text import PROJECT
from warmline.agi.testing import new_database
from warmline.system.program_files import DIALPLAN, TALK_DIALPLAN
from warmline_contrib.dialplan_lint import dialplan_reading as reading
from warmline_contrib.dialplan_lint import warmline_facts
from warmline_contrib.dialplan_lint.dialplan_lint import lint
from warmline_contrib.dialplan_lint.lint_codes import LintSeverity
from warmline_contrib.dialplan_lint.lint_finding import LintFinding
from warmline_contrib.dialplan_lint.warmline_facts import WarmlineFacts


def find_findings(folder: Path, text: str, files: dict[str, str]) -> list[LintFinding]:
    """Return the findings of a dialplan, whose lines begin in the context test."""
    for name, content in {**files, "extensions.conf": f"[test]\n{text}"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.replace("$folder", str(folder)).encode(errors="surrogateescape"))
        (folder / name).chmod(0o755 if content.startswith("#!") else 0o644)
    plan = reading.from_file(folder / "extensions.conf", folder)
    facts = reading.around(folder)
    if "warmline" in text or "script-" in text:
        dids = {"8005550100": "ingroup:SALESLINE"}
        database = new_database(folder / "warmline.db", ingroups=["SALESLINE"], agents=["1000"], dids=dids)
        facts.warmline = WarmlineFacts(str(database), folder)
    with patch.object(warmline_facts, "UNITS", (folder / "units",)):
        return lint(plan, facts)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_one_is_found(tmp_path: Path, code: str) -> None:
    example = EXAMPLES[code]
    findings = [finding for finding in find_findings(tmp_path, example.bad, example.files) if finding.code == code]
    assert findings and findings[0].place.file.startswith(str(tmp_path)) and findings[0].place.line > 0


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_good_one_has_no_finding_at_all(tmp_path: Path, code: str) -> None:
    example = EXAMPLES[code]
    assert (
        find_findings(tmp_path, example.good, example.files if example.good_files is None else example.good_files) == []
    )


@pytest.mark.parametrize(
    ("name", "etc"), [("dialplan/warmline.conf", "dialplan"), ("lab/conf/etc/extensions.conf", "lab")]
)
def test_no_alarm_about_warmlines_own_dialplans(tmp_path: Path, name: str, etc: str) -> None:
    text = (
        (PROJECT / name).read_text().replace("$dialplan", str(DIALPLAN)).replace("$talk_dialplan", str(TALK_DIALPLAN))
    )
    for mark, value in (("$login", "700"), ("$lab", "/tmp"), ("$fastagi", "4573"), ("$$", "$")):  # noqa: S108 - no file
        text = text.replace(mark, value) if etc == "lab" else text
    (tmp_path / "extensions.conf").write_text(text)
    plan = reading.from_file(tmp_path / "extensions.conf", tmp_path)
    assert len(plan.contexts) >= 15
    notes = lint(plan, reading.around(tmp_path))
    assert {note.severity for note in notes} <= {LintSeverity.NOTE}
    assert [note.code for note in notes] == (["away_missing"] if etc == "lab" else [])
