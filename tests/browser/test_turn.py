"""A browser phone whose network lets nothing through but a TURN server: over UDP and TCP, on a real coturn."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint
from aiortc import RTCConfiguration, RTCIceServer, RTCIceTransportPolicy

from tests.browser.aiortc_page import Page
from tests.browser.coturn import COTURN
from tests.browser.test_browser_phone import AGENT, CUSTOMER, VOICE, at_work, hears
from tests.debian_program import ensure
from tests.free_port import free_port
from tests.internals.browser import TurnCredentials
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld

SECRET = "of the TURN server"  # noqa: S105 - of a test
SPARE = 5  # ports after that of SIP, in the block of the lab
SETTLED = 0.3  # seconds until the old page is not heard any more
CONNECTED = 10.0  # seconds until both directions are heard
# As the page on browser phones says, for servers on loopback.
CONF = """listening-ip=127.0.0.1
relay-ip=127.0.0.1
listening-port={port}
use-auth-secret
static-auth-secret={secret}
realm=warmline
fingerprint
no-cli
no-tls
no-dtls
no-multicast-peers
allow-loopback-peers
denied-peer-ip=0.0.0.0-255.255.255.255
allowed-peer-ip=127.0.0.1
pidfile={folder}/coturn.pid
userdb={folder}/turndb
log-file=stdout
simple-log
"""


@asynccontextmanager
async def turn_server(folder: Path, port: int) -> AsyncIterator[None]:
    """Run coturn at this port."""
    command = (await asyncio.to_thread(ensure, COTURN, print)).command
    file = folder / "turnserver.conf"
    file.write_text(CONF.format(port=port, secret=SECRET, folder=folder))
    log = (folder / "coturn.log").open("w")
    process = await asyncio.create_subprocess_exec(*command, "-c", str(file), stdout=log, stderr=log)
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    break
                except ConnectionRefusedError:
                    await asyncio.sleep(0.05)  # coturn gives no event
        writer.close()
        yield
    finally:
        process.terminate()
        await process.wait()
        log.close()


async def relayed(site: LabSite, transport: str) -> RTCConfiguration:
    """Return the configuration of a page that reaches only the TURN server, with a credential from the app."""
    async with site.http.get(f"{site.lab.api}/workspace/phone/servers", headers=site.token()) as answer:
        [server] = (await answer.json())["ice_servers"]
    [url] = [one for one in server["urls"] if one.endswith(transport)]
    known = RTCIceServer(urls=url, username=server["username"], credential=server["credential"])
    return RTCConfiguration([known], RTCIceTransportPolicy.RELAY)


class Refusals(asyncio.DatagramProtocol):
    """The end of a relayed line that keeps the server's refusals."""

    def __init__(self) -> None:
        self.errors: asyncio.Queue[Exception] = asyncio.Queue()

    def error_received(self, exc: Exception) -> None:
        """Keep a refusal."""
        self.errors.put_nowait(exc)


@pytest.mark.usefixtures("runner")
async def test_the_turn_server_sends_to_no_other_machine(tmp_path: Path) -> None:
    port = free_port()
    known = await TurnCredentials(SECRET).turn_credential("page")
    async with turn_server(tmp_path, port):
        transport, end = await create_turn_endpoint(
            Refusals, server_addr=("127.0.0.1", port), username=known.username, password=known.credential
        )
        async with asyncio.timeout(CONNECTED):
            for other in ("127.0.0.2", "10.0.0.9", "169.254.169.254"):
                transport.sendto(b"packet", (other, 9))
                refusal = await end.errors.get()
                assert isinstance(refusal, TransactionFailed) and "403" in str(refusal), refusal
        transport.close()


async def test_a_page_behind_a_turn_server(real: RealWorld, tmp_path: Path) -> None:
    site = real.site
    port = int(site.lab.sip.rpartition(":")[2]) + SPARE
    urls = ",".join(f"turn:127.0.0.1:{port}?transport={one}" for one in ("udp", "tcp"))
    settings = Path(site.lab.dir) / "warmline.toml"
    before = settings.read_text()
    settings.write_text(f'{before}turn_urls = "{urls}"\nturn_secret = "{SECRET}"\n')
    try:
        await real.kill_app()
        await real.start_app()
        async with turn_server(tmp_path, port), at_work(site) as (agent, page):
            customer = await agent.is_called("15551230004")
            for transport in ("udp", "tcp"):
                behind = Page(f"page-{transport}", VOICE, servers=await relayed(site, transport))
                began = time.monotonic()
                assert await behind.offer(site.http, site.lab.api, AGENT, site.token()) == 201
                offered = behind.line.localDescription.sdp
                assert " typ relay " in offered and " typ host " not in offered
                await page.goes()
                page = behind
                await behind.hears(CUSTOMER, time.monotonic())
                await hears(customer, VOICE, time.monotonic() + SETTLED)
                assert time.monotonic() - began < CONNECTED
            await customer.hang_up()
            await agent.shows("DISPO")
            await agent.orders("disposition", status="OTHER")
            await page.goes()
        await says_nothing_of_the_secret(site)
    finally:
        settings.write_text(before)
        await real.kill_app()
        await real.start_app()


def files_with_the_secret(folder: Path) -> list[Path]:
    """Return the logs and the files of the database that have the secret."""
    return [one for one in (*folder.rglob("*.log"), *folder.glob("*.db*")) if SECRET.encode() in one.read_bytes()]


async def says_nothing_of_the_secret(site: LabSite) -> None:
    """Check the log, the journal and the feed."""
    assert await asyncio.to_thread(files_with_the_secret, Path(site.lab.dir)) == []
    async with site.http.ws_connect(f"{site.lab.api}/workspace/feed?agent={AGENT}", headers=site.token()) as feed:
        await feed.send_str(json.dumps({"hello": {"page": "another", "phone": False}}))
        first = await feed.receive_str()
    assert SECRET not in first and "credential" not in first
