"""The dialplan uses FastAGI: the same decisions with any caller id; without an answer, the script runs."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ari_app import fastagi
from lab import ports
from tests.agi.conftest import World
from tests.agi.test_call_result import filled
from warmline.core.model import ids
from warmline.store.agi import spool
from warmline.store.agi.routing_facts import KeptDatabase

BEATS = ("beat", "agi-beat")
STALE_SECONDS = 2.0  # seconds; security.md promises this age


class Server:
    """FastAGI in a separate thread; `asked` are the requested scripts."""

    def __init__(self, address: str, connection: KeptDatabase) -> None:
        self.asked: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._server = fastagi.FastAgiServer(address, _Noted(fastagi.scripts(connection), self.asked))
        self._serving = self._loop.create_task(self._server.run())
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with closing(self._loop):
            self._loop.run_until_complete(asyncio.wait([self._serving]))
            self._loop.run_until_complete(self._server.close())

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join()


class _Noted(dict[str, fastagi.Decision]):
    def __init__(self, decisions: dict[str, fastagi.Decision], names: list[str]) -> None:
        super().__init__(decisions)
        self._asked = names

    def __getitem__(self, name: str) -> fastagi.Decision:
        self._asked.append(name)
        return super().__getitem__(name)


@pytest.fixture
def fastagi_address(world: World, tmp_path: Path) -> Iterator[str]:
    """Return the dialplan's FastAGI address, HOST:PORT, which has no server yet."""
    block, keeper = ports.reserve()
    future = time.time() + 3600  # most of these tests are not about the age of the heartbeats
    for name in BEATS:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (future, future))
    with keeper:
        world.pbx.console(f"dialplan set global WARMLINE_FASTAGI agi://127.0.0.1:{block.fastagi}")
        world.pbx.console(f"dialplan set global WARMLINE_BEAT {tmp_path}/beat")
        try:
            yield f"127.0.0.1:{block.fastagi}"
        finally:
            world.pbx.console("dialplan set global WARMLINE_FASTAGI ")


@pytest.fixture
def server(world: World, fastagi_address: str) -> Iterator[Server]:
    with closing(KeptDatabase(str(world.spool.parent / "warmline.db"))) as connection:
        server = Server(fastagi_address, connection)
        try:
            yield server
        finally:
            server.stop()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("8009999999", "DID 8009999999 is not configured"),
        ("8005550100", "the application is away"),
        ("8005550100%0A%0A1", "'8005550100\\n\\n1' is no number"),
        ("8005550100%0Aagi_network_script%3A%20agent_login%0A%0A511", "is no number"),
        ("8005550100%0Aagi_arg_1%3A%208005550102", "is no number"),
        ("800%22%5D%3Fx", "'800\"]?x' is no number"),
    ],
)
def test_a_call_is_decided_as_by_the_script(world: World, server: Server, number: str, reason: str) -> None:
    with world.sent_away(number, '"a\\", ${SHELL(id)}" <sip:1%0Aagi_arg_1%3A%20700@127.0.0.1>') as agi:
        assert reason in agi.get_variable("WARMLINE_REASON")
        call = agi.get_variable("WARMLINE_CALL")
    assert ids.is_ulid(call)
    assert server.asked == ["route_did"]
    (note,) = spool.read_all(world.spool)
    spool.remove(world.spool, note.call)
    assert note.call == call


def test_the_script_runs_when_fastagi_does_not_answer(world: World, fastagi_address: str) -> None:
    with world.sent_away("8009999999") as agi:
        assert agi.get_variable("WARMLINE_REASON") == "DID 8009999999 is not configured"
    (note,) = spool.read_all(world.spool)
    spool.remove(world.spool, note.call)


@pytest.mark.parametrize("name", BEATS)
@pytest.mark.parametrize("missing", [True, False])
def test_a_process_without_a_fresh_heartbeat_is_not_asked(
    world: World, server: Server, tmp_path: Path, name: str, missing: bool
) -> None:
    if missing:
        (tmp_path / name).unlink()
    else:
        os.utime(tmp_path / name, (time.time() - STALE_SECONDS, time.time() - STALE_SECONDS))
    with world.sent_away("8009999999") as agi:
        assert agi.get_variable("WARMLINE_REASON") == "DID 8009999999 is not configured"
    assert server.asked == []
    (note,) = spool.read_all(world.spool)
    spool.remove(world.spool, note.call)


@pytest.mark.parametrize("is_blocked", [False, True])
def test_the_app_reads_the_result_unless_asterisk_blocks_the_look_at_the_heartbeats(
    world: World, server: Server, is_blocked: bool
) -> None:
    if is_blocked:
        world.pbx.console("dialplan set global WARMLINE_GOTO sales,1,1")  # seen as a variable of the channel
    try:
        rows, from_header = filled(world.spool.parent / "warmline.db"), "<sip:1000@127.0.0.1>"
        with rows, world.call("706", from_header) as phone, world.away() as agi:
            phone.answered()
            assert agi.get_variable("WARMLINE_RESULT") == "left"
    finally:
        world.pbx.console("dialplan set global WARMLINE_GOTO ")
    assert server.asked == ([] if is_blocked else ["call_result"])
