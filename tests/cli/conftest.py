"""The fixtures of the commands' tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import main
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


@pytest.fixture(autouse=True)
def kept_connections() -> Iterator[None]:
    """Keep connections open until the test ends, because each of its commands would open the database again."""
    with keeping():
        yield
