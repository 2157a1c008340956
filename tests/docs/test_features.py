"""The page "A feature and its files": which names belong to a feature, and that its tables lead to the right files."""

import re

import pytest

from tools.pages.features.feature_files import FEATURES, LAYERS, imported, is_about
from tools.pages.marked_text import PROJECT

TEXT = (PROJECT / "docs/contributing/features.md").read_text()
SECTIONS = {name: TEXT.split(f"\n## {name}\n")[1].split("\n## ")[0] for name in FEATURES}
STARTS = {
    "Leave": "calls/leave.py",
    "Hold": "calls/park_time.py",
    "Recording": "media/recording_control.py",
    "Parking": "calls/park_time.py",
    "Callbacks": "agents/callback_promise.py",
    "Transfer": "commands/transfer_preparation.py",
    "Adoption": "commands/adoption.py",
    "Dialling": "permission/dial_gate.py",
}


def row(feature: str, layer: str) -> list[str]:
    """Return the files in a row of a feature, without the names behind them."""
    [files] = re.findall(rf"^\| {re.escape(layer)} \| (.*) \|$", SECTIONS[feature], re.MULTILINE)
    return re.findall(r"`([^`]+\.(?:py|js|md))`", files)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_begins_in_the_core_and_has_tests(feature: str) -> None:
    assert STARTS[feature] in row(feature, "core, `warmline/core`")
    assert len(row(feature, "tests, `tests`")) >= 2


@pytest.mark.parametrize("feature", FEATURES)
def test_each_file_of_a_feature_exists(feature: str) -> None:
    for layer in LAYERS:
        if f"\n| {layer.name}, " in SECTIONS[feature]:
            files = row(feature, f"{layer.name}, `{layer.folder}`")
            assert files and [one for one in files if not (PROJECT / layer.folder / one).exists()] == []


def test_callers_import_a_file_of_the_feature() -> None:
    core = PROJECT / "warmline/core"
    callers = row("Leave", "calls it, in the core")
    assert "calls/call_transitions.py" in callers and "calls/leave.py" not in callers
    assert all(core / "calls/leave.py" in imported(core / one) for one in callers)


@pytest.mark.parametrize("name", ["park_customer", "ParkCustomer", "PARK", "## Park a customer", "test_park"])
def test_a_word_is_found_in_every_form(name: str) -> None:
    assert is_about(name, ["park"])


@pytest.mark.parametrize("name", ["sparking", "parked", "Parker", "dialplan"])
def test_a_part_of_a_word_is_no_word(name: str) -> None:
    assert not is_about(name, ["park", "dial"])


def test_a_word_with_another_meaning_does_not_count() -> None:
    assert not is_about("hold", ["hold"], "lock hold", of="lock")
    assert is_about("hold", ["hold"], "lock hold", of="agent_call")
