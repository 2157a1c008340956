"""The kept suites import internals only through tests/internals, so that they stay as they are when internals move."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
KEPT = (
    "scenarios/**/*.py",
    "http/examples/*.py",
    "http/agc/test_examples.py",
    "http/non_agent/**/*.py",
    "http/api_examples/*.py",
    "agi/test_sessions*.py",
    "agi/test_five_scripts.py",
    "agi/test_coming_from_pyst2.py",
    "package/test_upgrade.py",
    "store/migrations/test_left_databases.py",
    "store/journal/test_former_rows.py",
    "browser/**/*.py",
)
INTERNAL = re.compile(
    r"^ *(?:from|import) ((?:warmline|warmline_contrib|ari_app|cli)\b[\w.]*)(?: import (\w+))?", re.MULTILINE
)
PUBLIC = ("warmline", "warmline.agi", "warmline.agi.testing", "warmline.ari", "warmline.ari.testing", "warmline.centre")


def test_kept_suites_import_internals_through_one_folder() -> None:
    files = [file for place in KEPT for file in TESTS.glob(place)]
    wrong = [
        f"{file.relative_to(TESTS)}: {module}"
        for file in files
        for module, name in INTERNAL.findall(file.read_text())
        if module not in PUBLIC and f"{module}.{name}" not in PUBLIC
    ]
    assert len(files) > 150 and wrong == []
