"""The fixtures of the commands' tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.app import App, opened
from tests.cli.command_line import Run
from tests.cli.installed import Box
from warmline.store.database.reading import keeping


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Box:
    """Provide a machine with Asterisk and without Warmline, named in the environment."""
    made = Box(tmp_path / "box")
    for name, value in made.environ.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Provide a function that runs a command line."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Provide the app on this machine; agent 1000 is logged in."""
    with opened(demo_database, tmp_path, capsys) as made:
        yield made


@pytest.fixture
def db(tmp_path: Path, new_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide an empty database, named in the environment; ada types the commands."""
    path = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    monkeypatch.setenv("WARMLINE_DB", str(path))
    monkeypatch.setenv("SUDO_USER", "ada")
    return path


@pytest.fixture
def demo_db(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a copy of the lab's configuration, named in the environment."""
    path = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


@pytest.fixture(autouse=True)
def kept_connections() -> Iterator[None]:
    """Keep connections open until the test ends, because each of its commands would open the database again."""
    with keeping():
        yield
