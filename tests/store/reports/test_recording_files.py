"""Recording files: only those in their folder, and as root only those that the app itself can reach."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import CHANGED, UNREADABLE, WHOLE, state_of

NOBODY = 65534
KEPT = {"status": "kept", "cause": "", "started": 0, "ended": 0, "length": 0, "converted_path": ""}


@pytest.fixture
def place() -> Iterator[Path]:
    """Provide a folder of root with the app's folder, which belongs to the user nobody, and a secret file."""
    with tempfile.TemporaryDirectory() as made:  # pytest's own folders are open to root alone
        place = Path(made)
        place.chmod(0o755)
        for name, mode in ("app", 0o755), ("app/recordings", 0o750), ("treasures", 0o700):
            (place / name).mkdir()
            (place / name).chmod(mode)
        for name in ("app", "app/recordings"):
            os.chown(place / name, NOBODY, NOBODY)
        (place / "treasures/1.gsm").write_text("root's")
        yield place


def row(path: Path) -> dict[str, str]:
    return {"path": str(path), "converted_path": ""}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_has_the_rights_of_the_app(place: Path) -> None:
    files = RecordingFiles(place / "app/recordings", place / "app/warmline.db")
    mine = place / "app/recordings/1.gsm"
    mine.write_text("talk")
    os.chown(mine, NOBODY, NOBODY)  # with any umask
    with files.open(str(mine)) as file:
        assert file.read() == b"talk"
    assert files.delete(row(mine)) and not mine.exists()
    (place / "app/recordings").rmdir()
    (place / "app/recordings").symlink_to(place / "treasures")  # the app can do this, too
    with pytest.raises(PermissionError):
        files.open(str(mine)).close()
    assert not files.delete(row(mine))
    assert (place / "treasures/1.gsm").exists()
    assert (os.geteuid(), os.getegid()) == (0, os.getgid())


def test_a_named_pipe_delays_no_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with RecordingFiles(tmp_path, tmp_path / "warmline.db").open(str(tmp_path / "pipe.wav")) as file:
        assert file.read() == b""


@pytest.mark.parametrize("name", ["..", ".", "", "../1.gsm", "\0", "no/../../1.gsm", "loop/1.gsm"])
def test_a_path_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    (folder / "loop").symlink_to("loop")
    (tmp_path / "1.wav").touch()
    with pytest.raises(OSError, match=r"not in|symbolic links|No such"):
        RecordingFiles(folder, tmp_path / "warmline.db").open(f"{folder}/{name}")


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can read everything; the app's user reads what the kernel lets it"
)
def test_a_path_elsewhere_in_a_row_is_not_read_by_root(place: Path) -> None:
    """Otherwise, the commands would reveal the size of any file, and whether its sha256 is a known one."""
    secret = place / "treasures/1.gsm"
    digest = hashlib.sha256(b"root's").hexdigest()
    found = KEPT | {"bytes": 6, "sha256": digest}
    files = RecordingFiles(place / "app/recordings", place / "app/warmline.db")
    link = place / "app/recordings/2.gsm"
    link.symlink_to(secret)
    mine = place / "app/recordings/1.gsm"
    mine.write_text("root's")
    os.chown(mine, NOBODY, NOBODY)
    for read in (False, True):
        assert state_of(found | {"path": str(mine)}, files, read=read) == WHOLE
        assert state_of(found | {"path": str(secret)}, files, read=read) == UNREADABLE
        assert state_of(found | {"path": str(link)}, files, read=read) == CHANGED


def test_the_apps_user_looks_where_the_row_says(tmp_path: Path) -> None:
    """The folder may have been a different one before."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old/1.gsm").write_text("talk")
    row = KEPT | {"bytes": 4, "sha256": "", "path": str(tmp_path / "old/1.gsm")}
    found = state_of(row, RecordingFiles(tmp_path / "new", tmp_path / "warmline.db"), read=True)
    assert found == (UNREADABLE if os.geteuid() == 0 else WHOLE)
