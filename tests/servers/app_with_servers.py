"""The call process's app in this process, with simulated servers that can freeze, die and come back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from ari_app.app import App
from ari_app.asterisk import endpoint_reachability
from ari_app.background.metrics import Metrics
from ari_app.process.systemd import SystemdNotifier
from ari_app.servers import asterisk_server
from lab import configure
from tests.asterisk.fake import FakeAri, fake_ari, refuses, says
from tests.free_port import free_port
from warmline.ari.client import request_timeout
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.world.world import World
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system import settings

B = "b"
LIMIT = 5.0  # seconds for a step on a busy machine
ANSWER = 0.4  # seconds that the app waits for an answer of a server


class Status(SystemdNotifier):
    """Keeps what systemd is told."""

    def __init__(self) -> None:
        super().__init__({})
        self.told: list[str] = []

    def tell(self, *lines: str) -> None:
        self.told += lines


class Site:
    """A running app, and its servers by name."""

    def __init__(self, app: App, servers: dict[str, FakeAri], status: Status, run: Path) -> None:
        self.app, self.servers, self.status, self.run = app, servers, status, run
        self.main, self.b = servers[MAIN_SERVER], servers.get(B, servers[MAIN_SERVER])

    @property
    def world(self) -> World:
        return self.app._board.world

    async def until(self, holds: Callable[[], bool], within: float = LIMIT) -> None:
        """Wait until this holds after a turn of the switchboard."""
        async with asyncio.timeout(within):
            while not holds():
                await self.app._board.turned()
                await asyncio.sleep(0.005)

    async def until_reached(self, *servers: str) -> None:
        await self.until(lambda: self.app._board.reached == set(servers))

    async def come_in(self, server: str, leg: str) -> None:
        """Let a caller come to a server."""
        await self.servers[server].send(arrives(leg))
        await self.until(lambda: leg in self.world.legs)


def arrives(leg: str) -> dict[str, object]:
    """Return the event of a caller who comes."""
    return {"type": "StasisStart", "args": ["ingroup", "SALESLINE"], "channel": channel(leg)}


def channel(leg: str) -> dict[str, object]:
    """Return a caller's channel as ARI shows it."""
    place = {"exten": "800", "app_name": "Stasis", "app_data": "warmline,ingroup,SALESLINE"}
    return {
        "id": leg,
        "name": f"PJSIP/trunk-{leg}",
        "state": "Ring",
        "creationtime": "2026-11-20T10:00:00.000+0000",
        "caller": {"number": "3125550100", "name": ""},
        "dialplan": place,
    }


async def dies(server: FakeAri) -> None:
    """Let a server close its connection and refuse others."""
    server.replies["GET /events"] = refuses(503)
    for socket in server.sockets:
        await socket.close()


def comes_back(server: FakeAri) -> None:
    """Let a server that died take connections again."""
    del server.replies["GET /events"]


@asynccontextmanager
async def app_with_servers(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *names: str,
    lost_after: float = 0.5,
    before: Callable[[dict[str, FakeAri]], None] = lambda _: None,
) -> AsyncIterator[Site]:
    """Start the app with these servers; `before` receives them before that."""
    monkeypatch.setattr(asterisk_server, "OFTEN", 0.05)
    monkeypatch.setattr(
        endpoint_reachability.EndpointMonitor, "run", lambda _: asyncio.Event().wait()
    )  # its stream is not the calls'
    monkeypatch.setattr(request_timeout, "REQUEST_TIMEOUT_SECONDS", ANSWER)
    monkeypatch.setattr(request_timeout, "PATIENT_TIMEOUT_SECONDS", ANSWER)
    configure.fill(database := folder / "warmline.db", [])
    (file := folder / "settings.toml").write_text(
        f'db = "{database}"\nrun = "{folder}"\nspool = "{folder}"\nlisten_port = {free_port()}\n'
    )
    monkeypatch.setenv("WARMLINE_CONFIG", str(file))
    async with AsyncExitStack() as stack:
        fakes = {name: (await stack.enter_async_context(fake_ari(name)))[0] for name in names}
        for fake in fakes.values():
            fake.replies |= {"GET /channels": says([]), "GET /bridges": says([])}
        stack.callback(lambda: [fake.thawed.set() for fake in fakes.values()])
        before(fakes)
        journal = JournalWriter(database)
        journal.open()
        stack.callback(journal.close)
        clients = {
            name: await stack.enter_async_context(AriClient(fake.url, "warmline", "secret", "warmline", server=name))
            for name, fake in fakes.items()
        }
        app = App(
            settings.load()._replace(server_lost_seconds=lost_after), journal, clients, Metrics(), status := Status()
        )  # type: ignore[arg-type] # less than a second, for the test
        tasks = await app.start(stack)
        try:
            yield Site(app, fakes, status, folder)
            failed = [task.exception() for task in tasks if task.done()]
            assert not failed, failed
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
