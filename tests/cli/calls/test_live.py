"""The commands that read the running app, with the real HTTP server and a fixed state."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ari_app.http.local import local_places
from ari_app.http.routes import API
from ari_app.http.server.http_listener import listen
from ari_app.http.server.password_check import ApiUsers
from ari_app.link import unix_sockets
from ari_app.link.call_control import FindConversation, FindOrphans, Orphans
from cli.main import main
from cli.route import agents_file
from tests.cli.command_line import Run
from tests.http.agent_api import AGC_ID, FakeBoard, no_orphans, verify, world
from tests.http.json_site import serve_local
from tests.http.own_app import no_conversation, own_app
from tests.wording.said import said, says
from warmline.core.messages.agent_command_types import CorrectDisposition
from warmline.core.messages.call_command_types import Adopt
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model.call_states import AgentState, State
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Disposition
from warmline.core.world.world import World
from warmline.system import settings
from warmline.system.link_sockets import LOCAL
from warmline.system.socket_messages.frame import frame
from warmline.system.socket_messages.local_messages import LocalAnswer


@contextmanager
def running_app(
    run: Path,
    live: World | FakeBoard,
    orphans: FindOrphans = no_orphans,
    db: str = "",
    find: FindConversation = no_conversation,
) -> Iterator[int]:
    """Run the app's HTTP server in a thread; yield its port. `db` is the database, if one is wanted."""
    run.mkdir(exist_ok=True)
    port: list[int] = []
    serving: list[asyncio.Task[None]] = []
    is_open = threading.Event()
    loop = asyncio.new_event_loop()

    async def start() -> Any:
        board = FakeBoard(live) if isinstance(live, World) else live
        given = settings.load({"WARMLINE_RUN": str(run), "WARMLINE_DB": db})
        app = own_app(board, ApiUsers(verify), given, orphans, find_conversation=find)
        runner = await listen(app, "127.0.0.1", 0)
        port.append(runner.addresses[0][1])
        serving.append(serve_local(app[API], run, loop))
        return runner

    def turn() -> None:
        runner = loop.run_until_complete(start())
        loop.call_soon(is_open.set)  # not before: `run_forever` would not see that the loop was stopped
        loop.run_forever()
        serving[0].cancel()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=turn, daemon=True)
    thread.start()
    assert is_open.wait(10)
    try:
        yield port[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line against the app at a port: exit code, stdout, stderr."""

    def go(port: int, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("WARMLINE_RUN", str(tmp_path))
        monkeypatch.setenv("WARMLINE_LISTEN_PORT", str(port))
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


THREE_WAY = (AgentState.INCALL, State.THREE_WAY)


def test_call_set_disposition(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "ada")
    live = world(AgentState.INCALL, State.HANDED_OFF)
    live.rules = replace(
        live.rules, dispositions={"NI": Disposition(id="NI"), "DROP": Disposition("DROP", selectable="N")}
    )
    board = FakeBoard(live)
    with running_app(tmp_path, board) as port:
        told = run(port, "call", "set-disposition", "C1", "NI", "--why", "taken back")
        assert told == (0, "call C1 has the disposition NI\n", "")
        told = run(port, "call", "set-disposition", "C1", "DROP", "--why", "taken back")
        assert told == (5, "", "warmline: DROP is not for people to choose\n")
        code, out, err = run(port, "call", "set-disposition", "C1", "NI")
        assert (code, out) == (1, "") and "--why" in err
    (command, by, _), _ = board.asked
    assert command == CorrectDisposition(command.agent, "C1", status="NI", why="taken back")
    assert by == f"local:ada (uid {os.geteuid()})", "anybody may set SUDO_USER"


def test_call_adopt_names_the_channels_or_the_refusal(run: Run, tmp_path: Path) -> None:
    talk = OutsideTalk(
        named=OutsideLeg(id="1.2", name="PJSIP/1001-00000002", phone="1001"),
        other=OutsideLeg(id="1.1", name="PJSIP/trunk-00000001", phone="trunk"),
        caller="1.1",
    )

    async def find(channel: str) -> OutsideTalk | str:
        return talk if channel == "1001" else reasons.CHANNEL_UNKNOWN.text(channel=channel)

    board = FakeBoard(world(AgentState.INCALL, State.HANDED_OFF))
    with running_app(tmp_path, board, find=find) as port:
        assert run(port, "call", "adopt", "1001", "--agent", "1009")[0] == 0
        run(port, "call", "adopt", "kitchen")
    (first, _, _), (second, _, _) = board.asked
    assert first == Adopt("1009", channel="1001", conversation=talk)
    assert second == Adopt(channel="kitchen", impossible="no channel or phone kitchen is in a conversation of two")


def test_orphans_are_listed_and_exit_1(run: Run, tmp_path: Path) -> None:
    async def found() -> Orphans:
        return Orphans(("channel-1",), ("room-X",))

    with running_app(tmp_path, World(), found) as port:
        code, out, _ = run(port, "doctor", "orphans")
        assert code == 1
        assert [line.split() for line in out.splitlines()[1:]] == [["channel", "channel-1"], ["bridge", "room-X"]]
        code, out, _ = run(port, "doctor", "orphans", "--json")
        assert (code, json.loads(out)) == (1, {"channels": ["channel-1"], "bridges": ["room-X"]})


COMMANDS = [("agent", "status"), ("call", "list"), ("doctor", "orphans")]


def one_line(err: str) -> str:
    assert err.startswith("warmline: ")
    assert err.count("\n") == 1
    return err


def test_a_full_app_is_not_started_a_second_time(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_places, "MOST", 0)
    with running_app(tmp_path, World()) as port:
        code, out, err = run(port, "call", "list")
    assert (code, out, err) == (4, "", f"warmline: {said('socket_full')}\n")


def test_agents_and_calls_are_listed(run: Run, tmp_path: Path) -> None:
    with running_app(tmp_path, world(*THREE_WAY)) as port:
        code, out, err = run(port, "agent", "status")
        assert (code, err) == (0, "")
        heads, row = out.splitlines()
        assert heads.split() == ["agent", "state", "for", "customer", "third", "phone", "campaign"]
        assert row.split()[:2] == ["1000", "3-WAY"] and row.split()[-4:] == ["5550001", "8500", "1000", "TESTCAMP"]
        told = json.loads(run(port, "agent", "status", "1000", "--json")[1])
        assert (told["state"], told["customer"], told["third"]) == ("3-WAY", "5550001", "8500")
        assert set(told) <= set(agents_file.KEYS), "`route simulate --agents` reads the same document"
        unknown = f"warmline: {said('agent_not_logged_in', agent='1009')}\n"
        assert run(port, "agent", "status", "1009") == (3, "", unknown)
        row = run(port, "call", "list")[1].splitlines()[1].split()
        assert row[:3] == ["C1", AGC_ID, "three_way"] and row[4:] == ["5550001", "1000", "8500", "SALESLINE"]
        calls = json.loads(run(port, "call", "list", "--json")[1])
        assert [(call["id"], call["state"]) for call in calls] == [("C1", "three_way")]


def test_call_hangup_ends_the_call_by_each_of_its_ids_or_is_refused(run: Run, tmp_path: Path) -> None:
    board = FakeBoard(world(AgentState.INCALL, State.HANDED_OFF))
    with running_app(tmp_path, board) as port:
        for name in ("C1", AGC_ID):
            assert run(port, "call", "hangup", name) == (0, "call C1 hung up\n", "")
        assert json.loads(run(port, "call", "hangup", "C1", "--json")[1])["kind"] == "END_CALL"
    assert [(asked.kind, asked.call) for asked, _, _ in board.asked] == [(Kind.END_CALL, "C1")] * 3
    with running_app(tmp_path, FakeBoard(world(*THREE_WAY), "the call is over")) as port:
        assert run(port, "call", "hangup", "C1") == (5, "", "warmline: the call is over\n")


def test_an_app_that_was_never_started_or_does_not_run(run: Run, tmp_path: Path) -> None:
    for command in COMMANDS:
        code, out, err = run(9, *command)
        assert (code, out) == (4, "") and says(one_line(err), "app_not_started", start="warmline serve")
    unix_sockets.bind(f"{tmp_path}/{LOCAL.name}", LOCAL.mode).close()  # a killed app leaves it
    refused = said("app_away", where=tmp_path / LOCAL.name, why="Connection refused", start="warmline serve")
    for command in COMMANDS:
        assert run(9, *command) == (4, "", f"warmline: {refused}\n")


def test_the_socket_of_another_program(run: Run, tmp_path: Path) -> None:
    answers = {
        b"SSH-2.0\r\n" * 9: "socket_of_another",  # as length: a gigabyte
        b"\0\0\0\1{": "socket_of_another",
        frame(LocalAnswer(200, b"[]")): "socket_of_another",
        b"": "app_full",
    }
    with unix_sockets.bind(f"{tmp_path}/{LOCAL.name}", LOCAL.mode) as other:

        def serve() -> None:
            for answer in answers:
                client, _ = other.accept()
                with client:
                    client.recv(4096)
                    client.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        for code in answers.values():
            ended, out, err = run(9, "call", "list")
            assert (ended, out) == (4, "") and says(one_line(err), code)
        thread.join(10)
