"""`warmline login|logout|whoami`, and the place in which a command then acts."""

import io
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.app_stub import AppStub, Told, problem, served
from tests.cli.command_line import Run
from tests.http.certificates import made
from tests.wording.said import refused, says
from warmline.centre import login_file, place, remote_connection
from warmline.centre.login_file import AppLogin, LoginError

USERS = {
    "ada": {"role": "agent", "agent": "1000", "timezone": "Europe/Berlin"},
    "bob": {"role": "manager", "agent": None, "timezone": "Europe/Berlin"},
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user without any settings."""
    for name in [name for name in os.environ if name.startswith("WARMLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def app() -> Iterator[AppStub]:
    with served(AppStub(USERS)) as stub:
        yield stub


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main(words)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


def test_the_next_login_shows_that_this_device_logged_in_before(run: Run, app: AppStub, home: Path) -> None:
    """So that it is not slowed by wrong passwords of others; a logout keeps that, and a damaged file costs nothing."""
    for _ in range(2):
        assert run("login", app.url, "--user", "ada", stdin="ada\n")[0] == 0
        assert run("logout")[0] == 0
    assert app.devices == ["", "of-ada-1"]
    file = home / ".config/warmline/devices.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and json.loads(file.read_text()) == {app.url: "of-ada-2"}
    for damaged in ("{", "[]", json.dumps({app.url: 1})):
        file.write_text(damaged)
        assert run("login", app.url, "--user", "ada", stdin="ada\n")[0] == 0 and app.devices[-1] == ""
    with served(AppStub(USERS)) as other:
        assert run("login", other.url, "--user", "ada", stdin="ada\n")[0] == 0 and other.devices == [""]


def test_a_login_is_kept_for_its_owner_alone(run: Run, app: AppStub, home: Path) -> None:
    assert run("login", app.url, "--user", "ada", stdin="ada\n") == (
        0,
        f"logged in at {app.url}: ada, agent, agent 1000\n",
        "",
    )
    file = home / ".config/warmline/login.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert place.login() == AppLogin(app.url, "ada-1", "ada", "agent", "1000", "Europe/Berlin")
    assert "warmline on " in app.programs[0]
    assert run("whoami") == (0, f"ada, agent, agent 1000 ({app.url})\n", "")
    assert json.loads(run("whoami", "--json")[1]) == {"url": app.url, "user": "ada", **USERS["ada"]}


def test_a_logout_ends_the_session_here_and_there(run: Run, app: AppStub, home: Path) -> None:
    run("login", app.url, "--user", "ada", stdin="ada\n")
    assert run("logout") == (0, f"logged out at {app.url}\n", "")
    assert app.sessions == {} and place.login() is None
    code, out, err = run("logout")
    assert (code, out) == (1, "") and says(err, "login_unknown")


def test_an_empty_password_is_not_sent(run: Run, app: AppStub, home: Path) -> None:
    code, out, err = run("login", app.url, "--user", "ada", stdin="")
    assert (code, out) == (1, "") and says(err, "login_password_empty", user="ada")
    assert not app.programs and not (home / ".config/warmline/login.json").exists()


def test_a_wrong_password_changes_nothing(run: Run, app: AppStub) -> None:
    code, out, err = run("login", app.url, "--user", "ada", stdin="wrong\n")
    assert (code, out) == (5, "") and "the user or the password is wrong" in err
    assert place.login() is None


def test_a_login_that_others_can_read_is_not_used(home: Path) -> None:
    file = login_file.write(AppLogin("http://127.0.0.1:1", "token", "ada"))
    file.chmod(0o640)
    with refused(LoginError, "login_file_open", file=file):
        place.login()
    file.chmod(0o600)
    file.write_text("{")
    with refused(LoginError, "login_file_invalid", file=file):
        place.login()


def test_the_environment_decides_before_the_stored_login(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = AppLogin("http://127.0.0.1:1", "token", "ada", ca="PEM")
    login_file.write(stored)
    assert place.login() == stored
    monkeypatch.setenv("WARMLINE_CONFIG", os.devnull)
    assert place.login() is None
    monkeypatch.setenv("WARMLINE_URL", "http://127.0.0.1:1/")
    assert place.login() == stored
    monkeypatch.setenv("WARMLINE_TOKEN", "another")
    assert place.login() == AppLogin("http://127.0.0.1:1", "another", ca="PEM")
    monkeypatch.setenv("WARMLINE_URL", "")
    assert place.login() is None
    monkeypatch.setenv("WARMLINE_URL", "pbx.example.org")
    assert place.login() == AppLogin("https://pbx.example.org", "another")
    monkeypatch.delenv("WARMLINE_TOKEN")
    with refused(LoginError, "token_missing", url="https://pbx.example.org"):
        place.login()


OTHERS = {
    "another program": (Told(200, b"<html>", "text/html", is_ours=False), "url_of_another"),
    "another program's JSON": (Told(200, b'{"token": "t"}', is_ours=False), "url_of_another"),
    "a token of another form": (Told(201, b'{"token": ["t"]}'), "url_of_another"),
    "an address that moved": (Told(302, b"", "text/html", is_ours=False), "url_of_another"),
    "an older app": (problem(404, "path_unknown", "it does not exist"), "app_older"),
}


def test_an_answer_of_any_length_is_not_read(run: Run, app: AppStub, monkeypatch: pytest.MonkeyPatch) -> None:
    login_file.write(AppLogin(app.url, "token", "ada", "manager", ""))
    app.fixed = Told(200, b"[" + b" " * 2000 + b"]")
    assert run("agent", "list")[0] == 0
    monkeypatch.setattr(remote_connection, "LARGEST_ANSWER", 2000)
    status, _, err = run("agent", "list")
    assert status == 4 and says(err, "url_of_another", url=app.url)
    app.fixed = Told(200, b"data: " + b" " * 2000 + b"\n\n", "text/event-stream")
    status, _, err = run("events", "tail", "--no-follow")
    assert status == 0, err


def test_the_certificate_of_an_authority_of_ones_own(run: Run, tmp_path: Path) -> None:
    authority = made(tmp_path, "authority")
    with served(AppStub(USERS), made(tmp_path, by=authority, hosts="IP:127.0.0.1")) as app:
        words = ("login", app.url, "--user", "ada")
        status, _, err = run(*words, stdin="ada\n")
        assert status == 4 and says(err, "certificate_untrusted", url=app.url)
        status, _, err = run(*words, "--ca", str(tmp_path / "nothing"), stdin="ada\n")
        assert status == 1 and says(err, "ca_unreadable", file=tmp_path / "nothing")
        assert run(*words, "--ca", authority.tls_certificate, stdin="ada\n")[0] == 0
        Path(authority.tls_certificate).unlink()
        assert run("whoami")[0] == 0
        status, _, err = run("login", app.url.replace("https", "http"), stdin="ada\n")
        assert status == 4


def test_a_certificate_for_another_host(run: Run, tmp_path: Path) -> None:
    own = made(tmp_path, hosts="DNS:pbx.example.org")
    with served(AppStub(USERS), own) as app:
        status, _, err = run("login", app.url, "--user", "ada", "--ca", own.tls_certificate, stdin="ada\n")
    assert status == 4 and says(err, "certificate_untrusted", url=app.url) and "127.0.0.1" in err


def test_a_command_of_the_machine_is_refused_elsewhere(run: Run, app: AppStub, tmp_path: Path) -> None:
    run("login", app.url, "--user", "bob", stdin="bob\n")
    code, out, err = run("db", "backup", str(tmp_path / "copy.db"))
    assert (code, out) == (1, "") and says(err, "command_local", command="db backup", url=app.url)
    assert run("version")[0] == 0


def test_a_program_that_knows_no_logins(run: Run) -> None:
    for answer, code in OTHERS.values():
        with served(AppStub({}, answer)) as other:
            status, _, err = run("login", other.url, "--user", "ada", stdin="ada\n")
        assert status == 4 and says(err, code, url=other.url)


def test_another_program_at_the_address_of_the_login(run: Run) -> None:
    """Its answers have any shape, and no command may take them for its own."""
    with served(AppStub({}, Told(200, b'[{"name": 1}]', is_ours=False))) as other:
        login_file.write(AppLogin(other.url, "token", "ada", "manager", ""))
        for words in ("agent list", "agent status", "report day", "callback list", "live", "history 1000"):
            status, out, err = run(*words.split())
            assert (status, out) == (4, "") and says(err, "url_of_another", url=other.url), words


def test_addresses_in_their_usual_form_and_those_to_which_no_password_goes() -> None:
    assert place.address("HTTPS://PBX.example.org/") == "https://pbx.example.org"
    assert place.address("http://[::1]:8089") == "http://[::1]:8089"
    assert place.address("pbx.example.org/warmline/") == "https://pbx.example.org/warmline"
    for url, code in {
        "http://pbx.example.org:8089": "app_url_clear",
        "http://192.0.2.7": "app_url_clear",
        "ftp://127.0.0.1": "app_url_invalid",
        "https://": "app_url_invalid",
        "https://ada:secret@pbx.example.org": "app_url_invalid",
        "https://pbx.example.org:port": "app_url_invalid",
        "https://pbx.example.org?a=b": "app_url_invalid",
    }.items():
        with refused(LoginError, code, url=url.replace("ada:secret", "…")):
            place.address(url)
