"""The worker process: webhooks, recordings' files, retention and `queue_log`. No call waits for it.

It takes work from the call process, which keeps it until it is done. Both may start, end and restart in any order.
"""

import asyncio
import contextlib
import logging
from contextlib import AsyncExitStack

from ari_app.link.call_client import CallLink, OtherVersionError
from ari_app.process import logs, part_loop
from ari_app.process.leader_fence import LeaderFence
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.workers.journal_follower import JournalFollower
from ari_app.workers.work_client import WorkClient
from ari_app.workers.workers import Workers
from warmline.system.link_sockets import WORKERS
from warmline.system.settings import Settings, SettingsError, load_with_secrets

END_WITHIN = 2.0  # seconds for results that the call process has not confirmed; without them, the work is done again

log = logging.getLogger("warmline.workers")


class WorkersProcess:
    """The workers, and their connection to the call process."""

    def __init__(self, settings: Settings, systemd: SystemdNotifier) -> None:
        self._systemd = systemd
        journal = JournalFollower()
        follows = journal if settings.queue_log else None
        self._fence = LeaderFence(settings.db)
        self._link = CallLink(WORKERS.path(settings.run), "workers", follows, self._fence.take)
        self._client = WorkClient(self._link)
        self._workers = Workers(settings, self._client.done, journal)

    async def start(self, _: AsyncExitStack) -> "list[asyncio.Task[None]]":
        """Return the started tasks. One that is cancelled ends its programs, such as a conversion."""
        client, workers = self._client, self._workers
        work = [self._link.run(), client.finish_all(), client.take_all(workers.take)]
        work += [self._fence.watch(), *map(self._fence.then, workers.parts())]
        if self._systemd.watchdog:
            # This loop owns no call: one turn of its own shows that it runs.
            work.append(self._systemd.feed(lambda: asyncio.sleep(0)))
        return [asyncio.create_task(one) for one in work]

    def reload(self) -> None:
        """Apply the settings that can change at any time."""
        self._systemd.reloading()
        try:
            settings = load_with_secrets()
            logs.begin(settings.log)
            self._workers.reload(settings)
        except SettingsError as error:
            log.error("the previous settings stay in effect: %s", error)
        finally:  # even after an error: systemctl waits for this report
            self._systemd.ready()

    async def end(self) -> None:
        """Wait until the call process has confirmed the results."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._client.finished(), END_WITHIN)


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Work until SIGTERM or SIGINT. Invalid settings, or another version, end the process with exit code 1."""
    passed.close_others()

    async def make(settings: Settings, _: AsyncExitStack) -> WorkersProcess:
        return WorkersProcess(settings, systemd)

    part_loop.run_or_exit(make, load_with_secrets, passed, systemd, (OtherVersionError,), "warmline serve workers")
