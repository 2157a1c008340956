"""The scripts of another machine: their FastAGI requests reach the app, and nothing waits without it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ari_app.gate import script_relay
from ari_app.gate.gate import Gate
from ari_app.servers import note_fetch, script_link
from tests.free_port import free_port
from tests.gate.gate_site import LIMIT, GateSite, gate_site, settings_of
from warmline.system import gate_protocol, heartbeat_file
from warmline.system.gate_protocol import Frames, ScriptFrameError, framed
from warmline.system.settings import SettingsError

NOTE = "01JD0000000000000000000000"


class Agi:
    """An AGI process that answers each line with the same line; `silent` answers nothing."""

    def __init__(self) -> None:
        self.silent = False
        self.came, self.ended = asyncio.Event(), asyncio.Event()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came.set()
        try:
            while line := await reader.readline():
                if not self.silent:
                    writer.write(line)
                if line == b"bye\n":
                    break
        except OSError:
            pass
        self.ended.set()
        writer.close()


class ScriptSite:
    """A site whose gate takes FastAGI, an AGI process, and a link of the app."""

    def __init__(self, site: GateSite, agi: Agi, at_app: int, where: str) -> None:
        self.site, self.agi, self._at_app, self._where = site, agi, at_app, where

    async def request(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a request as Asterisk does."""
        host, _, port = self._where.rpartition(":")
        return await asyncio.open_connection(host, int(port))

    async def link(self, epoch: int = 1) -> "asyncio.Task[None]":
        """Link an app, and wait until the gate knows it."""
        linking = asyncio.create_task(script_link.run(await self.site.client(epoch), f"127.0.0.1:{self._at_app}"))
        async with asyncio.timeout(LIMIT):
            while True:  # the gate sends no event
                links = self.site.gate._links
                if any(connection.epoch == epoch for connection in links):
                    return linking
                await asyncio.sleep(0.01)


@asynccontextmanager
async def script_site(folder: Path) -> AsyncIterator[ScriptSite]:
    agi, where = Agi(), f"127.0.0.1:{free_port()}"
    async with await asyncio.start_server(agi.take, "127.0.0.1", 0) as server, gate_site(folder, fastagi=where) as site:
        yield ScriptSite(site, agi, server.sockets[0].getsockname()[1], where)


async def ends(reader: asyncio.StreamReader) -> bytes:
    """Return what comes until the end of a request."""
    async with asyncio.timeout(LIMIT):
        try:
            return await reader.read()
        except ConnectionError:
            return b""


async def test_a_request_is_answered_by_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_relay, "ANSWERS_WITHIN", LIMIT)  # a busy machine is slow
    monkeypatch.setattr(script_relay, "LASTS", LIMIT)
    async with script_site(tmp_path) as here:
        linking = await here.link()
        both = [await here.request() for _ in range(2)]
        for number, (reader, writer) in enumerate(both):
            writer.write(b"%d\n" % number * 9000)
            async with asyncio.timeout(LIMIT):
                assert await reader.readexactly(18000) == b"%d\n" % number * 9000
        both[0][1].write(b"bye\n")
        assert await ends(both[0][0]) == b"bye\n"
        both[1][1].close()
        here.agi.ended.clear()
        await asyncio.wait_for(here.agi.ended.wait(), LIMIT)
        linking.cancel()


async def test_without_an_app_a_request_ends_at_once(tmp_path: Path) -> None:
    async with script_site(tmp_path) as here:
        reader, writer = await here.request()
        assert await ends(reader) == b""
        writer.close()


