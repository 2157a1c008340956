"""ARI's password goes only to a program of Asterisk's user, never to another program that has the port."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from ari_app.asterisk.event_decoding import MEANINGS
from cli.client import ari_console
from tests.wording.said import refused
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.ari_event_stream import AriEventStream as Ears
from warmline.ari.client.checked_connector import NotAsteriskError
from warmline.system import ari_listener as module
from warmline.system import socket_diag
from warmline.system.ari_listener import AriListener, StrangerError, asterisks_users
from warmline.system.settings import DEFAULTS, Settings

NOBODY = 65534
OURS = frozenset({os.geteuid()})


def listening(host: str, *, ipv6: bool = False) -> socket.socket:
    family = socket.AF_INET6 if ipv6 else socket.AF_INET
    return socket.create_server((host, 0), family=family, dualstack_ipv6=ipv6 and host == "::")


@pytest.mark.parametrize(
    ("host", "bound", "ipv6"),
    [
        ("127.0.0.1", "127.0.0.1", False),
        ("localhost", "127.0.0.1", False),
        ("127.0.0.1", "0.0.0.0", False),  # noqa: S104 - whoever binds everything has loopback as well
        ("[::1]", "::1", True),
        ("127.0.0.1", "::", True),
        ("localhost", "::1", True),
    ],
)
def test_a_listener_of_another_user_is_refused(host: str, bound: str, ipv6: bool) -> None:
    with closing(listening(bound, ipv6=ipv6)) as taken:
        url = f"http://{host}:{taken.getsockname()[1]}/ari"
        AriListener(url, OURS).check()
        with refused(StrangerError, "stranger_listens") as caught:
            AriListener(url, {NOBODY - 1}).check()
        assert f"({os.geteuid()})" in str(caught.value.fields["users"])


@pytest.mark.parametrize(("host", "bound", "ipv6"), [("127.0.0.1", "127.0.0.1", False), ("127.0.0.1", "::", True)])
def test_without_netlink_the_table_says_the_same(
    monkeypatch: pytest.MonkeyPatch, host: str, bound: str, ipv6: bool
) -> None:
    monkeypatch.setattr(socket_diag, "NETLINK_SOCK_DIAG", 31)
    with pytest.raises(OSError, match="rotocol"):
        socket_diag.listeners(1)
    test_a_listener_of_another_user_is_refused(host, bound, ipv6)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_user_of_a_connection_is_found_by_its_addresses(host: str) -> None:
    with closing(listening(host, ipv6=":" in host)) as here, socket.create_connection(here.getsockname()[:2]) as there:
        ours, peer = here.accept()
        with closing(ours):
            assert socket_diag.user_of(peer[:2], ours.getsockname()[:2]) == os.geteuid()
        assert there
    assert socket_diag.user_of((host, 1), (host, 2)) is None


def test_another_machine_is_not_looked_at() -> None:
    for url in ("http://192.0.2.1:8088/ari", "https://pbx.example/ari"):
        AriListener(url, ()).check()


def test_a_kernel_that_does_not_tell_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TABLES", ("/nowhere",))
    monkeypatch.setattr(socket_diag, "NETLINK_SOCK_DIAG", 31)  # there is no such protocol
    AriListener("http://127.0.0.1:1/ari", ()).check()


def test_root_and_the_owner_of_the_recordings_count_as_asterisks_users(tmp_path: Path) -> None:
    settings = Settings(**(DEFAULTS | {"recordings": str(tmp_path / "none"), "db": str(tmp_path / "x.db")}))
    assert {0, os.geteuid(), tmp_path.stat().st_uid} <= asterisks_users(settings)
    if os.geteuid() == 0:
        os.chown(tmp_path, 4242, -1)
        assert 4242 in asterisks_users(settings)


@asynccontextmanager
async def stranger() -> AsyncIterator[tuple[str, bytearray]]:
    """Accept every connection, and store the received bytes."""
    got = bytearray()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.extend(await reader.read())
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/ari", got


async def test_the_app_sends_a_stranger_nothing() -> None:
    async with stranger() as (url, got), AriClient(url, "warmline", "secret", "w", trusted_user_ids=()) as client:
        with refused(AriError, "ari_no_connection") as caught:
            await client.request("GET", "asterisk", "ping")
        assert isinstance(caught.value.fields["reason"], NotAsteriskError)
        assert not got


async def test_a_stranger_on_the_port_later_is_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def check(self: AriListener) -> None:
        looks.append("look")
        if len(looks) % 2 == 0:
            raise StrangerError("stranger_listens", "a stranger now")

    monkeypatch.setattr(AriListener, "check", check)
    async with stranger() as (url, got), AriClient(url, "warmline", "secret", "w") as client:
        for _ in range(2):
            with refused(AriError, "ari_no_connection") as caught:
                await client.request("GET", "asterisk", "ping")
            assert isinstance(caught.value.fields["reason"], NotAsteriskError)
        assert not got and len(looks) == 4


def test_the_event_listener_reports_a_stranger_and_tries_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def nobody(_: int) -> None:
        raise AssertionError

    async def main() -> None:
        tried = asyncio.Event()
        checks = 0
        look = AriListener.check

        def check(self: AriListener) -> None:
            nonlocal checks
            checks += 1
            if checks > 2:
                tried.set()
            look(self)

        monkeypatch.setattr(AriListener, "check", check)
        async with stranger() as (url, got), AriClient(url, "warmline", "secret", "w", trusted_user_ids=()) as client:
            running = asyncio.create_task(Ears(client, MEANINGS, lambda _: None, nobody).run())
            async with asyncio.timeout(5):
                await tried.wait()
            running.cancel()
            await asyncio.wait({running})
            assert not got

    asyncio.run(main())
    assert caplog.text.count("not Asterisk: ARI's password is not sent") == 1


def test_the_command_line_sends_a_stranger_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari_console, "asterisks_users", lambda settings: frozenset())
    with closing(listening("127.0.0.1")) as taken:
        taken.settimeout(0.2)
        settings = Settings(**(DEFAULTS | {"ari_url": f"http://127.0.0.1:{taken.getsockname()[1]}/ari"}))
        with refused(ari_console.NotAsterisk, "stranger_listens"):
            ari_console.ask(settings, "GET", "asterisk/info")
        with pytest.raises(TimeoutError):
            taken.accept()
