"""`warmline user onboard` makes a person at once, on the machine of the app and over HTTP."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App, opened
from warmline.options.user_options import MUST_CHANGE
from warmline.store.configuration import config

MADE = re.compile(
    r"created: user bea, agent 1010, phone 1010\n"
    r"one-time password of bea: [a-z2-9]{4}(-[a-z2-9]{4}){2}\n"
    r"bea logs in (at \S+/workspace/|on the page of the app), and then chooses another password\n"
)
BEA = ("user", "onboard", "bea", "--agent", "1010", "--phone", "1010", "--ingroups", "SALESLINE, SUPPORTLINE")


@pytest.fixture(params=["here", "there"])
def app(
    request: pytest.FixtureRequest, demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[App]:
    """The app of this machine, or the one of a token."""
    with opened(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        if request.param == "there":
            given = {"scopes": "config:write,users:write", "token": "t" * 43}
            config.create(made.site.database, "api-token", "ada", given, who="test")
            patch.setenv("WARMLINE_DB", str(tmp_path / "nothing"))
            patch.setenv("WARMLINE_URL", made.site.url)
            patch.setenv("WARMLINE_TOKEN", "t" * 43)
            patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        yield made


def test_a_person_is_made_and_gets_a_new_password(app: App) -> None:
    assert MADE.fullmatch(app.done(*BEA, "--full-name", "Bea Stone", "--campaign", "TESTCAMP"))
    stored = config.show(app.site.database, "agent", "1010")
    assert (stored["phone"], stored["ingroups"]) == ("1010", ("SALESLINE", "SUPPORTLINE"))
    assert config.show(app.site.database, "user", "bea")[MUST_CHANGE] == "Y"
    code, _, err = app.run(*BEA)
    assert code != 0 and "user bea exists" in err


def test_no_log_and_no_record_has_a_new_password(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    commands = ((*BEA, "--json"), ("user", "password", "bea", "--one-time", "--json"))
    passwords = [json.loads(app.done(*words))["password"] for words in commands]
    code, out, err = app.run(*BEA, "--json")
    database = Path(app.site.database)
    stored = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert code != 0 and stored
    for password in passwords:
        assert password not in caplog.text + out + err and password.encode() not in stored


def test_a_user_gets_another_one_time_password(app: App) -> None:
    app.done(*BEA)
    first, second = (json.loads(app.done("user", "password", "bea", "--one-time", "--json")) for _ in range(2))
    assert first["user"] == "bea" and first["password"] != second["password"]
