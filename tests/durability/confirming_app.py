"""An app in a process of its own that gives commands to simulated calls, and tells which of them were confirmed."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch

from ari_app.link.call_control import CommandTimeout
from ari_app.live.live_records import iso
from ari_app.switchboard import storage_watch, switchboard
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.storage_watch import StorageWatch
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.messages import actions as do
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import LegArrived, LegDestroyed
from warmline.core.rules.configuration import Ingroup, Rules
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.storage_state import in_words

BEAT = 0.2  # seconds between two looks at the database, in place of 5
PATIENCE = 0.6  # seconds that a command waits for its answer
PAUSE = 0.003  # seconds between two commands


def start(database: str | Path, log: Path) -> tuple[int, int]:
    """Start the app; return its process and the pipe of its lines.

    Lines: `confirmed ID`, `storage TEXT` for each change, `refused TEXT` for a start or a run that failed.
    """
    lines, end = os.pipe()
    process = os.fork()
    if not process:
        os.close(lines)
        _live(database, end, log)
    os.close(end)
    return process, lines


def _live(database: str | Path, end: int, log: Path) -> NoReturn:
    status = 1
    with suppress(BaseException):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        logging.disable(logging.NOTSET)
        root = logging.getLogger()
        root.handlers[:] = [logging.FileHandler(log)]

        def tell(*words: str) -> None:
            os.write(end, f"{' '.join(words)}\n".encode())

        with patch.object(storage_watch, "EVERY", BEAT), patch.object(switchboard, "ANSWER_WITHIN", PATIENCE):
            try:
                asyncio.run(_App(database, tell).run())
                status = 0
            except Exception as error:
                tell("refused", str(error).replace("\n", " "))
    os._exit(status)


class _App:
    def __init__(self, database: str | Path, tell: "Callable[..., None]") -> None:
        self._tell = tell
        self._journal = JournalWriter(database)

    async def run(self) -> None:
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        journal = self._journal
        journal.open()
        world = World(rules=Rules(ingroups={"SALESLINE": Ingroup(id="SALESLINE")}))
        board = Switchboard(world, journal, self._perform, Clock(journal.last_time()))
        self._board = board
        board.on_status = lambda: self._tell("storage", in_words(board.storage, iso(board.storage.since)) or "good")
        watch = StorageWatch(journal, Clock(), board.delayed, board.storage_is)
        works = [asyncio.create_task(one) for one in (board.run(), watch.run(), self._give_commands())]
        stop = asyncio.create_task(ended.wait())
        self._tell("started")
        done, _ = await asyncio.wait({*works, stop}, return_when=asyncio.FIRST_COMPLETED)
        for work in works:
            work.cancel()
        await asyncio.to_thread(journal.close)
        for work in done - {stop}:
            work.result()

    def _perform(self, _lane: str, action: do.Action) -> None:
        if isinstance(action, do.Reply):
            self._board.tell(action)

    async def _give_commands(self) -> None:
        board, serial = self._board, 0
        while True:
            serial += 1
            leg = f"{os.getpid()}.{serial}"
            before = set(board.world.calls)
            await board.post_and_wait(LegArrived(leg, ("ingroup", "SALESLINE")))
            [call] = set(board.world.calls) - before
            await board.post_and_wait(LegDestroyed(leg, 16))
            with suppress(CommandTimeout, StoreError):
                reply = await board.ask(make_command(Kind.SET_STATUS, "1000", call, status="SALE"), "ada", "test")
                if not reply.why:
                    self._tell("confirmed", reply.receipt)
            await asyncio.sleep(PAUSE)
