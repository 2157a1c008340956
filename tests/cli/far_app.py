"""An app with people, whom the commands reach after a login: they have neither its database nor its socket."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.cli.app import App
from tests.http.people.people_site import USERS, PeopleSite, add_people, people_site
from warmline.centre import login_file
from warmline.centre.login_file import AppLogin
from warmline.store.database.reading import keeping


@contextmanager
def far_app(demo_database: Path, folder: Path, said: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Provide the app. Agents 1000 of BERLIN and 1002 of HAMBURG are logged in; the command line has no login.

    `demo_database` is the same file for several tests. Its people are added once, to a copy.
    """
    source = _with_people(demo_database)
    with people_site(folder / demo_database.name, folder, source) as site, pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DB", "RUN", "URL", "TOKEN", "LISTEN_HOST", "LISTEN_PORT"):
            patch.delenv(f"WARMLINE_{name}", raising=False)
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        site.driver.log_in("1002")
        yield App(site, said)


@cache
def _with_people(database: Path) -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    with keeping(0):  # the file is copied: an open connection would leave changes in its log
        add_people(path := Path(shutil.copy(database, folder)))
    return path


def log_in(app: App, user: str) -> None:
    """Let the next commands be those of a user."""
    assert isinstance(app.site, PeopleSite)
    options, token = USERS[user], app.site.token_of(user)
    login_file.write(AppLogin(app.site.url, token, user, options["role"], options.get("agent", ""), "UTC"))