async def test_an_app_that_was_frozen_connects_again_after_more_requests_than_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a new connection, every script of that machine would go on without the app, for ever."""
    monkeypatch.setattr(script_relay, "ANSWERS_WITHIN", LIMIT)
    monkeypatch.setattr(script_relay, "LASTS", LIMIT)
    async with script_site(tmp_path) as here:
        linking = await here.link()
        [frozen] = here.site.gate._links
        with monkeypatch.context() as full:
            full.setattr(script_relay, "WAITING_MOST", -1)  # as if a frozen app had left too many unread
            reader, writer = await here.request()
            assert await ends(reader) == b""
            writer.close()
        async with asyncio.timeout(LIMIT):
            while [*here.site.gate._links] in ([], [frozen]):  # noqa: ASYNC110 - the gate sends no event
                await asyncio.sleep(0.01)
        reader, writer = await here.request()
        writer.write(b"again\n")
        assert await reader.readexactly(6) == b"again\n"
        writer.close()
        linking.cancel()


async def test_an_app_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    async with script_site(tmp_path) as here:
        here.agi.silent = True
        linking = await here.link()
        reader, writer = await here.request()
        begun = asyncio.get_running_loop().time()
        writer.write(b"agi_network: yes\n")
        assert await ends(reader) == b""
        assert asyncio.get_running_loop().time() - begun >= script_relay.ANSWERS_WITHIN - 0.05
        assert not here.site.gate._scripts._open  # type: ignore[union-attr]
        writer.close()
        linking.cancel()


async def test_requests_end_with_the_link(tmp_path: Path) -> None:
    async with script_site(tmp_path) as here:
        linking = await here.link()
        reader, writer = await here.request()
        writer.write(b"line\n")
        assert await reader.readline() == b"line\n"
        linking.cancel()
        await asyncio.wait({linking})
        assert await ends(reader) == b""
        writer.close()


async def test_the_app_that_leads_takes_the_link(tmp_path: Path) -> None:
    async with script_site(tmp_path) as here:
        old = await here.link(1)
        new = await here.link(2)
        reader, writer = await here.request()
        writer.write(b"line\n")
        assert await reader.readline() == b"line\n"
        assert [one.epoch for one in here.site.gate._links] == [2]
        writer.close()
        for linking in (old, new):
            linking.cancel()


async def test_the_heartbeat_of_fastagi_is_written_while_the_app_is_linked(tmp_path: Path) -> None:
    run = str(tmp_path / "run")
    async with script_site(tmp_path) as here:
        gate = (await here.site.client(1)).gate_connections()
        assert (await gate.request("PUT", gate_protocol.BEAT)).status == 204
        assert heartbeat_file.get_age_seconds(run, heartbeat_file.AGI) is None
        linking = await here.link()
        assert (await gate.request("PUT", gate_protocol.BEAT)).status == 204
        assert heartbeat_file.get_age_seconds(run, heartbeat_file.AGI) is not None
        assert (await gate.request("DELETE", gate_protocol.BEAT)).status == 204
        assert heartbeat_file.get_age_seconds(run, heartbeat_file.AGI) is None
        linking.cancel()
        gate.close()


@pytest.mark.parametrize("where", ["0.0.0.0:4573", "192.0.2.7:4573", "127.0.0.1:x"])
def test_fastagi_is_on_loopback_only(tmp_path: Path, where: str) -> None:
    with pytest.raises(SettingsError, match="setting fastagi"):
        Gate(settings_of(tmp_path, "http://127.0.0.1:8088/ari", fastagi=where))


def test_frames_come_whole_in_any_pieces() -> None:
    text = framed(1, gate_protocol.OPENS) + framed(7, gate_protocol.CARRIES, b"x" * 70_000)
    for size in (1, 3, 100, len(text)):
        frames, found = Frames(), []
        for at in range(0, len(text), size):
            found += frames.take(text[at : at + size])
        assert [number for number, _, _ in found] == [1, 7, 7]
        assert b"".join(data for _, _, data in found) == b"x" * 70_000
    with pytest.raises(ScriptFrameError):
        Frames().take(b"\0\0\0\1\7\0\0\0\0")


async def test_notes_of_the_spool_arrive_at_the_app_and_end_there(tmp_path: Path) -> None:
    there, here = tmp_path / "spool", tmp_path / "here"
    (there / "callbacks").mkdir(parents=True)
    here.mkdir()
    for name in (f"{NOTE}.json", f"callbacks/{NOTE}.json"):
        (there / name).write_text(json.dumps({"name": name}))
    (there / ".half.new").write_text("half")
    async with gate_site(tmp_path) as site:
        gate = (await site.client(1)).gate_connections()
        assert await note_fetch.fetch(gate, str(here), "b")
        for name in (f"{NOTE}.json", f"callbacks/{NOTE}.json"):
            assert json.loads((here / name).read_text()) == {"name": name}
            assert not (there / name).exists()
        assert (there / ".half.new").exists()
        gate.close()


async def test_a_note_stays_until_it_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there, here = tmp_path / "spool", tmp_path / "here"
    there.mkdir()
    (there / f"{NOTE}.json").write_text("{}")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with gate_site(tmp_path) as site:
        gate = (await site.client(1)).gate_connections()
        with monkeypatch.context() as disk:
            disk.setattr(note_fetch, "write", full)
            with pytest.raises(OSError, match="No space left"):
                await note_fetch.fetch(gate, str(here), "b")
        assert (there / f"{NOTE}.json").exists()
        assert await note_fetch.fetch(gate, str(here), "b")
        assert (here / f"{NOTE}.json").read_text() == "{}"
        gate.close()


@pytest.mark.parametrize(
    "name",
    ["/../gate-epoch", "/callbacks/../../x.json", "/.json", "/pins/1", f"/other/{NOTE}.json", "failed-scripts"],
)
async def test_no_other_file_is_deleted(tmp_path: Path, name: str) -> None:
    async with gate_site(tmp_path) as site:
        client = await site.client(1)
        await client.request("GET", "asterisk", "ping")
        gate = client.gate_connections()
        assert (await gate.request("DELETE", f"{gate_protocol.NOTES}{name}")).status == 404
        assert site.gate._file.path.exists()
        gate.close()


async def test_a_gate_beside_the_app_keeps_the_spool_of_the_app(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / f"{NOTE}.json").write_text("{}")
    (tmp_path / "warmline.db").write_text("")
    async with gate_site(tmp_path, fastagi="127.0.0.1:0") as site:
        gate = (await site.client(1)).gate_connections()
        assert (await gate.request("GET", gate_protocol.NOTES)).body == b"{}"
        status, _, writer = await gate.upgrade(gate_protocol.SCRIPTS, gate_protocol.UPGRADE)
        assert status == 404
        writer.close()
        gate.close()
