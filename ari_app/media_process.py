"""The media process: looks after the recordings of an Asterisk whose app is on another machine.

It measures, converts, reads and deletes files when the app asks. It has no database, and knows no call.
"""

import asyncio
import logging
import os
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web

from ari_app.process import part_loop
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.recordings.media_answers import MediaAnswers
from warmline.system import media_protocol
from warmline.system.settings import Settings, SettingsError, load

END_WITHIN = 2.0  # seconds for open requests; the app asks again

log = logging.getLogger("warmline.media")


class MediaProcess:
    """The server for recordings of this machine, on a socket that only this user can reach."""

    def __init__(self, settings: Settings, systemd: SystemdNotifier) -> None:
        self._settings, self._systemd = settings, systemd

    async def start(self, stack: AsyncExitStack) -> "list[asyncio.Task[None]]":
        """Listen. Raises SettingsError if the socket cannot be made."""
        path = Path(self._settings.run, media_protocol.SOCKET)
        runner = web.AppRunner(
            MediaAnswers(self._settings.recordings).application(), access_log=None, shutdown_timeout=END_WITHIN
        )
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        before = os.umask(0o177)
        try:
            await asyncio.to_thread(path.unlink, missing_ok=True)  # of a process that was killed
            await web.UnixSite(runner, path).start()
        except OSError as error:
            raise SettingsError(
                "media_not_listening",
                "the media process cannot listen on {path}: {why} (setting run)",
                path=path,
                why=error.strerror,
            ) from None
        finally:
            os.umask(before)
        log.info("looks after the recordings in %s", self._settings.recordings)
        works = [self._systemd.feed(lambda: asyncio.sleep(0))] if self._systemd.watchdog else []
        return [asyncio.create_task(one) for one in works]

    def reload(self) -> None:
        """Apply a changed log style; the other settings take effect after a restart."""
        part_loop.reload_log(self._systemd, log)

    async def end(self) -> None:
        """Leave open requests to the app, which asks again."""


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Answer requests until SIGTERM or SIGINT. Unusable settings end the process with exit code 1."""
    passed.close_others()

    async def make(settings: Settings, _: AsyncExitStack) -> MediaProcess:
        return MediaProcess(settings, systemd)

    part_loop.run_or_exit(make, load, passed, systemd, (), "warmline serve media")
