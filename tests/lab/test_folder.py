"""A lab's folder: its owner, and its content."""

from pathlib import Path

from lab import folder
from lab.lab_error import LabError
from tests.wording.said import refused


def test_an_empty_folder_is_taken_and_so_is_a_former_lab(short_path: Path) -> None:
    lab = folder.claim(short_path)
    folder.write(lab / folder.SETTINGS, "")
    assert folder.claim(short_path) == lab == folder.existing(short_path)


def test_a_foreign_folder_is_not_changed(short_path: Path) -> None:
    (short_path / "thesis.txt").touch()
    mode = short_path.stat().st_mode
    with refused(LabError, "lab_folder_not_empty"):
        folder.claim(short_path)
    assert [path.name for path in short_path.iterdir()] == ["thesis.txt"]
    assert short_path.stat().st_mode == mode


def test_two_commands_on_one_lab_do_not_mix(short_path: Path) -> None:
    lab = folder.claim(short_path)
    with folder.locked(lab), refused(LabError, "lab_busy"), folder.locked(lab):
        pass
    with folder.locked(lab):
        pass
