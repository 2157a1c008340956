"""A site on which strangers guess."""

import io
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command_line import Run
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


@pytest.fixture(scope="session")
def answers() -> dict[str, str]:
    """The answers to guesses on a new copy of the site, whose folder is {site}: several tests look at the same."""
    return {}


@pytest.fixture
def answer(site: Path, run: Run, answers: dict[str, str]) -> Callable[[str], str]:
    """Provide a function that returns the answer to a guess that fails, and so changes nothing."""
    folder = str(site.parent)

    def answer_to(guess: str) -> str:
        if guess not in answers:
            answers[guess] = run(*shlex.split(guess))[2].replace(folder, "{site}")
        return answers[guess].replace("{site}", folder)

    return answer_to
