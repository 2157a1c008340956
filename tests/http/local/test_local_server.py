"""The command line's socket: who may do what, and what strangers on the same machine can do to it."""

import asyncio
import errno
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from unittest.mock import AsyncMock, Mock

import msgspec
import pytest

from ari_app.background import pollers
from ari_app.http.local import local_places, local_server
from ari_app.http.server.limits import connection_limits
from ari_app.http.streams import sse_response
from ari_app.link import unix_sockets
from ari_app.link.unix_sockets import PeerCredentials
from cli.main import main
from tests.cli.app import App, opened
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from tests.http.json_site import JsonSite
from tests.http.v1.test_stream_readers import until
from tests.other_user import NOBODY, folder_for_all, who_may_nothing
from tests.wording.said import refused, said, says
from warmline.centre import local_connection
from warmline.centre.app_answer import AppAway
from warmline.centre.local_connection import LocalConnection
from warmline.core.messages.commands import Kind
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.store.configuration import config, config_history, user_sessions
from warmline.store.migrations.schema_migration import migrate
from warmline.system import settings
from warmline.system.link_sockets import LOCAL
from warmline.system.socket_messages.frame import frame
from warmline.system.socket_messages.local_messages import (
    LARGEST_REQUEST,
    VERSION,
    LocalHello,
    LocalRefusal,
    LocalRequest,
)

STRANGER = 4711  # no user of this machine
TOKEN = "t" * 43
HELLO = frame(LocalHello(VERSION, "eve", ""))
ASK = frame(LocalRequest("GET", "agents", {}, b""))


@pytest.fixture
def tmp_path(short_path: Path) -> Path:
    """Return a folder for sockets, whose paths have at most 107 bytes, whatever the names of test and user are."""
    return short_path


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Agent 1000 is logged in."""
    with opened(demo_database, tmp_path, capsys) as made:
        yield made


@pytest.fixture(autouse=True)
def strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection whose client has an address of its own is a stranger's."""
    peer = unix_sockets.peer

    def of_test(connection: socket.socket) -> PeerCredentials:
        return PeerCredentials(1, STRANGER, STRANGER) if connection.getpeername() else peer(connection)

    monkeypatch.setattr(unix_sockets, "peer", of_test)


def connected(run: Path, sent: bytes = b"") -> socket.socket:
    """Return a connection of a stranger that has sent this."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(20)
    connection.bind("")  # the kernel chooses an address
    connection.connect(f"{run}/{LOCAL.name}")
    if sent:
        connection.sendall(sent)
    return connection


@pytest.fixture
def as_stranger(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let commands run as a stranger with that token."""

    def become(token: str) -> None:
        connect = socket.socket.connect

        def bound(connection: socket.socket, address: str) -> None:
            connection.bind("")
            connect(connection, address)

        monkeypatch.setattr(socket.socket, "connect", bound)
        monkeypatch.setattr(local_connection, "own_token", lambda: token)

    return become


def place_of(run: Path) -> settings.Settings:
    return settings.load({"WARMLINE_RUN": str(run)})


def test_the_command_line_needs_no_place_at_the_port(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_limits, "MOST", 0)
    monkeypatch.setenv("SUDO_USER", "ada")
    assert "1000" in app.done("agent", "status")
    assert app.done("agent", "pause", "1000") == "agent 1000: pauses\n"
    assert app.site.driver.closed[app.site.board.given[-1]].by == f"local:ada (uid {os.geteuid()})"
    assert "agent.paused" in app.done("events", "tail", "--no-follow", "--after", "0")


def test_a_campaign_starts_a_moment_after_it_was_created(app: App) -> None:
    poller = pollers.ConfigurationPoller(str(app.site.database))
    poller.read()

    async def post(event: Event) -> None:
        assert isinstance(event, ConfigurationChanged)
        app.site.driver.feed(event)

    config.create(app.site.database, "campaign", "NEWER", {}, who="test")
    code, _, err = app.run("campaign", "start", "NEWER")
    assert code == 3 and says(err, "campaign_unknown", id="NEWER")
    app.site.renew = partial(pollers.newest, poller, post, lambda: None)
    code, _, err = app.run("campaign", "start", "NEWER")
    assert code == 5 and "to dial, campaign NEWER needs" in err


def test_a_command_goes_on_if_the_configuration_cannot_be_read(app: App) -> None:
    poller = pollers.ConfigurationPoller(str(app.site.database.with_name("none.db")))
    app.site.renew = partial(pollers.newest, poller, AsyncMock(), lambda: None)
    assert app.done("agent", "pause", "1000") == "agent 1000: pauses\n"


