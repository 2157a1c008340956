"""`warmline recording list|save`, on the machine of the app and after a login."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App
from tests.cli.far_app import far_app, log_in
from tests.wording.said import says
from warmline.centre import remote_connection
from warmline.store.database.database import connect

ROW = """
    INSERT INTO recording
    VALUES (?, ?, 'call', 'ALLCALLS', ?, 1000000, 1000000, 3000000, ?, '', ?, ?, 2000, '', '', 0, '', '', 0, 'main')
"""
LIST = ("recording", "list", "--since", "3650d")
AUDIO = bytes(range(256)) * 1024


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """The files of new recordings are in `recordings` below the current folder."""
    (tmp_path / "recordings").mkdir()
    with far_app(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        yield made


@pytest.fixture
def near(app: App, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Commands of the administrator on the app's machine."""
    folder = app.site.database.parent
    for name, value in (("DB", app.site.database), ("RUN", folder), ("RECORDINGS", folder / "recordings")):
        monkeypatch.setenv(f"WARMLINE_{name}", str(value))
    return monkeypatch


def recorded(app: App, agent: str, *states: str) -> str:
    """Let the agent have a call with recordings in these states; return its id."""
    driver = app.site.driver
    driver.customer("agent", agent, name=f"customer-{agent}")
    driver.wait(1)
    call = driver.session(agent).call or ""
    with connect(app.site.database) as db:
        for number, status in enumerate(states, 1):
            file = Path(f"recordings/{agent}_{number}.wav").absolute()
            file.write_bytes(AUDIO)
            db.execute(ROW, [f"{agent}_{call}-{number}", call, agent, status, str(file), len(AUDIO)])
    return call


def test_the_same_list_here_and_there(app: App, near: pytest.MonkeyPatch) -> None:
    call, other = recorded(app, "1000", "kept"), recorded(app, "1002", "failed")
    here = json.loads(app.done(*LIST, "--json"))
    assert [(one["call"], one["agent"], one["status"]) for one in here] == [
        (other, "1002", "failed"),
        (call, "1000", "kept"),
    ]
    table = app.done(*LIST, "--agent", "1000")
    assert call in table and "ALLCALLS" in table and other not in table
    for name in ("DB", "RUN", "RECORDINGS"):
        near.delenv(f"WARMLINE_{name}")
    log_in(app, "mia")
    assert json.loads(app.done(*LIST, "--json")) == here
    assert app.done(*LIST, "--agent", "1000") == table
    assert app.done(*LIST, "--number", "15559999999").startswith("No recording since")


def test_a_supervisor_gets_the_recordings_of_the_group(app: App) -> None:
    call, other = recorded(app, "1000", "kept", "kept"), recorded(app, "1002", "kept")
    log_in(app, "ben")
    assert {one["agent"] for one in json.loads(app.done(*LIST, "--json"))} == {"1000"}
    assert app.done("recording", "save", call[:20]) == "saved 1000_1.wav (0:02)\nsaved 1000_2.wav (0:02)\n"
    assert Path("1000_1.wav").read_bytes() == Path("1000_2.wav").read_bytes() == AUDIO
    code, out, err = app.run("recording", "save", other)
    assert (code, out) == (3, "") and says(err, "call_not_recorded", call=other)
    code, out, err = app.run(*LIST, "--agent", "1002")
    assert (code, out) == (5, "") and says(err, "agent_out_of_reach", what="agent 1002")
    log_in(app, "anna")
    code, out, err = app.run("recording", "save", call)
    assert (code, out) == (3, "") and says(err, "call_not_recorded", call=call), "agents hear none by default"


@pytest.mark.usefixtures("near")
def test_the_administrator_of_the_machine_saves_files_too(app: App) -> None:
    call = recorded(app, "1000", "kept", "erased")
    assert app.done("recording", "save", call, "--to", "copies") == "saved copies/1000_1.wav (0:02)\n"
    assert Path("copies/1000_1.wav").read_bytes() == AUDIO
    code, _, err = app.run("recording", "save", call, "--to", "copies")
    assert code == 1 and says(err, "recording_file_exists", file="copies/1000_1.wav")
    Path("recordings/1000_1.wav").unlink()
    code, _, err = app.run("recording", "save", call)
    assert code == 1 and "recordings/1000_1.wav: No such file" in err and not Path("1000_1.wav").exists()


def test_a_recording_is_saved_by_the_id_that_lists_and_the_api_have(app: App) -> None:
    recorded(app, "1000", "kept", "kept")
    log_in(app, "ben")
    ids = [one["id"] for one in json.loads(app.done(*LIST, "--json"))]
    assert all(one in app.done(*LIST) for one in ids)
    assert app.done("recording", "save", ids[0]) == "saved 1000_2.wav (0:02)\n"
    assert not Path("1000_1.wav").exists()


def test_half_a_recording_is_not_kept(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    call = recorded(app, "1000", "kept")
    log_in(app, "ben")
    monkeypatch.setattr(remote_connection, "PIECE", len(AUDIO) // 2)
    read, pieces = remote_connection.HTTPResponse.read, []

    def breaks(response: remote_connection.HTTPResponse, size: int | None = None) -> bytes:
        if size == remote_connection.PIECE:
            pieces.append(size)
            if len(pieces) > 1:
                return b""
        return read(response, size)

    monkeypatch.setattr(remote_connection.HTTPResponse, "read", breaks)
    code, out, err = app.run("recording", "save", call)
    assert (code, out) == (4, "") and says(err, "app_full", where=app.site.url) and not Path("1000_1.wav").exists()
    Path("recordings/1000_1.wav").unlink()
    code, _, err = app.run("recording", "save", call)
    assert code == 3 and says(err, "recording_unreadable") and not Path("1000_1.wav").exists()
