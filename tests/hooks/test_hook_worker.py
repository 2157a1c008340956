"""The app keeps a worker of hooks: it is started, replaced, reported about, and ended with the app."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ari_app.workers import own_hook_worker
from tests.hooks.folder import ARGUMENTS, Hooks, until
from warmline.system import hook_request
from warmline.system.settings import DEFAULTS, Settings

GOOD = "def before_route(caller, route):\n    import os\n    return route.change(reason=str(os.getppid()))\n"


def settings(place: Path) -> Settings:
    (place / "run").mkdir()
    (place / "hooks.d").mkdir(mode=0o755)
    return Settings(**(DEFAULTS | {"run": str(place / "run"), "hooks": str(place / "hooks.d")}))


@asynccontextmanager
async def kept(known: Settings) -> AsyncIterator[Hooks]:
    found = Hooks(Path(known.hooks), Path(known.run, "hook-log"))
    found.path = hook_request.address(known)
    keeping = asyncio.create_task(own_hook_worker.keep_running(known))
    try:
        yield found
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


async def worker_of(hooks: Hooks) -> int:
    """Return the process of the worker, which may have to start first."""

    def asked() -> int:
        said = hook_request.ask(hooks.path, "before_route", "1", 20.0, ARGUMENTS)
        return int(said["answer"]["reason"]) if said["ok"] else 0

    return await asyncio.to_thread(until, asked)


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with kept(settings(tmp_path)) as hooks:
            hooks.write("mine.py", GOOD)
            first = await worker_of(hooks)
            os.kill(first, signal.SIGKILL)
            second = await worker_of(hooks)
            assert second != first
        gone.append(second)

    gone: list[int] = []
    asyncio.run(scenario())
    assert not Path(f"/proc/{gone[0]}").exists()


def test_functions_and_errors_are_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    known = settings(tmp_path)
    Path(known.hooks, "mine.py").write_text(GOOD)
    Path(known.hooks, "torn.py").write_text("def\n")

    async def scenario() -> None:
        async with kept(known) as hooks:
            await worker_of(hooks)
            await asyncio.to_thread(until, lambda: "torn.py" in caplog.text)

    with caplog.at_level(logging.INFO, "warmline.hooks"):
        asyncio.run(scenario())
    assert "hooks.d: before_route (mine.py)" in caplog.text
    assert "hooks file torn.py is not used: SyntaxError: invalid syntax (torn.py:1)" in caplog.text


def test_files_that_are_never_loaded_do_not_harm_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("warmline.hooks.worker_process.LOADED_WITHIN", 0.5)

    known = settings(tmp_path)
    Path(known.hooks, "endless.py").write_text("while True:\n    pass\n")

    async def scenario() -> None:
        async with kept(known) as hooks:
            await asyncio.to_thread(until, lambda: "cannot be loaded" in caplog.text)
            hooks.write("endless.py", GOOD)
            await worker_of(hooks)

    asyncio.run(scenario())
    assert "cannot be loaded: no answer within 500 ms" in caplog.text


def test_a_socket_that_cannot_be_opened_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    known = settings(tmp_path)
    Path(known.run).rmdir()

    async def scenario() -> None:
        async with kept(known) as hooks:
            await asyncio.to_thread(until, lambda: "hooks are not in effect; retrying" in caplog.text)
            await asyncio.to_thread(Path(known.run).mkdir)
            hooks.write("mine.py", GOOD)
            assert await worker_of(hooks)

    asyncio.run(scenario())
