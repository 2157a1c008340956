"""`warmline events tail`: the journal, in lines."""

import json
import socket
import threading
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from ari_app.link import unix_sockets
from cli.main import main
from tests.cli.calls.test_live import running_app
from tests.http.agent_api import world
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.centre import event_stream
from warmline.core.messages.commands import Kind
from warmline.system import settings
from warmline.system.link_sockets import LOCAL
from warmline.system.socket_messages.frame import frame
from warmline.system.socket_messages.local_messages import LocalChunk, LocalRequest, LocalWelcome


@pytest.fixture
def database(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a journal in which agent 1000 has logged in and paused."""
    path = tmp_path / "warmline.db"
    path.write_bytes(demo_database.read_bytes())
    driver = RecordedDriver(path)
    driver.log_in("1000")
    driver.ask(Kind.PAUSE, "1000")
    driver.close()
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


def tail(database: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Return the exit code of the command, with the app's server running."""
    run = database.parent / "run"
    with running_app(run, world(), db=str(database)) as port, pytest.raises(SystemExit) as ended:
        monkeypatch.setenv("WARMLINE_RUN", str(run))
        monkeypatch.setenv("WARMLINE_LISTEN_PORT", str(port))
        main(["events", "tail", *arguments])
    return int(ended.value.code or 0)


def test_json_lines_have_type_place_and_data(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tail(database, monkeypatch, "--json", "--after", "0", "--no-follow") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    places = [tuple(map(int, event["id"].split("-"))) for event in events]
    assert places == sorted(set(places)) and {row for row, _ in places} == set(range(1, places[-1][0] + 1))
    assert (events[-1]["type"], events[-1]["data"]["state"]) == ("agent.paused", "PAUSED")


def restarted(listener: socket.socket, asked: list[LocalRequest]) -> None:
    """Be an app that ends after each event, and is replaced for the next one."""
    for number in (7, 8):
        client, _ = listener.accept()
        with client, client.makefile("rb") as sent:
            sent.read(int.from_bytes(sent.read(4), "big"))
            client.sendall(frame(LocalWelcome(True, 0)))
            asked.append(msgspec.msgpack.decode(sent.read(int.from_bytes(sent.read(4), "big")), type=LocalRequest))
            event = {"id": f"{number}-0", "at": "now", "type": "app.started", "call": "", "agent": "", "data": {}}
            text = f"retry: 2000\nid: 6-2\n\nid: {number}-0\ndata: {json.dumps(event)}\n\n"
            client.sendall(frame(LocalChunk(text.encode())))


def test_events_during_an_absence_of_the_app_are_shown_after_its_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "AGAIN", 0.0)
    asked: list[LocalRequest] = []
    with unix_sockets.bind(f"{tmp_path}/{LOCAL.name}", LOCAL.mode) as listener:
        serving = threading.Thread(target=restarted, args=(listener, asked), daemon=True)
        serving.start()
        place = settings.load({"WARMLINE_RUN": str(tmp_path)})
        found = list(islice(event_stream.lasting(place, event_stream.StreamPosition(), agent="1000"), 4))
        serving.join()
    assert [event and event["id"] for event in found] == ["7-0", None, "8-0", None]
    assert [(one.path, one.query) for one in asked] == [
        ("events", {"agent": "1000"}),
        ("events", {"agent": "1000", "after": "7-0"}),
    ]


def test_a_number_that_is_not_there_yet(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tail(database, monkeypatch, "--after", "99999") == 4
    assert said("event_stream_refused", why="unknown event id: after: must be") in capsys.readouterr().err
