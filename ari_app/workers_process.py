"""The worker process: webhooks, recordings' files, retention, `queue_log` and hooks. No call waits for it.

It takes work from the call process, which keeps it until it is done. Both may start, end and restart in any order.
"""

import asyncio
import contextlib
import logging
import signal
import sys

import uvloop

from ari_app.link.call_client import CallLink, OtherVersionError
from ari_app.process import logs
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.workers.journal_follower import JournalFollower
from ari_app.workers.work_client import WorkClient
from ari_app.workers.workers import Workers
from warmline.system.link_sockets import WORKERS
from warmline.system.settings import Settings, SettingsError, load_with_secrets

END_WITHIN = 2.0  # seconds for results that the call process has not confirmed; without them, the work is done again

log = logging.getLogger("warmline.workers")


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Work until SIGTERM or SIGINT. Invalid settings, or another version, end the process with exit code 1."""
    passed.close_others()
    try:
        settings = load_with_secrets()
        logs.begin(settings.log)
        uvloop.run(_run(settings, systemd))
    except (SettingsError, OtherVersionError) as error:
        sys.exit(f"warmline serve workers: {error}")


async def _run(settings: Settings, systemd: SystemdNotifier) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    journal = JournalFollower()
    link = CallLink(WORKERS.path(settings.run), "workers", journal if settings.hooks or settings.queue_log else None)
    client = WorkClient(link)
    workers = Workers(settings, client.done, journal)
    loop.add_signal_handler(signal.SIGHUP, _reload, workers, systemd)
    parts = [link.run(), client.finish_all(), client.take_all(workers.take, workers.hooks_lost), *workers.parts()]
    if systemd.watchdog:
        parts.append(systemd.feed(lambda: asyncio.sleep(0)))
    tasks = [asyncio.create_task(part) for part in parts]
    systemd.ready()
    ended = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({ended, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    systemd.tell("STOPPING=1")
    if ended in done:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(client.finished(), END_WITHIN)
    for task in (ended, *tasks):
        task.cancel()
    await asyncio.wait(tasks)  # a conversion ends its program
    for task in done - {ended}:
        task.result()


def _reload(workers: Workers, systemd: SystemdNotifier) -> None:
    """Apply the settings that can change at any time."""
    systemd.reloading()
    try:
        settings = load_with_secrets()
        logs.begin(settings.log)
        workers.reload(settings)
    except SettingsError as error:
        log.error("the previous settings stay in effect: %s", error)
    finally:  # even after an error: systemctl waits for this report
        systemd.ready()
