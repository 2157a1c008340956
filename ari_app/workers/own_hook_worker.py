"""Keeps the worker of hooks running. Calls need it for nothing: without it, they continue as without hooks."""

import asyncio
import contextlib
import logging
import socket

from warmline.hooks import hook_log, worker_process
from warmline.system import hook_request
from warmline.system.settings import Settings

BACK_OFF = (0.2, 10.0)  # seconds until the next start: the first and the longest
STEADY = 30.0  # seconds after which a worker counts as steady

log = logging.getLogger("warmline.hooks")


async def keep_running(settings: Settings) -> None:
    """Start the worker, and start it again when it ends, without end: the app must not end for a worker that fails."""
    pause, loop = BACK_OFF[0], asyncio.get_running_loop()
    while True:
        begun = loop.time()
        try:
            with worker_process.listen(hook_request.address(settings)) as listener:
                while True:
                    begun = loop.time()
                    await _one_worker(settings, hook_request.address(settings), listener)
                    pause = _longer(pause, loop.time() - begun)
                    log.warning("the worker of hooks ended; it starts again in %g s", pause)
                    await asyncio.sleep(pause)
        except OSError as error:
            pause = _longer(pause, loop.time() - begun)
            log.error("hooks are not in effect; retrying in %g s: %s", pause, error)
            await asyncio.sleep(pause)


def _longer(pause: float, ran: float) -> float:
    """Return the seconds until the next start."""
    return BACK_OFF[0] if ran > STEADY else min(2 * pause, BACK_OFF[1])


async def _one_worker(settings: Settings, path: str, listener: socket.socket) -> None:
    """Run a worker until it ends. A worker that does not finish loading its files is ended. Raises OSError."""
    process = await asyncio.create_subprocess_exec(
        *worker_process.command(settings.hooks, listener, hook_log.path(settings.run)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        pass_fds=[listener.fileno()],
        env=worker_process.environment(),
    )
    try:
        listed = await asyncio.to_thread(hook_request.ask, path, "list", "", worker_process.LOADED_WITHIN, {})
        if listed["ok"]:
            _report(settings.hooks, listed)
            await process.wait()
        else:
            log.error("the hooks in %s cannot be loaded: %s", settings.hooks, listed["why"])
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _report(folder: str, listed: "dict[str, object]") -> None:
    functions, errors = listed.get("functions"), listed.get("errors")
    if isinstance(functions, list):
        log.info("hooks in %s: %s", folder, ", ".join(f"{hook} ({file})" for hook, file, _ in functions) or "none")
    if isinstance(errors, dict):
        for file, why in errors.items():
            log.error("hooks file %s is not used: %s", file, why)
