"""The gate at an Asterisk: the highest epoch commands there, and no other one."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from ari_app.gate import epoch_file, gate, gate_connection
from ari_app.gate.gate import Gate
from tests.asterisk.fake import Reply, says
from tests.gate.gate_site import LIMIT, gate_site, head, running, settings_of
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.system import gate_protocol, heartbeat_file
from warmline.system.settings import SettingsError

PING = ("GET", "asterisk", "ping")


async def listens(client: AriClient) -> aiohttp.ClientWebSocketResponse:
    """Open an event stream; the caller's session ends with the loop."""
    session = client.session()
    return await session.ws_connect(f"{client.url}/events", params={"app": client.app})


async def test_requests_and_events_of_the_epoch_that_leads_pass(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        site.fake.replies["GET /channels"] = says([{"id": "L"}])
        one = await site.client(1)
        for _ in range(3):
            assert json.loads(await one.request("GET", "channels")) == [{"id": "L"}]
        socket = await listens(one)
        await site.fake.next_connection()
        await site.fake.send({"type": "Dial"})
        assert (await socket.receive_json(timeout=LIMIT))["type"] == "Dial"
        assert len(site.gate._open) == 2, "the requests share a connection"
        await socket.close()


@pytest.mark.parametrize("epoch", [None, 0, 6])
async def test_a_connection_without_the_highest_epoch_is_refused(tmp_path: Path, epoch: int | None) -> None:
    async with gate_site(tmp_path) as site:
        await (await site.client(7)).request(*PING)
        answer = await site.raw(head(epoch))
        assert answer.startswith(b"HTTP/1.1 409 ") and b"X-Warmline-Epoch: 7\r\n" in answer
        assert site.fake.asked == ["GET /asterisk/ping"]


async def test_a_higher_epoch_is_on_disk_before_asterisk_hears_of_it(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        found: list[str] = []

        async def ping(_: web.Request) -> web.Response:
            found.append((tmp_path / gate_protocol.EPOCH_FILE).read_text())
            return web.Response()

        site.fake.replies["GET /asterisk/ping"] = ping
        for epoch in (3, 9):
            await (await site.client(epoch)).request(*PING)
        assert [int(text) for text in found] == [3, 9]


async def test_a_higher_epoch_ends_the_connections_of_a_lower_one(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        one, two = await site.client(1), await site.client(2)
        held = asyncio.Event()
        site.fake.replies["GET /channels/slow"] = slow(held)
        await one.request(*PING)
        socket = await listens(one)
        waits = asyncio.create_task(one.request("GET", "channels", "slow"))
        await site.fake.until_asked("GET /channels/slow")
        await two.request(*PING)
        assert (await socket.receive(timeout=LIMIT)).type is not aiohttp.WSMsgType.TEXT
        with pytest.raises(AriError) as refused:
            await waits
        assert refused.value.status == 409, "it was sent again, and refused"
        for method in ("POST", "DELETE", "GET"):
            with pytest.raises(AriError):
                await one.request(method, "channels", "L")
        assert not [asked for asked in site.fake.asked if asked.endswith("/channels/L")]
        held.set()


def slow(until: asyncio.Event) -> Reply:
    async def reply(_: web.Request) -> web.Response:
        await until.wait()
        return web.Response()

    return reply


async def test_the_epoch_outlives_a_restart_of_the_gate(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        await (await site.client(5)).request(*PING)
        async with running(lambda: Gate(settings_of(tmp_path, site.fake.url))) as second:
            assert second.highest == 5


async def test_an_epoch_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with gate_site(tmp_path) as site:
        await (await site.client(1)).request(*PING)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(epoch_file.EpochFile, "write", full)
        with pytest.raises(AriError, match="No space left") as refused:
            await (await site.client(2)).request(*PING)
        assert (refused.value.status, site.gate.highest) == (503, 1)
        await (await site.client(1)).request(*PING)


async def test_an_epoch_is_written_on_a_full_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with gate_site(tmp_path) as site:
        await (await site.client(9)).request(*PING)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(epoch_file.whole_file, "write", full)
        await (await site.client(10)).request(*PING)
        async with running(lambda: Gate(settings_of(tmp_path, site.fake.url))) as second:
            assert second.highest == 10


async def test_a_stranger_raises_no_epoch_and_reaches_nothing(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        for wrong in ("", "Authorization: Basic d2FybWxpbmU6d3Jvbmc=\r\n"):
            text = f"GET /ari/asterisk/ping HTTP/1.1\r\nX-Warmline-Epoch: 99\r\n{wrong}\r\n".encode()
            assert (await site.raw(text)).startswith(b"HTTP/1.1 401 ")
        assert (site.gate.highest, site.fake.asked) == (0, [])


@pytest.mark.parametrize(
    "text, status",
    [
        (head(1, more="X-Warmline-Epoch: 2\r\n"), 400),
        (head(1).replace(b": 1\r", b": 1e3\r"), 400),
        (head(1).replace(b": 1\r", b": -1\r"), 400),
        (head(1).replace(b": 1\r", b" : 1\r"), 400),
        (b"\x16\x03\x01\r\n\r\n", 400),
        (head(1, more="X-Long: " + "x" * 20_000 + "\r\n"), 431),
        (b"x" * 20_000, 431),
    ],
)
async def test_an_unreadable_head_is_refused(tmp_path: Path, text: bytes, status: int) -> None:
    async with gate_site(tmp_path) as site:
        assert (await site.raw(text)).startswith(b"HTTP/1.1 %d " % status)
        assert (site.gate.highest, site.fake.asked) == (0, [])


async def test_a_silent_connection_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_connection, "HEAD_WITHIN", 0.05)
    async with gate_site(tmp_path) as site:
        assert await site.raw(b"GET /ari/asterisk") == b""
        assert not site.gate._open


async def test_strangers_do_not_keep_the_app_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "OPEN_MAX", 4)
    async with gate_site(tmp_path) as site:
        one = await site.client(1)
        socket = await listens(one)
        silent = [await site.open() for _ in range(8)]
        await one.request(*PING)
        await site.fake.next_connection()
        await site.fake.send({"type": "Dial"})
        assert (await socket.receive_json(timeout=LIMIT))["type"] == "Dial", "the app's connections stay"
        assert len(site.gate._open) <= 4
        for _, writer in silent:
            writer.close()


async def test_a_body_after_the_head_arrives_whole(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        got: list[bytes] = []

        async def keep(request: web.Request) -> web.Response:
            got.append(await request.read())
            return web.Response()

        site.fake.replies["POST /channels/L/variable"] = keep
        text = "x" * 300_000
        await (await site.client(1)).request("POST", "channels", "L", "variable", body={"value": text})
        assert json.loads(got[0]) == {"value": text}


async def test_a_reader_that_is_slow_holds_asterisk_back(tmp_path: Path) -> None:
    """An app that is frozen must not fill the memory of the guard."""
    most, sent, stuck = 64 * 1024 * 1024, 0, asyncio.Event()

    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        try:
            while sent < most:
                writer.write(bytes(65536))
                async with asyncio.timeout(1.0):
                    await writer.drain()
                sent += 65536
        except (TimeoutError, OSError):
            pass
        stuck.set()
        writer.close()

    async with await asyncio.start_server(flood, "127.0.0.1", 0) as server, gate_site(tmp_path) as site:
        site.gate._ari = server.sockets[0].getsockname()
        site.gate._listener = Unchecked()  # type: ignore[assignment]
        reader, writer = await site.open()
        writer.write(head(1))
        async with asyncio.timeout(LIMIT):
            await stuck.wait()
        assert sent < most / 4
        writer.close()
        del reader


class Unchecked:
    """A check that lets every listener be Asterisk."""

    def check(self) -> None:
        return


async def test_without_asterisk_the_app_sees_a_broken_connection(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        site.gate._ari = "127.0.0.1", 9
        with pytest.raises(AriError) as failed:
            await (await site.client(1)).request(*PING)
        assert failed.value.status == 0


async def test_the_heartbeat_of_the_epoch_that_leads_is_written(tmp_path: Path) -> None:
    run = str(tmp_path / "run")
    async with gate_site(tmp_path) as site:
        one = (await site.client(1)).gate_connections()
        for _ in range(2):
            assert (await one.request("PUT", gate_protocol.BEAT)).status == 204
        age = heartbeat_file.get_age_seconds(run)
        assert age is not None and age < LIMIT
        assert (await one.request("DELETE", gate_protocol.BEAT)).status == 204
        assert heartbeat_file.get_age_seconds(run) is None
        two = (await site.client(2)).gate_connections()
        assert (await two.request("PUT", gate_protocol.BEAT)).status == 204
        assert (await one.request("DELETE", gate_protocol.BEAT)).status == 409
        assert heartbeat_file.get_age_seconds(run) is not None
        assert (await two.request("PUT", "/warmline/other")).status == 404
        assert site.fake.asked == []
        one.close()
        two.close()


async def test_a_connection_for_the_gate_never_reaches_asterisk(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        both = head(1, gate_protocol.BEAT, method="PUT") + head(1)
        assert b"HTTP/1.1 400 " in await site.raw(both)
        assert site.fake.asked == []


async def test_the_epoch_is_told_to_a_program_without_one(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        await (await site.client(4)).request(*PING)
        asks = (await site.client(0)).gate_connections()
        answer = await asks.request("GET", gate_protocol.EPOCH)
        assert (answer.status, json.loads(answer.body)) == (200, {"epoch": 4})
        assert (await asks.request("PUT", gate_protocol.BEAT)).status == 409
        asks.close()


@pytest.mark.parametrize("text", ["half", "-1", "", "1 2", "9" * 30])
def test_an_epoch_file_that_cannot_be_read_stops_the_gate(tmp_path: Path, text: str) -> None:
    (tmp_path / gate_protocol.EPOCH_FILE).write_text(text)
    with pytest.raises(SettingsError, match="gate-epoch"):
        Gate(settings_of(tmp_path, "http://127.0.0.1:8088/ari"))
