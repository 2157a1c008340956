"""The files of recordings: only those in their folder, and for root only what the app itself could reach."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from warmline.store.recording_files import RecordingFiles

NOBODY = 65534


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of root's with the app's folder in it, which is nobody's, and a treasure."""
    with tempfile.TemporaryDirectory() as made:  # pytest's own lie where only root comes
        place = Path(made)
        place.chmod(0o755)
        for name, mode in ("app", 0o755), ("app/recordings", 0o750), ("treasures", 0o700):
            (place / name).mkdir()
            (place / name).chmod(mode)
        for name in ("app", "app/recordings"):
            os.chown(place / name, NOBODY, NOBODY)
        (place / "treasures/1.wav").write_text("root's")
        yield place


def row(path: Path) -> dict[str, str]:
    return {"path": str(path), "converted_path": ""}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_has_the_rights_of_the_app(place: Path) -> None:
    files = RecordingFiles(place / "app/recordings", place / "app/warmline.db")
    mine = place / "app/recordings/1.wav"
    mine.write_text("talk")
    os.chown(mine, NOBODY, NOBODY)  # whatever the umask is
    with files.open(str(mine)) as file:
        assert file.read() == b"talk"
    assert files.delete(row(mine)) and not mine.exists()
    (place / "app/recordings").rmdir()
    (place / "app/recordings").symlink_to(place / "treasures")  # the app can do that, too
    with pytest.raises(PermissionError):
        files.open(str(mine)).close()
    assert not files.delete(row(mine))
    assert (place / "treasures/1.wav").exists()
    assert (os.geteuid(), os.getegid()) == (0, os.getgid())


def test_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with RecordingFiles(tmp_path, tmp_path / "warmline.db").open(str(tmp_path / "pipe.wav")) as file:
        assert file.read() == b""


@pytest.mark.parametrize("name", ["..", ".", "", "../1.wav", "\0", "no/../../1.wav", "loop/1.wav"])
def test_what_is_no_file_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    (folder / "loop").symlink_to("loop")
    (tmp_path / "1.wav").touch()
    with pytest.raises(OSError, match=r"not in|symbolic links|No such"):
        RecordingFiles(folder, tmp_path / "warmline.db").open(f"{folder}/{name}")
