"""The part `calls` of `warmline serve`: starts and stops the app, and reports why it ended."""

import asyncio
import contextlib
import logging
import signal
import sqlite3
import sys
import time
from contextlib import AsyncExitStack

import uvloop

from ari_app.app import App
from ari_app.asterisk.ari_client import AriClient
from ari_app.asterisk.ari_websocket import ReplacedError
from ari_app.asterisk.preflight import UnusableAsteriskError
from ari_app.background.metrics import Metrics
from ari_app.calls.asterisk_sync import WAITS
from ari_app.link.unix_sockets import CannotBind
from ari_app.process import logs
from ari_app.process.passed_sockets import CannotListen, PassedSockets
from ari_app.process.systemd import SystemdNotifier
from warmline.store.database.database import StoreError
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.ari_listener import asterisks_users
from warmline.system.settings import Settings, SettingsError, load_with_secrets

TURN = 0.001  # seconds a thread may run while others wait; a commit takes some twenty switches
YIELDS = 8.0  # seconds for the program that took over the ARI application, before systemd restarts this app

log = logging.getLogger("warmline")


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Run until SIGTERM or SIGINT. An error that the app cannot fix ends it with one line and exit code 1."""
    try:
        _run_or_exit(passed, systemd)
    except BaseException:  # an app that ends in order leaves waiting connections to the next one
        passed.turn_away()
        raise


def _run_or_exit(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    try:
        settings = load_with_secrets()
        logs.begin(settings.log)
        sys.setswitchinterval(TURN)
        uvloop.run(_run(settings, passed, systemd))
    except ReplacedError as error:
        log.error("%s", error)
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(YIELDS)
        sys.exit(f"warmline serve: {error}")
    except (SettingsError, StoreError, CannotListen, CannotBind, UnusableAsteriskError) as error:
        sys.exit(f"warmline serve: {error}")
    except sqlite3.Error as error:
        sys.exit(f"warmline serve: database {settings.db}: {error}")


async def _run(settings: Settings, passed: PassedSockets, systemd: SystemdNotifier) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lambda: None)  # until the app can reload
    systemd.status(WAITS)
    async with AsyncExitStack() as stack:
        journal = JournalWriter(settings.db)
        journal.open()
        stack.callback(journal.close)
        metrics = Metrics()
        reach = (settings.ari_url, settings.ari_user, settings.ari_password, settings.ari_app)
        client = await stack.enter_async_context(AriClient(*reach, metrics.ari_answered, asterisks_users(settings)))
        app = App(settings, journal, client, metrics, systemd, passed)
        tasks = await app.start(stack)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, app.reload)
        systemd.ready()
        ended = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait({ended, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        systemd.tell("STOPPING=1")
        if ended in done:
            await app.end()
        for task in (ended, *tasks):
            task.cancel()
        for task in done - {ended}:
            task.result()
