"""Writes of many rows, which a process of their own makes: `python -m ari_app.records.large_writes DATABASE PARENT`.

A thread of the call process would share Python's lock with live calls. The program has a session of its own, so that
it does not use up their share of the processors. Its priority is the usual one, because a slow program would hold the
database's write lock longer.

A line of its input is a LargeOrder, and the next line of its output is a Written or an ErrorMessage. All are JSON.
"""

import os
import select
import subprocess
import sys
import time
from contextlib import suppress

import msgspec
from msgspec import Struct

from ari_app.process.error_message import ERRORS, ErrorMessage
from ari_app.process.priority import end_with
from ari_app.records.privileged_write_types import (
    LEADS_AT_ONCE,
    LEADS_OF_STEP,
    AddDncNumbers,
    AddLeads,
    ChangeLeads,
    LargeWrite,
    PlaceLeads,
    ResetLeads,
)
from ari_app.records.write_results import WriteOutcome, WriteRefused
from warmline.store.database import long_writes, reading
from warmline.store.leads import dnc_import, lead_batches, list_change, list_country, list_reset
from warmline.store.leads.duplicate_leads import DuplicateRule
from warmline.store.leads.list_change import LeadsChange, WantedLeads
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import environment, is_address, passed, received

DATABASE, EPOCH = "WARMLINE_DB", "WARMLINE_EPOCH"  # of the environment, for a database with an address
IDLE = 30.0  # seconds after which the program ends


class LargeOrder(Struct, frozen=True):
    """A write, and who makes it."""

    wanted: LargeWrite
    who: str


class Written(Struct, frozen=True, tag=True):
    """The result of a write. `worked` are the seconds of a processor that it took."""

    outcome: WriteOutcome
    worked: float


class LargeWrites:
    """Makes large writes to the database at `path`, one after another. The program runs while there are some."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.program: subprocess.Popen[bytes] | None = None

    def make(self, wanted: LargeWrite, who: str) -> Written:
        """Make a write. Raises NotFound, Conflict, OptionError, StoreError, WriteRefused."""
        order = msgspec.json.encode(LargeOrder(wanted, who)) + b"\n"
        answer = self._answer(order)
        if not answer and self.program and self.program.wait() == 0:  # it had nothing to do, and has ended
            answer = self._answer(order)
        if not answer:
            raise WriteRefused(
                "write_ended", "the process that makes the change has ended; parts of it are made, so make it again"
            )
        told: Written | ErrorMessage = msgspec.json.decode(answer, type=Written | ErrorMessage)
        if isinstance(told, ErrorMessage):
            raise told.error()
        return told

    def close(self) -> None:
        """Let the program end after the write that it makes."""
        if self.program and self.program.stdin:
            with suppress(OSError):
                self.program.stdin.close()

    def _answer(self, order: bytes) -> bytes:
        """Return the program's answer; nothing if it has ended."""
        if self.program is None or self.program.poll() is not None:
            self.program = self.start()
        assert self.program.stdin and self.program.stdout
        with suppress(BrokenPipeError):
            self.program.stdin.write(order)
            self.program.stdin.flush()
            return self.program.stdout.readline()
        return b""

    def start(self) -> "subprocess.Popen[bytes]":
        """Return the program, started."""
        command = (sys.executable, "-I", "-m", __name__, self.path, str(os.getpid()))
        pipe = subprocess.PIPE
        given: dict[str, str] = {}
        if is_address(self.path):  # others can read a command line, and no environment
            given = environment(self.path) | {DATABASE: passed(self.path), EPOCH: str(write_epoch.current())}
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, env=given, start_new_session=True)


def made(path: str, wanted: LargeWrite, who: str) -> WriteOutcome:
    """Make a large write. Raises NotFound, OptionError, StoreError."""
    match wanted:
        case AddDncNumbers(numbers, campaign, why):
            return WriteOutcome(dnc_import.insert(path, numbers, campaign, who, why))
        case ResetLeads(list_id, after, statuses):
            done = list_reset.reset_part_by(path, list_id, after, LEADS_AT_ONCE, statuses, who)
            return WriteOutcome(done.leads, after=done.after)
        case PlaceLeads(list_id, after):
            placed = list_country.place_part(path, list_id, after, LEADS_AT_ONCE)
            return WriteOutcome(placed.changed, after=placed.after)
        case AddLeads(list_id, found, duplicates, days, before, again, file, is_last):
            rule = DuplicateRule(duplicates, days)
            added = lead_batches.insert(path, list_id, found, rule, before, who, again, file, is_last=is_last)
            return WriteOutcome(added.imported, known=added.in_database, held=added.held, after=added.newest)
        case ChangeLeads(list_id, where, status, to_list, owner, delete, after, against, numbers):
            leads = WantedLeads(where, against, None if numbers is None else tuple(numbers))
            change = LeadsChange(status, to_list, owner, delete)
            step = list_change.step(path, list_id, leads, change, after, most=LEADS_OF_STEP, who=who)
            return WriteOutcome(step.changed, leads=step)


def main() -> None:
    """Make the writes of the input, until it ends or nothing comes for some time."""
    path, parent = sys.argv[1:]
    path = received(os.environ.get(DATABASE, path))
    write_epoch.write_under(int(os.environ.get(EPOCH, 0)))
    end_with(int(parent))
    with reading.keeping(1), long_writes.keeping():
        _make_all(path)


def _make_all(path: str) -> None:
    orders = msgspec.json.Decoder(LargeOrder)
    while select.select([sys.stdin], [], [], IDLE)[0] and (line := sys.stdin.buffer.readline()):
        began = time.process_time()
        order = orders.decode(line)
        try:
            answer: Written | ErrorMessage = Written(made(path, order.wanted, order.who), time.process_time() - began)
        except ERRORS as error:
            answer = ErrorMessage.of(error)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
