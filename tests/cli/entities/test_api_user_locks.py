"""`warmline api-user` shows the delays after wrong passwords, and ends them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.doctor.checks import secrets_check
from tests.cli.app import App, opened
from warmline.centre import api_port
from warmline.store.database.errors import NotFound


@pytest.fixture
def locked(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """An app that has locked API user 6666 at one address."""
    with opened(demo_database, tmp_path, capsys) as app:
        app.site.api.users._clock = lambda: 0.0  # the first delay is one second

        async def wrong(times: int) -> None:
            for _ in range(times):
                await app.site.api.users.check("6666", "wrong", "192.0.2.7")

        app.site.do(wrong(10))
        yield app


def older(place: object, path: str) -> None:
    """Return the answer of an app without such an address."""
    raise NotFound("app_not_found", "there is no such address")


def test_the_locks_of_a_user_are_shown_with_the_way_out_and_ended(locked: App) -> None:
    code, _, err = locked.run("api-user", "show", "6666")
    assert code == 0
    assert "wrong passwords came from 192.0.2.7" in err and "at once: warmline api-user unlock 6666" in err
    assert "wrong passwords" not in locked.run("api-user", "show", "7002")[2]
    ended = "api-user 6666: wrong passwords of 1 sources are forgotten\n"
    assert locked.run("api-user", "unlock", "6666") == (0, ended, "")
    assert "wrong passwords" not in locked.run("api-user", "show", "6666")[2]
    code, _, err = locked.run("api-user", "unlock", "9999")
    assert code == 3 and "9999" in err


def test_doctor_names_a_locked_user_and_an_app_of_before_an_upgrade_knows_no_locks(
    locked: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passwords can only have locks as faults here; there is no Asterisk."""
    for other in ("_ari", "_people", "_phones"):
        monkeypatch.setattr(secrets_check, other, lambda facts: [])
    code, out, _ = locked.run("doctor", "--only", "passwords", "--json")
    (found,) = json.loads(out)
    assert code == 2 and found["found"].startswith("API user 6666 has to wait until ")
    monkeypatch.setattr(api_port, "get", older)
    code, out, err = locked.run("doctor", "--only", "passwords", "--json")
    assert (code, err) == (0, "") and [one["severity"] for one in json.loads(out)] == ["good"]
    code, out, err = locked.run("api-user", "show", "6666")
    assert (code, err) == (0, "") and "addresses" in out
