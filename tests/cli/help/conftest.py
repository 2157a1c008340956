"""A site on which strangers guess."""

import io
import shutil
from pathlib import Path

import pytest

from warmline.store.configuration import config
from warmline.store.leads import dnc, leads


@pytest.fixture(scope="module")
def guessed(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with a campaign, a list with a lead, a user and a number that is not called; to be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("guessed") / "warmline.db"))
    config.create(path, "campaign", "spring", {}, who="ada")
    config.create(path, "list", "101", {"campaign": "spring", "country": "US"}, who="ada")
    config.create(path, "user", "eve", {"pass": "long-enough-77"}, who="ada")
    leads.create(path, "101", {"phone_number": "8005551234"}, who="ada")
    dnc.add(path, "8005558888", who="ada")
    return path


@pytest.fixture
def site(guessed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a site with this database and two files; its folder is the current one."""
    path = Path(shutil.copy(guessed, tmp_path / "warmline.db"))
    for name, value in (("DB", path), ("RUN", tmp_path)):
        monkeypatch.setenv(f"WARMLINE_{name}", str(value))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (tmp_path / "leads.csv").write_text("phone_number,first_name\n8005551235,Grace\n")
    (tmp_path / "file.csv").write_text("phone_number\n8005550009\n")
    return path
