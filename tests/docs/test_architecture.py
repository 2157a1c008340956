"""docs/explanation/architecture.md: its walks agree with a trace, its folders are the layers, its paths exist."""

import asyncio
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.docs.walks import Walk, walks
from tests.tree.test_imports import imports
from tests.tree.test_layers import LAYERS
from tools.pages.marked_text import PROJECT
from warmline.core.messages import actions as do

PAGE = (PROJECT / "docs/explanation/architecture.md").read_text()
FILE = re.compile(r"^\| `([\w./-]+)` \| .", re.MULTILINE)
OURS = {"warmline", "ari_app", "cli", "lab", "tools", "tests"}


def section(heading: str) -> str:
    """Return the text below the heading that begins like this, up to the next heading of its level."""
    return re.split(rf"^## {heading}.*$", PAGE, maxsplit=1, flags=re.MULTILINE)[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def traced(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Walk, Walk]:
    """Both walks, run once."""
    folder = tmp_path_factory.mktemp("walks")
    (folder / "run").mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch:
        database = Path(shutil.copy(demo_database, folder))
        return asyncio.run(walks(database, folder / "run", monkeypatch))


@pytest.mark.parametrize("number", [1, 2])
def test_a_walk_names_every_file_in_the_order_of_the_trace(number: int, traced: tuple[Walk, Walk]) -> None:
    assert FILE.findall(section(f"Walk {number}:")) == traced[number - 1].files


@pytest.mark.parametrize("number", [1, 2])
def test_a_walk_names_the_actions_in_their_order(number: int, traced: tuple[Walk, Walk]) -> None:
    said = section(f"Walk {number}:").split("asks for them: ")[1].split(".\n")[0]
    assert re.findall(r"`(\w+)`", said) == [type(action).__name__ for action in traced[number - 1].actions]


def test_a_leave_takes_the_agent_out_and_starts_the_new_recording_before_the_old_one_stops(
    traced: tuple[Walk, Walk],
) -> None:
    first = [type(action) for action in traced[1].actions[:3]]
    assert first == [do.RemoveFromBridge, do.StartRecording, do.StopRecording]


def test_the_folders_are_the_layers_in_their_order() -> None:
    with_files = [folder for folder in LAYERS if _own_files(folder)]
    assert [row.rstrip("/") for row in FILE.findall(section("Folders"))] == with_files


def test_a_folder_imports_the_libraries_that_its_row_names() -> None:
    rows = re.findall(r"^\| `.*", section("Folders"), re.MULTILINE)
    assert len(rows) == len(FILE.findall(section("Folders")))
    for row in rows:
        name, _, libraries = (cell.strip() for cell in row.strip("|").split("|"))
        found = {one.split(".")[0] for file in _own_files(name.strip("`")) for one in imports(file)}
        assert sorted(re.findall(r"`(\w+)`", libraries)) == sorted(found - OURS - sys.stdlib_module_names), name


def test_every_path_exists() -> None:
    named = re.findall(r"`([\w-]+/[\w./-]*)`", PAGE)
    left = [path for path in named if "NAME" not in path and path not in NO_PATHS]
    assert [path for path in left if not (PROJECT / path).exists()] == []
    assert len(named) > 100


NO_PATHS = ("spool/",)  # a folder of an installation


def _own_files(folder: str) -> list[Path]:
    return [file for file in (PROJECT / folder).glob("*.py") if file.read_text()]
