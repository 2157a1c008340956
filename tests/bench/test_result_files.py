"""The stored results are complete, belong to a benchmark, and do not identify the machine."""

import getpass
import json
import platform
from typing import Any

import pytest

from tools.bench.__main__ import BENCHMARKS
from tools.bench.tools import result_files
from tools.pages.benchmarks_page import PAGE, SECTION

FILES = sorted(result_files.FOLDER.glob("*.json"))
FIELDS = {"name", "date", "commit", "machine", "source", "against", "value", "unit", "baseline", "ratio", "goal", "met"}


def test_stored_results_are_found() -> None:
    assert len(FILES) > 5


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_result_is_whole(file: Any) -> None:
    kept = json.loads(file.read_text())
    assert kept.keys() == FIELDS | {"rows"}
    assert kept["name"] == file.stem in BENCHMARKS
    assert kept["met"] == all(row["met"] is not False for row in kept["rows"])
    for row in kept["rows"]:
        assert row.keys() == {"what", "unit", "warmline", "baseline", "goal", "met"}
        assert row["warmline"] and (row["met"] is None) == (not row["goal"])


def test_a_machine_is_described_in_general_terms() -> None:
    told = result_files.machine()
    assert told["processors"] >= 1 and told["memory_gb"] >= 1
    assert not {platform.node(), getpass.getuser()} & set(map(str, told.values()))


def test_the_page_has_a_section_for_each_benchmark() -> None:
    assert sorted(SECTION.findall(PAGE.read_text())) == sorted(BENCHMARKS)
