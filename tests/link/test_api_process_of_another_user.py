"""The API process as another user than the call process: it starts, answers, and writes nothing."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from ari_app import api_process
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from tests.free_port import free_port
from tests.link.link_stage import LIMIT, LinkStage, on_a_link
from tests.other_user import NOBODY, folder_for_all
from warmline.store.configuration import config

TOKEN = "t" * 43


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_the_api_process_runs_as_a_user_with_read_access_only() -> None:
    port = free_port()
    with folder_for_all() as folder:
        os.chown(folder, 0, NOBODY)
        folder.chmod(0o2751)
        (folder / "warmline.toml").write_text(f'db = "{folder}/warmline.db"\nrun = "{folder}"\nlisten_port = {port}\n')
        (folder / "warmline.toml").chmod(0o644)
        ready, say = os.pipe()
        child = os.fork()
        if child == 0:
            _run(folder, ready)
        try:
            on_a_link(folder, lambda stage: _talk(stage, folder, port, say))
        finally:
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)
            os.close(say)
            os.close(ready)


def _run(folder: Path, ready: int) -> None:
    """Be the API process, once the database exists, until the test kills it."""
    try:
        os.read(ready, 1)
        os.environ["WARMLINE_CONFIG"] = str(folder / "warmline.toml")
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        api_process.main(PassedSockets({}), SystemdNotifier({}))
    finally:
        os._exit(0)


async def _talk(stage: LinkStage, folder: Path, port: int, say: int) -> None:
    config.create(folder / "warmline.db", "api-token", "crm", {"scopes": "agents:read", "token": TOKEN}, who="test")
    config.create(
        folder / "warmline.db", "list", "1000", {}, who="test"
    )  # a second writer prepares the log for readers
    await stage.stop()
    stage.start(lambda uid: uid == NOBODY)
    os.chown(stage.path, NOBODY, -1)
    os.write(say, b"x")
    before = sorted(os.listdir(folder))  # noqa: PTH208 - in a coroutine
    async with ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        assert await _answer(client, f"http://127.0.0.1:{port}/healthz") == (200, "ok\n")
        assert await _answer(client, f"http://127.0.0.1:{port}/api/v1/agents") == (200, "[]")
    assert sorted(os.listdir(folder)) == before  # noqa: PTH208 - in a coroutine


async def _answer(client: ClientSession, url: str) -> tuple[int, str]:
    """Return the answer, once the process listens."""
    async with asyncio.timeout(LIMIT):
        while True:
            try:
                async with client.get(url) as answer:
                    return answer.status, await answer.text()
            except ClientConnectionError:
                await asyncio.sleep(0.02)
