"""A whole app with a gate at its second server."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from ari_app.gate.gate import Gate
from tests.asterisk.fake import FakeAri, says, served
from tests.free_port import free_port
from tests.gate.app_trees import AppTree
from tests.gate.gate_site import PASSWORD, USER, running, settings_of
from warmline.store.database.reading import reading
from warmline.system import heartbeat_file

WITHIN = 40.0
ID = "01JD0000000000000000000000"
LISTS = ("channels", "bridges", "recordings/live", "endpoints", "deviceStates")


@asynccontextmanager
async def ari() -> AsyncIterator[str]:
    """Provide the URL of a simulated ARI."""
    made = FakeAri()
    async with served(made):
        made.replies |= {f"GET /{name}": says([]) for name in LISTS}
        yield made.url


async def until(true: Callable[[], object]) -> None:
    """Wait until files of another program say it."""
    last = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < last, true
        await asyncio.sleep(0.05)


def is_fresh(run: Path, name: str) -> bool:
    age = heartbeat_file.get_age_seconds(str(run), name)
    return age is not None and age < 2.0


def journal(db: Path) -> str:
    with reading(db) as rows:
        return str([tuple(row) for row in rows.execute("SELECT * FROM journal")])


async def test_heartbeat_scripts_and_notes_of_a_server_go_through_its_gate(db: Path, tmp_path: Path) -> None:
    there = tmp_path / "b"
    there.mkdir()
    (there / "spool").mkdir()
    note = {"at": 1_764_000_000_000_000, "call": ID, "number": "15551230000", "dialled": "800", "reason": "no app"}
    (there / "spool" / f"{ID}.json").write_text(json.dumps(note))
    at_b, at_app = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    async with AsyncExitStack() as stack:
        main_url, other_url = [await stack.enter_async_context(ari()) for _ in range(2)]
        machine = settings_of(there, other_url, fastagi=at_b)
        gate = await stack.enter_async_context(running(lambda: Gate(machine)))
        tree = AppTree(tmp_path / "app", db, main_url, (USER, PASSWORD), gate.url, f'fastagi = "{at_app}"\n')
        stack.push_async_callback(tree.end)
        await until(
            lambda: is_fresh(there / "run", heartbeat_file.CALLS_FILE) and is_fresh(there / "run", heartbeat_file.AGI)
        )
        await until(lambda: "15551230000" in journal(tree.db))
        assert not (there / "spool" / f"{ID}.json").exists()
        host, _, port = at_b.rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"agi_network: yes\nagi_network_script: no_script\nagi_request: agi://x/no_script\n\n")
        async with asyncio.timeout(WITHIN):
            assert b"FastAGI has no 'no_script'" in await reader.readline(), "the AGI process of the app answers"
        writer.close()
        tree.freeze()
        await until(lambda: not is_fresh(there / "run", heartbeat_file.CALLS_FILE))