def test_a_stranger_needs_a_token(app: App, as_stranger: Callable[[str], None]) -> None:
    as_stranger("")
    code, out, err = app.run("agent", "status")
    assert (code, out) == (5, "")
    assert says(err, "login_missing", user=os.geteuid())
    as_stranger(TOKEN)
    code, out, err = app.run("agent", "pause", "1000")
    assert (code, out) == (5, "") and says(err, "own_token_unknown")
    assert app.run("live")[0] == 5
    assert app.site.board.given == []


def test_a_strangers_token_has_its_scopes(app: App, as_stranger: Callable[[str], None]) -> None:
    config.create(
        app.site.database, "api-token", "crm", {"scopes": "agents:read,calls:read", "token": TOKEN}, who="test"
    )
    as_stranger(TOKEN)
    assert "1000" in app.done("agent", "status")
    code, _, err = app.run("agent", "pause", "1000")
    assert code == 5 and says(err, "scope_missing", scope="agents:write")
    config.set_options(app.site.database, "api-token", "crm", {"scopes": "agents:read,agents:write"}, who="test")
    app.site.forget()
    assert app.done("agent", "pause", "1000")
    assert app.site.driver.closed[app.site.board.given[-1]].by == f"token:crm (uid {STRANGER})"


def test_a_users_session_is_bound_here_too(app: App, as_stranger: Callable[[str], None]) -> None:
    path = app.site.database
    config.create(path, "user", "anna", {"pass": "opensesame7", "agent": "1000"}, who="test")
    as_stranger(user_sessions.begin(path, "anna", "opensesame7", "").token)
    assert "1000" in app.done("agent", "status")
    assert app.done("agent", "pause", "1000")
    assert app.site.driver.closed[app.site.board.given[-1]].by == "user:anna"
    app.site.driver.log_in("1001")
    code, _, err = app.run("agent", "pause", "1001")
    assert code == 5 and "user anna has the role agent" in err


def test_the_configuration_is_served_in_the_persons_name(site: JsonSite, tmp_path: Path) -> None:
    with site.turning(), closing(LocalConnection(place_of(tmp_path / "run"), 20)) as here:
        assert here.ask("GET", "config/kinds").status == here.ask("GET", "config/kinds/agent").status == 200
        for path in ("config", "config/changes", "config/agent", "config/agent/1000", "dnc", "reports/day"):
            told = here.ask("GET", path)  # the calls never wait for a read of records
            assert (told.status, msgspec.json.decode(told.body)["code"]) == (404, "records_elsewhere"), path
        made = here.ask("POST", "config/container/PARTNERS", body=b'{"entries": ["8500"]}')
        assert made.status == 201 and b'"PARTNERS"' in made.body
    assert config_history.newest(site.database, 1)[0].who.startswith("local:")


