"""The AGI process: answers Asterisk's FastAGI requests, so that no work of the other processes delays a new call.

It only reads the database. Its heartbeat shows the dialplan that a thread is free for a request.
"""

import asyncio
import logging
import signal
import sys
from contextlib import closing

import uvloop

from ari_app.fastagi import FastAgiServer, scripts
from ari_app.process import heartbeat, logs
from ari_app.process.passed_sockets import CannotListen, PassedSockets
from ari_app.process.systemd import SystemdNotifier
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import hook_request
from warmline.system.heartbeat import AGI, HeartbeatFile
from warmline.system.settings import Settings, SettingsError, load

WITHOUT_BEAT = "the dialplan runs the AGI scripts as processes"

log = logging.getLogger("warmline.fastagi")


def main(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Answer requests until SIGTERM or SIGINT. An error that the process cannot fix ends it with exit code 1."""
    try:
        settings = load()
        if not settings.fastagi:
            raise SettingsError(
                "setting_fastagi_empty",
                "FastAGI is off: setting fastagi is empty; set it to HOST:PORT, such as 127.0.0.1:4573",
            )
        logs.begin(settings.log)
        uvloop.run(_run(settings, passed, systemd))
    except (SettingsError, CannotListen) as error:
        sys.exit(f"warmline agi: {error}")
    finally:
        passed.turn_away()  # Asterisk waits without limit; the dialplan runs the script at once


async def _run(settings: Settings, passed: PassedSockets, systemd: SystemdNotifier) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _reload, systemd)
    with closing(KeptDatabase(settings.db)) as kept:
        known = scripts(kept, hook_request.address(settings), settings.run)
        server = FastAgiServer(settings.fastagi, known, passed)
        passed.close_others()
        log.info("listens on agi://%s for FastAGI", settings.fastagi)
        beating = asyncio.create_task(heartbeat.show(HeartbeatFile(settings.run, AGI), server.turned, WITHOUT_BEAT))
        tasks = {asyncio.create_task(server.run()), asyncio.create_task(stop.wait())}
        if systemd.watchdog:
            tasks.add(asyncio.create_task(systemd.feed(server.turned)))
        systemd.ready()
        done, _ = await asyncio.wait({beating, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        systemd.tell("STOPPING=1")
        for task in (beating, *tasks):
            task.cancel()
        await asyncio.wait({beating, *tasks})  # the heartbeat ends before the port closes
        await server.close()
        for task in done:
            task.result()


def _reload(systemd: SystemdNotifier) -> None:
    """Apply a changed log style; the other settings take effect after a restart."""
    systemd.reloading()
    try:
        logs.begin(load().log)
    except SettingsError as error:
        log.error("the previous settings stay in effect: %s", error)
    systemd.ready()
