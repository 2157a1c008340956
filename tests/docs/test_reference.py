"""Everything that can be named by a user has its entry on a reference page."""

import re

import pytest

from ari_app.background.metric_table import METRICS
from cli.doctor.check_list import TABLE as CHECKS
from pages.marked_text import PROJECT
from warmline.store.events.event_types import RECORD_TYPES
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS
from warmline.system.settings import LOG_STYLES, SETTING_TABLE, Settings
from warmline.text.webhook_variables import NAMES

ENTRY = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
SHOWN = {
    "settings": list(SETTING_TABLE),
    "metrics": [row.series(name) for name, row in METRICS.items()],
    "events": [*RECORD_TYPES, *JOURNAL_KINDS],
    "webhook-variables": [*NAMES],
    "doctor": [check.name for check in CHECKS],
}


def entries(page: str) -> list[str]:
    """The names in the first column of a page's tables."""
    return ENTRY.findall((PROJECT / f"docs/reference/{page}.md").read_text())


@pytest.mark.parametrize("page", SHOWN)
def test_each_has_an_entry(page: str) -> None:
    assert [name for name in SHOWN[page] if name not in entries(page)] == []


@pytest.mark.parametrize("page", SHOWN)
def test_each_entry_is_one_of_them(page: str) -> None:
    assert sorted(entries(page)) == sorted(SHOWN[page])


def test_settings_are_told_with_values_and_meaning() -> None:
    assert list(SETTING_TABLE) == list(Settings._fields)
    assert [name for name, (_, values, meaning) in SETTING_TABLE.items() if not (values and meaning)] == []
    assert SETTING_TABLE["log"][1] == ", ".join(LOG_STYLES)