def test_another_version_is_refused(site: JsonSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warmline.system.socket_messages.local_messages.VERSION", VERSION + 1)
    with site.turning(), refused(AppAway, "socket_version"):
        LocalConnection(place_of(tmp_path / "run"), 20)


def test_strangers_leave_room_for_the_administrator(
    site: JsonSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run = tmp_path / "run"
    with site.turning(), ExitStack() as held:
        for _ in range(local_places.MOST_OF_USER):
            held.enter_context(closing(connected(run, HELLO))).recv(1)
        with closing(connected(run)) as another:
            sent = another.recv(4096)
            message = msgspec.msgpack.decode(sent[4:], type=LocalRefusal)
            assert (message.code, message.why) == ("socket_full", said("socket_full"))
        assert f"user {STRANGER} has no place" in caplog.text
        with closing(LocalConnection(place_of(run), 20)) as here:
            assert here.ask("GET", "agents").status == 200


HOSTILE = {
    "nothing": b"",
    "half a length": b"\0\0",
    "half a message": HELLO[:-1],
    "a length of nothing": bytes(4),
    "a length of gigabytes": b"\xff" * 4,
    "a large first message": (LARGEST_REQUEST).to_bytes(4, "big") + bytes(LARGEST_REQUEST),
    "no msgpack": b"\0\0\0\1\xc1",
    "nesting": b"\0\0\3\0" + b"\x91" * 768,
    "a request first": ASK,
    "two hellos": HELLO + HELLO,
    "half a request": HELLO + ASK[:-1],
    "a large request": HELLO + (LARGEST_REQUEST + 1).to_bytes(4, "big") + bytes(LARGEST_REQUEST + 1),
    "deep nesting": HELLO + (200_000).to_bytes(4, "big") + b"\x91" * 200_000,
    "HTTP": b"GET /api/v1/agents HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
def test_nonsense_loses_its_place(
    site: JsonSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(local_server, "WITHIN", 0.2)
    run = tmp_path / "run"
    with site.turning(), closing(connected(run)) as stranger:
        try:
            stranger.sendall(sent)
            while stranger.recv(65536):
                pass
        except ConnectionError:
            pass
        with closing(LocalConnection(place_of(run), 20)) as here:
            assert here.ask("GET", "agents").status == 200
    assert "failed" not in caplog.text and site.board.given == []


def test_a_client_that_reads_nothing_loses_its_place(
    site: JsonSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers fill every buffer between the two."""
    monkeypatch.setattr(local_server, "READ_WITHIN", 0.2)
    config.create(site.database, "api-token", "crm", {"scopes": "agents:read", "token": TOKEN}, who="test")
    run = tmp_path / "run"

    hello = frame(LocalHello(VERSION, "", TOKEN))
    with site.turning(), closing(connected(run, hello)) as stranger, pytest.raises(ConnectionError):
        while True:
            stranger.sendall(ASK * 100)


def test_a_stream_ends_when_its_reader_has_gone(
    site: JsonSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse_response, "HEARTBEAT", 1000.0)
    with site.turning():
        with closing(LocalConnection(place_of(tmp_path / "run"), 20)) as reader:
            lines = reader.follow("events", {})
            assert isinstance(lines, Iterator) and next(lines).startswith(b"retry: ")
            assert len(site.api.readers.open) == 1
        is_gone = until(lambda: not site.api.readers.open)
        asyncio.run_coroutine_threadsafe(is_gone, site.loop).result()


def test_events_come_through_the_socket(site: JsonSite, tmp_path: Path) -> None:
    with site.turning(), closing(LocalConnection(place_of(tmp_path / "run"), 20)) as reader:
        lines = reader.follow("live", {"agent": "1000"})
        assert isinstance(lines, Iterator)
        assert any(b'"state":"READY"' in line or b'"user":"1000"' in line for line in lines)
        site.loop.call_soon_threadsafe(site.driver.ask, Kind.PAUSE)
        assert any(b'"state":"PAUSED"' in line for line in lines)


@pytest.mark.skipif(os.geteuid() != 0, reason="root becomes another user")
def test_another_user_of_the_machine(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The user can read neither the settings file nor the database."""

    def run(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(words)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out + err

    with folder_for_all() as folder:
        migrate(folder / "warmline.db")
        config.create(folder / "warmline.db", "api-token", "crm", {"scopes": "ALL", "token": TOKEN}, who="test")
        app = BareApp(folder, free_port())
        closed = folder / "warmline.toml"
        closed.touch(0o600)
        monkeypatch.setenv("WARMLINE_RUN", str(folder))
        monkeypatch.setenv("WARMLINE_CONFIG", str(closed))
        monkeypatch.setenv("HOME", str(folder))
        try:
            assert run("agent", "status") == (4, f"No agent is logged in.\nwarmline: {said('asterisk_not_seen')}\n")
            with who_may_nothing():
                code, told = run("agent", "status")
                assert code == 5 and says(told, "login_missing", user=NOBODY)
                monkeypatch.setenv("WARMLINE_TOKEN", TOKEN)
                assert run("agent", "status")[0] == 4
                code, told = run("agent", "pause", "1000")
                assert code == 3 and "agent '1000' is not logged in" in told
        finally:
            app.kill()


async def test_a_lack_of_files_is_logged_once_until_it_is_over(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[OSError | None] = [OSError(errno.EMFILE, os.strerror(errno.EMFILE))] * 3 + [None]
    end = asyncio.Event()

    async def accept(_: socket.socket) -> tuple[socket.socket, str]:
        if not tries:
            end.set()
            await asyncio.Event().wait()
        if (error := tries.pop(0)) is not None:
            raise error
        return socket.socketpair()[0], ""

    monkeypatch.setattr(local_server, "AGAIN", 0.0)
    monkeypatch.setattr(asyncio.get_running_loop(), "sock_accept", accept)
    server = local_server.LocalServer(Mock(), AsyncMock())
    monkeypatch.setattr(server, "_accept", socket.socket.close)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("")
        serving = asyncio.create_task(server.serve(listener))
        await end.wait()
        serving.cancel()
        await asyncio.wait([serving])
    said = [one.getMessage() for one in caplog.records if one.name == "warmline.local"]
    assert said == ["no connection can be accepted: [Errno 24] Too many open files", "connections are accepted again"]
