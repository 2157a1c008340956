"""An app that imports the files of a login, and the machine of a database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from ari_app.http.imports import import_jobs, import_reader, import_run
from ari_app.http.imports.import_jobs import ImportJobs
from cli.leads import remote_import
from tests.cli.app import App
from tests.cli.far_app import far_app, log_in
from tests.lab.warm_warmline import kept_warm


@contextmanager
def importing_app(demo_database: Path, folder: Path, said: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Provide the app, with a folder of its own for uploads; mia, a manager, is logged in.

    The program that reads the files is a fork of a loaded one, outside of `executed`.
    """
    with far_app(demo_database, folder, said) as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(remote_import, "LOOKS", 0.05)
        patch.setattr(remote_import, "RETRY", 0.01)
        patch.setattr(import_run, "AGAIN", 0.01)
        patch.setattr(import_run, "sys", SimpleNamespace(executable=str(kept_warm(import_reader.__name__))))
        patch.setattr(import_jobs, "TEMPORARY", folder / "temporary")
        (folder / "temporary").mkdir()
        log_in(made, "mia")
        yield made


@contextmanager
def executed() -> Iterator[None]:
    """Let imports in the block start Python, as those of users do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_run, "sys", sys)
        yield


def here(patch: pytest.MonkeyPatch, app: App, database: Path, *words: str) -> tuple[int, str, str]:
    """Run a command on a machine with that database."""
    with patch.context() as of_machine:
        of_machine.setenv("WARMLINE_DB", str(database))
        return app.run(*words)


def left(app: App) -> list[str]:
    """Return the uploaded files and rejected lines on the app's machine."""
    jobs: ImportJobs = app.site.api.parts[ImportJobs]
    assert jobs._folder is not None
    return sorted(one.name for one in jobs._folder.iterdir())
