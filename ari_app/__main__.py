"""The app: builds everything, passes it down, starts and stops it."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

import uvloop

from warmline.ari_app import beat, fastagi, logs, queue_log, recordings, reloading, retention, watch, webhooks
from warmline.ari_app.asterisk.client import Client
from warmline.ari_app.asterisk.keys import Keys
from warmline.ari_app.asterisk.perform import Performer
from warmline.ari_app.asterisk.ready import UnusableAsteriskError
from warmline.ari_app.asterisk.websocket import Listener, ReplacedError
from warmline.ari_app.callers import Callers
from warmline.ari_app.clock import Clock
from warmline.ari_app.connection import Connection, hear
from warmline.ari_app.conversion import Conversions
from warmline.ari_app.dead_phones import DeadPhones
from warmline.ari_app.http import auth, server, tls
from warmline.ari_app.http.routes import make_app
from warmline.ari_app.metrics import Metrics
from warmline.ari_app.sweep import Sweep
from warmline.ari_app.switchboard import Switchboard
from warmline.ari_app.systemd import Systemd
from warmline.ari_app.transfer_keys import TransferKeys
from warmline.core.events import Event, Started
from warmline.core.recovered import restore
from warmline.settings import Settings, SettingsError, load
from warmline.store import webhooks as of_calls
from warmline.store.database import StoreError
from warmline.store.facts import Kept
from warmline.store.journal import Journal

TURN = 0.001  # seconds for which a thread of a busy app keeps the others from theirs: a commit takes some twenty turns
END_WITHIN = 6.0  # seconds for what has been asked; what is not done then is done after the next start

log = logging.getLogger("warmline")


def main() -> None:
    """Run until SIGTERM or SIGINT. What cannot be mended from here ends the app with one line and exit code 1."""
    os.umask(0o027)  # what we make, and those who convert recordings, is nobody else's
    try:
        settings = load()
        logs.begin(settings.log)
        sys.setswitchinterval(TURN)
        uvloop.run(_run(settings))
    except (SettingsError, StoreError, server.CannotListen, ReplacedError, UnusableAsteriskError) as error:
        sys.exit(f"warmline serve: {error}")


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lambda: None)  # there is nothing to read again yet
    systemd = Systemd()
    systemd.tell("STATUS=waits for Asterisk")
    async with AsyncExitStack() as stack:
        journal = Journal(settings.db)
        journal.open()
        stack.callback(journal.close)
        metrics = Metrics()
        reach = (settings.ari_url, settings.ari_user, settings.ari_password, settings.ari_app)
        client = await stack.enter_async_context(Client(*reach, metrics.ari_answered))
        running = await _build(settings, journal, client, metrics, stack, systemd)
        tasks = running.tasks
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, running.reload)
        ended = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait({ended, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        systemd.tell("STOPPING=1")
        if ended in done:
            await running.end()
        for task in (ended, *tasks):
            task.cancel()
        for task in done - {ended}:
            task.result()


class Running(NamedTuple):
    """What runs. `reload` reads settings and configuration again; `end` answers who has asked, and takes no more."""

    tasks: "list[asyncio.Task[None]]"
    reload: Callable[[], None]
    end: Callable[[], Awaitable[None]]


async def _build(
    settings: Settings, journal: Journal, client: Client, metrics: Metrics, stack: AsyncExitStack, systemd: Systemd
) -> Running:
    clock = Clock(after=journal.last_time())
    encrypted = tls.context(settings)
    measure = partial(recordings.measure, Path(settings.recordings))
    conversions = Conversions(Path(settings.recordings), lambda event: board.post(event))
    callers = Callers(journal, lambda event: board.post(event))
    keys = Keys(client, lambda receipt: board.digits(receipt))

    def post(event: Event) -> None:
        sweep.heard(event)
        board.post(event)

    performer = Performer(
        client,
        post,
        lambda answer: board.tell(answer),
        measure,
        keys.press,
        conversions.ask,
        lambda action: hooks.ask(action),
        callers.find,
    )
    board = Switchboard(restore(journal.load_open()), journal, performer.perform, clock, metrics.command_ended)
    hooks = _hooks(settings, board)
    stack.push_async_callback(performer.close)
    stack.push_async_callback(keys.close)
    users = auth.from_store(settings.db)

    connection = Connection(client, board, performer, clock, lambda: systemd.ready("takes calls"))
    sweep = Sweep(connection.orphans, performer.perform)
    transfer_keys = TransferKeys(settings.db, lambda: board.world, board.post)
    configuration = watch.Configuration(settings.db)
    stack.callback(configuration.close)
    board.post(Started())
    board.post(configuration.read())
    phones = DeadPhones(client, lambda: board.world)
    page = partial(metrics.page, board, journal, phones)
    door = await server.listen(
        make_app(board, users, settings, connection.orphans, page, metrics.asked_too_often),
        settings.listen_host,
        settings.listen_port,
        encrypted,
    )
    stack.push_async_callback(door.cleanup)

    def reload() -> None:
        systemd.reloading()
        reloading.reload(settings, hooks, encrypted)
        try:
            board.post(configuration.read())
        except StoreError as error:
            log.error("the configuration stays as it was: %s", error)
        users.clear()
        systemd.ready("takes calls")

    async def end() -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await door.cleanup()
                await board.turned()
                await board.turned()  # the first may have been under way
                await performer.settled()

    running = [
        board.run(),
        conversions.run(),
        hooks.run(),
        Listener(
            client,
            partial(hear, board=board, transfer_keys=transfer_keys),
            connection.made,
            on_lag=metrics.event_came,
            on_lost=connection.lost,
        ).run(),
        watch.configuration(configuration, board.post, users.clear),
        watch.spool(settings.spool, board.post_and_wait),
        sweep.run(),
        phones.watch(),
        retention.keep_short(settings.db, settings.recordings),
        beat.show(settings.run, board.turned),
    ]
    if systemd.watchdog:
        running.append(systemd.feed(board.turned))
    if settings.fastagi:
        kept = Kept(settings.db)
        stack.callback(kept.close)
        running.append(fastagi.serve(settings.fastagi, fastagi.scripts(kept)))
    if settings.queue_log:
        running.append(queue_log.follow(settings.db, Path(settings.queue_log), board.committed))
    return Running([asyncio.create_task(work) for work in running], reload, end)


def _hooks(settings: Settings, board: Switchboard) -> webhooks.Webhooks:
    sources = webhooks.Sources(
        find=lambda name: board.world.webhooks.get(name),
        facts=lambda webhook: {"server_ip": settings.server_ip} | of_calls.facts(settings.db, webhook),
        allowed=lambda: board.world.rules.webhook_hosts,
    )
    return webhooks.Webhooks(sources, board.post, settings.webhook_secret)


if __name__ == "__main__":
    main()
