"""The AGI process: answers Asterisk's FastAGI requests, so that no work of the other processes delays a new call.

It only reads the database. Its heartbeat shows the dialplan that a thread is free for a request.
"""

import asyncio
import logging
from contextlib import AsyncExitStack, closing

from ari_app.fastagi import FastAgiServer, scripts
from ari_app.process import heartbeat_writer, part_loop
from ari_app.process.passed_sockets import CannotListen, PassedSockets
from ari_app.process.systemd import SystemdNotifier
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system.heartbeat_file import AGI, HeartbeatFile
from warmline.system.settings import Settings, SettingsError, load

WITHOUT_BEAT = "the dialplan runs the AGI scripts as processes"

log = logging.getLogger("warmline.fastagi")


class AgiProcess:
    """The FastAGI server with its heartbeat."""

    def __init__(self, settings: Settings, passed: PassedSockets, systemd: SystemdNotifier) -> None:
        self._settings, self._passed, self._systemd = settings, passed, systemd

    async def start(self, stack: AsyncExitStack) -> "list[asyncio.Task[None]]":
        """Listen on the FastAGI port. Raises SettingsError, CannotListen."""
        settings = self._settings
        if not settings.fastagi:
            raise SettingsError(
                "setting_fastagi_empty",
                "FastAGI is off: setting fastagi is empty; set it to HOST:PORT, such as 127.0.0.1:4573",
            )
        kept = stack.enter_context(closing(KeptDatabase(settings.db, copy_first=True)))
        results = stack.enter_context(closing(KeptDatabase(settings.db)))
        known = scripts(kept, settings.run, results)
        server = FastAgiServer(settings.fastagi, known, self._passed)
        stack.push_async_callback(server.close)  # after the heartbeat has ended
        self._passed.close_others()
        log.info("listens on agi://%s for FastAGI", settings.fastagi)
        work = [heartbeat_writer.show(HeartbeatFile(settings.run, AGI), server.turned, WITHOUT_BEAT), server.run()]
        if self._systemd.watchdog:
            work.append(self._systemd.feed(server.turned))
        return [asyncio.create_task(one) for one in work]

    def reload(self) -> None:
        """Apply a changed log style; the other settings take effect after a restart."""
        part_loop.reload_log(self._systemd, log)

    async def end(self) -> None:
        """Leave pending requests to the AGI scripts, which the dialplan runs without an answer."""


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Answer requests until SIGTERM or SIGINT. An error that the process cannot fix ends it with exit code 1."""

    async def make(settings: Settings, _: AsyncExitStack) -> AgiProcess:
        return AgiProcess(settings, passed, systemd)

    try:
        part_loop.run_or_exit(make, load, passed, systemd, (CannotListen,), "warmline agi")
    finally:
        passed.turn_away()  # Asterisk waits without limit; the dialplan runs the script at once
