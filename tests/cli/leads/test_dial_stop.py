"""`warmline dial stop` and `allow`: the emergency stop works on a file alone."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.client import ari_console
from cli.leads import dial_stop
from tests.cli.command_line import Run
from warmline.centre.app_answer import AppAway
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system import dial_stop_file
from warmline.system.settings import Settings


@pytest.fixture
def folder(tmp_path: Path, new_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder `run`, with a database."""
    file = tmp_path / "warmline.toml"
    file.write_text(f'run = "{tmp_path}"\ndb = "{tmp_path}/warmline.db"\nari_password = "secret"\n')
    monkeypatch.setenv("WARMLINE_CONFIG", str(file))
    monkeypatch.setenv("SUDO_USER", "ada")
    shutil.copy(new_database, tmp_path / "warmline.db")
    return tmp_path


def test_automatic_calls_are_stopped_and_allowed(run: Run, folder: Path) -> None:
    assert run("dial", "stop", "--why", "wrong list") == (0, "no automatic call begins\n", "")
    [one] = dial_stop_file.stops(folder)
    assert (one.by.split()[0], one.why) == ("ada", "wrong list")
    assert run("dial", "stop") == (0, "automatic calls were stopped already\n", "")
    code, out, _ = run("dial", "allow", "--why", "new list")
    assert (code, out.splitlines()[0]) == (0, "automatic calls may begin; they were stopped by:")
    assert out.splitlines()[1].startswith("  ada") and out.splitlines()[1].endswith(": wrong list")
    assert not dial_stop_file.is_set(str(folder))
    assert run("dial", "allow", "--why", "again") == (0, "automatic calls were not stopped\n", "")
    shown = json.loads(run("config", "history", "--entity", "dial-stop", "--json")[1])
    assert [one["changes"][0]["after"]["why"] for one in shown] == ["new list", "wrong list"]


def test_allowing_takes_a_reason(run: Run, folder: Path) -> None:
    for arguments in ((), ("--why", ""), ("--why", "a\nb")):
        run("dial", "stop")
        code, _, err = run("dial", "allow", *arguments)
        assert code and "--why" in err
        assert dial_stop_file.is_set(folder), arguments


def test_a_stop_needs_no_database_and_says_that_it_is_not_in_the_history(run: Run, folder: Path) -> None:
    (folder / "warmline.db").unlink()
    code, out, err = run("dial", "stop")
    assert (code, out) == (0, "no automatic call begins\n")
    assert err.startswith("the history has no entry of this stop: ")
    code, _, err = run("dial", "allow", "--why", "new list")
    assert code and "warmline.db" in err
    assert dial_stop_file.is_set(folder), "nothing is lifted without a record"


def test_a_shell_script_stops_them_too(run: Run, folder: Path) -> None:
    (folder / "no-dial").write_text("")
    assert dial_stop_file.is_set(str(folder))
    code, out, _ = run("dial", "allow", "--why", "new list", "--json")
    assert (code, json.loads(out)["stopped"]) == (0, False)


def test_a_folder_that_is_missing_is_named(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_RUN", str(folder / "nowhere"))
    code, _, err = run("dial", "stop")
    assert code and f"{folder}/nowhere/no-dial cannot be changed: No such file or directory" in err


def test_phones_that_ring_on_are_hung_up(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only leads' phones that rang all the time, and no phone that the app rings for an agent."""
    before = [
        channel("stays"),
        channel("ends"),
        channel("agent", app="Stasis"),
        channel("up", "Up"),
        channel("own", ""),
    ]
    pictures, deleted = iter((before, [*before[:1], *before[2:], channel("new")])), list[str]()

    def ask(_: Settings, method: str, path: str, server: str) -> tuple[int, object]:
        assert server == MAIN_SERVER
        if method == "GET":
            return 200, next(pictures)
        deleted.append(path)
        return 204, None

    waited = list[float]()
    monkeypatch.setattr(ari_console, "ask", ask)
    # not the function of the module, which a thread of an earlier `warmline live` may call
    monkeypatch.setattr(dial_stop, "time", SimpleNamespace(sleep=waited.append))
    assert run("dial", "stop", "--hang-up") == (0, "no automatic call begins\nhung up: 1\n", "")
    assert (deleted, waited) == (["channels/stays"], [15.0])


def test_phones_that_ring_on_are_hung_up_on_each_server_that_answers(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of three servers is away."""
    tables = "".join(f'[server.{name}]\nari_url = "http://127.0.0.1:{port}/ari"\n' for port, name in enumerate("bc", 1))
    file = folder / "warmline.toml"
    file.write_text(file.read_text() + tables)
    deleted = list[tuple[str, str]]()

    def ask(_: Settings, method: str, path: str, server: str) -> tuple[int, object]:
        if server == "b":
            raise AppAway("asterisk_away", "Asterisk does not answer")
        if method == "GET":
            return 200, [channel("rings")]
        deleted.append((server, path))
        return 204, None

    monkeypatch.setattr(ari_console, "ask", ask)
    monkeypatch.setattr(dial_stop, "time", SimpleNamespace(sleep=lambda _: None))
    assert run("dial", "stop", "--hang-up") == (0, "no automatic call begins\nhung up: 2\n", "")
    assert deleted == [("c", "channels/rings"), (MAIN_SERVER, "channels/rings")]


def channel(name: str, state: str = "Ringing", app: str = "AppDial2") -> dict[str, object]:
    """Return a channel of a lead, in Asterisk's words; one without a state is of another program."""
    call = "01KAFH8Y3C0000000000000001" if state else ""
    return {
        "id": name,
        "state": state or "Ringing",
        "dialplan": {"app_name": app},
        "channelvars": {"WARMLINE_CALL": call},
    }
