"""Runs a part of the app in an event loop, from its start until SIGTERM, and reports why it could not go on."""

import asyncio
import contextlib
import faulthandler
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Protocol

import uvloop

from ari_app.process import logs
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from warmline.store.database.database import StatementFailed, StoreError
from warmline.store.database.database_fault import Fault
from warmline.store.database.reading import keeping
from warmline.system.settings import Settings, SettingsError, load
from warmline.text.coded_error import CodedError

TURN = 0.001  # seconds a thread may run while others wait; a commit takes some twenty switches


class RunningPart(Protocol):
    async def start(self, stack: AsyncExitStack) -> "list[asyncio.Task[None]]":
        """Return the started tasks, of which none ends by itself; cleanup goes onto `stack`."""

    def reload(self) -> None:
        """Read the settings again, at SIGHUP."""

    async def end(self) -> None:
        """Finish what is under way, within a few seconds."""


Make = Callable[[Settings, AsyncExitStack], Awaitable[RunningPart]]


def run_or_exit(
    make: Make,
    load: Callable[[], Settings],
    passed: PassedSockets,
    systemd: SystemdNotifier,
    fatal: tuple[type[CodedError], ...] = (),
    name: str = "warmline serve",
) -> None:
    """Run until SIGTERM or SIGINT. An error that the part cannot fix ends it with one line and exit code 1.

    Such errors are those of settings and database, and `fatal`. Other errors end it with a traceback. The line begins
    with `name`. A StatementFailed is raised if another app leads the database.
    """
    database = ""
    known: tuple[type[CodedError], ...] = (SettingsError, StoreError, *fatal)
    try:
        settings = load()
        database = settings.db
        logs.begin(settings.log)
        faulthandler.enable()  # after a fault in a C library, the log has where each thread was
        sys.setswitchinterval(TURN)
        with keeping():
            uvloop.run(_run(make, settings, systemd))
    except StatementFailed as error:  # its text does not name the file
        passed.turn_away()
        if error.fault is Fault.REPLACED:
            raise
        sys.exit(f"{name}: database {database}: {error}")
    except known as error:
        passed.turn_away()
        sys.exit(f"{name}: {error}")
    except BaseException:  # a part that ends in order leaves waiting connections to the next one
        passed.turn_away()
        raise


def reload_log(systemd: SystemdNotifier, log: logging.Logger) -> None:
    """Apply a changed log style, for a part whose other settings take effect after a restart; `log` is its logger."""
    systemd.reloading()
    try:
        logs.begin(load().log)
    except SettingsError as error:
        log.error("the previous settings stay in effect: %s", error)
    systemd.ready()


async def _run(make: Make, settings: Settings, systemd: SystemdNotifier) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, lambda: None)  # until the part can reload
    async with AsyncExitStack() as stack:
        part = await make(settings, stack)
        tasks = await part.start(stack)
        loop.add_signal_handler(signal.SIGHUP, part.reload)
        systemd.ready()
        ended = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait({ended, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        systemd.tell("STOPPING=1")
        if ended in done:
            await part.end()
        for task in (ended, *tasks):
            task.cancel()
        await asyncio.wait({ended, *tasks})
        with contextlib.suppress(asyncio.CancelledError):
            for task in done - {ended}:
                task.result()
