"""The call process: the app's main function, which owns the live calls."""

import contextlib
import logging
import signal
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
from ari_app.servers import leadership
from ari_app.servers.leadership import Leadership
from ari_app.servers.status_text import WAITS
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AnotherLeadsError
from warmline.ari.client.ari_event_stream import ReplacedError
from warmline.ari.client.preflight import UnusableAsteriskError
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.database import leader_epoch
from warmline.store.database.database import StatementFailed
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.ari_listener import asterisks_users
from warmline.system.server_settings import ServerSettings, every_server
from warmline.system.setting_table import REMOVED
from warmline.system.settings import Settings, load_with_secrets

YIELDS = 8.0  # seconds for the program that took over the ARI application, before systemd restarts this app
STANDS_DOWN = "another app leads; this one does nothing until it is started again"
FEEDS = 1.0  # seconds between two messages to the watchdog

log = logging.getLogger("warmline")


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Run until SIGTERM or SIGINT. An error that the app cannot fix ends it with one line and exit code 1.

    If another app leads, this process lets everything go and waits for its end: a new start would lead again.
    """

    async def make(settings: Settings, stack: AsyncExitStack) -> App:
        systemd.status(WAITS)
        for key in settings.removed:
            log.warning("setting %s has no effect: %s", key, REMOVED[key])
        journal = JournalWriter(settings.db)
        journal.open()
        stack.callback(journal.close)
        metrics = Metrics([one.name for one in every_server(settings)])
        clients = await _clients(settings, metrics)
        for client in clients.values():
            await stack.enter_async_context(client)
        return App(settings, journal, clients, metrics, systemd, passed)

    fatal = (CannotListen, CannotBind, UnusableAsteriskError)
    try:
        part_loop.run_or_exit(make, load_with_secrets, passed, systemd, fatal)
    except (AnotherLeadsError, StatementFailed) as error:
        log.error("%s", error)
        _stand_down(systemd)
    except ReplacedError as error:
        log.error("%s", error)
        systemd.tell("WATCHDOG=1")  # it is not stuck
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(YIELDS)
        sys.exit(f"warmline serve: {error}")


async def _clients(settings: Settings, metrics: Metrics) -> dict[str, AriClient]:
    """Return a client for each server. With several servers, the epoch of this start is in the database before.

    Raises SettingsError, StoreError, or AnotherLeadsError if the gates know a higher epoch.
    """
    servers = every_server(settings)
    if len(servers) == 1:
        return {one.name: _client(one, settings, metrics) for one in servers}
    if settings.gate:
        servers = tuple(leadership.through_gate(one, settings) if one.name == MAIN_SERVER else one for one in servers)
    await leadership.check_start(settings.db, [_client(one, settings, metrics) for one in servers])
    epoch = leader_epoch.begin_next(settings.db)
    log.info("this app leads with epoch %d", epoch)
    clients = {one.name: _client(one, settings, metrics, epoch) for one in servers}
    for client in clients.values():
        client.check_leads = Leadership(settings.db, epoch).check
    return clients


def _client(server: ServerSettings, settings: Settings, metrics: Metrics, epoch: int = 0) -> AriClient:
    reach = (server.ari_url, server.ari_user, server.ari_password, settings.ari_app)
    trusted, tls = asterisks_users(settings), leadership.trusted(server)
    answered = partial(metrics.ari_answered, server=server.name)
    return AriClient(*reach, answered, trusted, server.name, epoch, tls)


def _stand_down(systemd: SystemdNotifier) -> None:
    """Wait for the end without doing anything: calls, database and sockets have been let go."""
    signal.signal(signal.SIGHUP, lambda *_: systemd.ready())  # nothing is read again
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    systemd.ready()  # this start is over; else the supervisor would start the process again, which would lead
    systemd.status(STANDS_DOWN)
    log.error("%s", STANDS_DOWN)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            systemd.tell("WATCHDOG=1")  # it is not stuck
            time.sleep(FEEDS)
