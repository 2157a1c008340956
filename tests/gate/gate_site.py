"""A gate before a fake ARI, for tests, and clients with an epoch."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from ari_app.gate.gate import Gate
from tests.asterisk.fake import FakeAri, fake_ari
from warmline.ari.client.ari_client import AriClient
from warmline.system import gate_protocol
from warmline.system.settings import Settings, load

LIMIT = 10.0
USER, PASSWORD = "warmline", "secret"


class GateSite:
    """The fake behind the gate, the gate, and its folder, which holds the spool and `run`."""

    def __init__(self, folder: Path, fake: FakeAri, gate: Gate, stack: AsyncExitStack) -> None:
        self.folder, self.fake, self.gate = folder, fake, gate
        self._stack = stack

    async def client(self, epoch: int, **given: Any) -> AriClient:
        """Return a client of the gate, which is closed at the end of the site."""
        client = AriClient(self.gate.url, USER, PASSWORD, "warmline", epoch=epoch, **given)
        return await self._stack.enter_async_context(client)

    async def raw(self, text: bytes) -> bytes:
        """Send bytes on a connection of their own; return what comes until its end."""
        reader, writer = await self.open()
        writer.write(text)
        try:
            async with asyncio.timeout(LIMIT):
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection to the gate without saying anything."""
        host, _, port = self.gate.url.split("/")[2].rpartition(":")
        return await asyncio.open_connection(host, int(port))


def head(epoch: int | None, path: str = "/ari/asterisk/ping", *, method: str = "GET", more: str = "") -> bytes:
    """Return a request with the right password."""
    number = "" if epoch is None else f"{gate_protocol.EPOCH_HEADER}: {epoch}\r\n"
    known = f"Authorization: {aiohttp.encode_basic_auth(USER, PASSWORD)}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: gate\r\n{known}{number}{more}\r\n".encode()


def settings_of(folder: Path, ari_url: str, **changed: object) -> Settings:
    """Return the settings of the machine of an Asterisk."""
    (folder / "run").mkdir(parents=True, exist_ok=True)
    given = {"gate": "127.0.0.1:0", "ari_url": ari_url, "ari_user": USER, "ari_password": PASSWORD}
    places = {"spool": str(folder / "spool"), "run": str(folder / "run"), "db": str(folder / "warmline.db")}
    return load({})._replace(**{**given, **places, **changed})


@asynccontextmanager
async def gate_site(folder: Path, **changed: object) -> AsyncIterator[GateSite]:
    """Provide a gate with these settings."""
    async with AsyncExitStack() as stack:
        fake, _ = await stack.enter_async_context(fake_ari())
        gate = await stack.enter_async_context(running(lambda: Gate(settings_of(folder, fake.url, **changed))))
        yield GateSite(folder, fake, gate, stack)


@asynccontextmanager
async def running(make: Callable[[], Gate]) -> AsyncIterator[Gate]:
    """Run a gate within the block."""
    gate = make()
    work = asyncio.create_task(gate.run())
    try:
        yield gate
    finally:
        work.cancel()
        await asyncio.wait({work})
