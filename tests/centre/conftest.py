"""The app for programs: on this machine, or after a login with a password."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

import warmline
from tests.centre.program import Program
from tests.cli.app import opened
from tests.cli.far_app import far_app
from tests.http.people.people_site import PASSWORD
from warmline.centre import Centre
from warmline.store.database.reading import keeping

Opened = Callable[[], AbstractAsyncContextManager[Centre]]


@pytest.fixture
def program(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Program]:
    """Provide an app on this machine; agent 1000 is logged in."""
    with keeping(), opened(demo_database, tmp_path, capsys) as app:
        yield Program(app)


@pytest.fixture
def far(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Program]:
    """Provide an app that a program reaches after a login only."""
    with keeping(), far_app(demo_database, tmp_path, capsys) as app:
        yield Program(app)


def after_login(far: Program, user: str = "mia") -> AbstractAsyncContextManager[Centre]:
    """Open the centre as a person."""
    return warmline.centre(far.app.site.url, user=user, password=PASSWORD)
