"""The call process: the app's main function, which owns the live calls."""

import contextlib
import logging
import sys
import time
from contextlib import AsyncExitStack
from functools import partial

from ari_app.app import App
from ari_app.background.metrics import Metrics
from ari_app.link.unix_sockets import CannotBind
from ari_app.process import part_loop
from ari_app.process.passed_sockets import CannotListen, PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.servers.asterisk_sync import WAITS
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.event_stream import ReplacedError
from warmline.ari.client.preflight import UnusableAsteriskError
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.ari_listener import asterisks_users
from warmline.system.server_settings import ServerSettings, every_server
from warmline.system.settings import Settings, load_with_secrets

YIELDS = 8.0  # seconds for the program that took over the ARI application, before systemd restarts this app

log = logging.getLogger("warmline")


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Run until SIGTERM or SIGINT. An error that the app cannot fix ends it with one line and exit code 1."""

    async def make(settings: Settings, stack: AsyncExitStack) -> App:
        systemd.status(WAITS)
        journal = JournalWriter(settings.db)
        journal.open()
        stack.callback(journal.close)
        servers = every_server(settings)
        metrics = Metrics([one.name for one in servers])
        clients = {one.name: _client(one, settings, metrics) for one in servers}
        for client in clients.values():
            await stack.enter_async_context(client)
        return App(settings, journal, clients, metrics, systemd, passed)

    fatal = (CannotListen, CannotBind, UnusableAsteriskError)
    try:
        part_loop.run_or_exit(make, load_with_secrets, passed, systemd, fatal)
    except ReplacedError as error:
        log.error("%s", error)
        systemd.tell("WATCHDOG=1")  # it is not stuck
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(YIELDS)
        sys.exit(f"warmline serve: {error}")


def _client(server: ServerSettings, settings: Settings, metrics: Metrics) -> AriClient:
    reach = (server.ari_url, server.ari_user, server.ari_password, settings.ari_app)
    return AriClient(*reach, partial(metrics.ari_answered, server=server.name), asterisks_users(settings), server.name)
