"""The API process: HTTP over a copy of the live state. It owns no call, and has no connection to Asterisk."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

from ari_app import reloading
from ari_app.background import pollers
from ari_app.http.api_metrics import ApiMetrics
from ari_app.http.routes import ApiParts, make_app
from ari_app.http.server import http_listener, password_check, tls
from ari_app.http.server.bearer_tokens import ASKERS
from ari_app.http.workspace.phone.remote_phones import remote_phones
from ari_app.link.call_client import OtherVersionError
from ari_app.link.remote_calls import RemoteCalls
from ari_app.process import part_loop
from ari_app.process.passed_sockets import CannotListen, PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.records.remote_records import RemotePrivileged, remote_records
from warmline.core.messages.events import Event
from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.system.link_sockets import API
from warmline.system.settings import Settings, load

END_WITHIN = 6.0  # seconds to answer pending requests at shutdown
ANSWERS_AFTER = 2.0  # seconds that the start waits for the live state

log = logging.getLogger("warmline")


async def _left_to_calls(event: Event) -> None:
    """Do nothing: the call process takes in the configuration itself."""


class ApiProcess:
    """The HTTP server with its users, tokens and metrics. Raises SettingsError or StoreError if it cannot start."""

    def __init__(self, settings: Settings, systemd: SystemdNotifier, passed: PassedSockets) -> None:
        self._settings, self._systemd, self._passed = settings, systemd, passed
        self._encrypted = tls.context(settings)
        self._calls = RemoteCalls(API.path(settings.run), "API process")
        self._metrics = ApiMetrics(self._calls, settings.db)
        self._users = password_check.from_store(settings.db)
        self._configuration = pollers.ConfigurationPoller(settings.db)

    async def start(self, stack: AsyncExitStack) -> "list[asyncio.Task[None]]":
        """Listen on the HTTP port and return the started tasks; cleanup goes onto `stack`. Raises CannotListen."""
        calls, records = self._calls, remote_records(self._calls.link)
        self._configuration.read()
        parts = ApiParts(
            once=calls,
            orphans=calls.orphans,
            find_conversation=calls.conversation,
            records=records,
            privileged=RemotePrivileged(calls.link),
            audio=records,
            sessions=records,
            dial_stop=calls.change_dial_stop,
            tickets=records,
            phones=remote_phones(calls.link),
            metrics=self._metrics.page,
            too_often=self._metrics.asked_too_often,
        )
        app = make_app(calls, self._users, self._settings, parts)
        self._askers = app[ASKERS]
        await self._fill()
        calls.on_configuration = self._forget  # the poller works without the call process, but may be later
        work = [calls.link.run(), pollers.configuration(self._configuration, _left_to_calls, self._forget)]
        tasks = [asyncio.create_task(one) for one in [*work, *self._watchdog()]]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(calls.link.usable(), ANSWERS_AFTER)
        where = self._settings.listen_host, self._settings.listen_port
        self._server = await http_listener.listen(app, *where, self._encrypted, self._passed)
        stack.push_async_callback(self._server.cleanup)
        scheme = "https" if self._encrypted else "http"
        log.info("listens on %s://%s:%d for the agent API (/agc/api.php) and the JSON API (/api/v1)", scheme, *where)
        asyncio.get_running_loop().call_soon(self._passed.close_others)
        return tasks

    def _watchdog(self) -> list[Coroutine[Any, Any, None]]:
        return [self._systemd.feed(partial(asyncio.sleep, 0))] if self._systemd.watchdog else []

    def _forget(self) -> None:
        """Clear cached API users and tokens after a configuration change, and read the tokens again."""
        self._users.clear()
        self._askers.clear()
        self._filling = asyncio.create_task(self._fill())

    async def _fill(self) -> None:
        with contextlib.suppress(StoreError):  # the next request reports it
            await self._askers.fill()

    def reload(self) -> None:
        """Read settings and certificate again, as `systemctl reload` requests."""
        self._systemd.reloading()
        reloading.reload(self._settings, load, self._renew)
        self._forget()
        self._systemd.ready()

    def _renew(self, _: Settings) -> None:
        if self._encrypted:
            tls.renew(self._encrypted, self._settings)

    async def end(self) -> None:
        """Answer pending requests and accept no more."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await self._server.cleanup()


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Run the API process until SIGTERM or SIGINT. It writes nothing to the database."""
    database.only_read()

    async def make(settings: Settings, _: AsyncExitStack) -> ApiProcess:
        return ApiProcess(settings, systemd, passed)

    part_loop.run_or_exit(make, load, passed, systemd, (CannotListen, OtherVersionError))
