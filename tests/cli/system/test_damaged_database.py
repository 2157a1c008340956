"""Commands that read a database with damaged pages: one line that names the file, and no traceback."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from warmline.store.database.database import connect

TABLES = ("journal", "open_state", "campaign")
READERS = (
    ("audit", "verify"),
    ("audit", "replay"),
    ("explain", "recording", "--campaign", "TESTCAMP"),
    ("route", "simulate", "--ingroup", "SALESLINE"),
)


@pytest.fixture
def damaged(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database without the first pages of a few tables; its schema can be read."""
    path = Path(shutil.copy(demo_database, tmp_path))
    with closing(connect(path)) as db:
        [size] = db.execute("PRAGMA page_size").fetchone()
        found = db.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").fetchall()
    pages = [page for name, page in found if name in TABLES]
    assert len(pages) == len(TABLES)
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\x7f" * size)
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


def test_a_damaged_page_is_told_in_one_line(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in READERS:
        with pytest.raises(SystemExit) as ended:
            main(words)
        out, err = capsys.readouterr()
        assert (ended.value.code, out) == (1, "")
        assert err == f"warmline: database {damaged} cannot be read: database disk image is malformed\n", words


def test_a_check_tells_a_damaged_page_as_a_finding(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(("db", "check"))
    out, err = capsys.readouterr()
    assert ended.value.code == 1
    assert "malformed" in out + err and "Traceback" not in out + err
