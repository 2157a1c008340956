"""The program that reads an uploaded file: `python -m ari_app.http.imports.import_reader`.

It reads strangers' bytes in a process of its own, and writes nothing to the database. The first line of its input is a
ReadOrder. A line of its output is a ReadLeads or a ReadNumbers. Each is answered by a line of its input with an
AddedRows, in the same order. Other lines are a ReadSoFar, and at the end a LeadsDone, a NumbersDone or an ErrorMessage.
All are JSON.
"""

import hashlib
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ari_app.process.error_message import ERRORS, ErrorMessage
from ari_app.process.priority import give_way
from warmline.store.database import database
from warmline.store.database.database import Connection, StoreError
from warmline.store.leads.dnc_import import DncImport, DncImportResult
from warmline.store.leads.duplicate_leads import DuplicateRule, NewLeads
from warmline.store.leads.lead_batches import SENT
from warmline.store.leads.lead_import import EMPTY, InsertedLeads, Lead, LeadImport, LeadImportReport, newest

NICE = 10  # beside calls and requests
AT_ONCE, LARGEST = 200, 200_000  # leads of a batch, and bytes that the link to the call process takes
AHEAD = 1  # batches that are read while another one is added
NUMBERS_AT_ONCE = 500  # which the link takes at once


class FileOfLeads(Struct, frozen=True, tag=True):
    """The options of an import of leads."""

    list_id: str
    columns: dict[str, str]
    duplicates: str
    days: int


class FileOfNumbers(Struct, frozen=True, tag=True):
    """The options of an import of do-not-call numbers."""

    campaign: str


class ReadOrder(Struct, frozen=True):
    """The file, its SHA-256 and encoding, the database, the options of the import, the most bytes of rejected lines."""

    file: str
    sha256: str
    db: str
    dry_run: bool
    of: FileOfLeads | FileOfNumbers
    most_rejects: int
    encoding: str = ""


class ReadLeads(Struct, frozen=True, tag=True):
    """Leads that are to be added. `at` is how many bytes are read."""

    leads: list[dict[str, str | int]]
    before: int
    at: int


class ReadNumbers(Struct, frozen=True, tag=True):
    """Do-not-call numbers that are to be added. `at` is how many bytes are read."""

    numbers: list[str]
    at: int


class AddedRows(Struct, frozen=True):
    """The result of a batch."""

    imported: int
    in_database: int
    held: float


class ReadSoFar(Struct, frozen=True, tag=True):
    """How many bytes a dry run has read."""

    at: int


class LeadsDone(Struct, frozen=True, tag=True):
    """The end of a file of leads."""

    report: LeadImportReport


class NumbersDone(Struct, frozen=True, tag=True):
    """The end of a file of numbers."""

    report: DncImportResult


Batch = ReadLeads | ReadNumbers
Done = LeadsDone | NumbersDone
FromReader = Batch | ReadSoFar | Done | ErrorMessage


def say(message: FromReader) -> None:
    """Write a line."""
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()


def added(batch: Batch) -> AddedRows:
    """Let another process add a batch."""
    say(batch)
    return answer()


def answer() -> AddedRows:
    """Return the answer to the first batch that has none yet."""
    return msgspec.json.decode(sys.stdin.buffer.readline(), type=AddedRows)


class ReadLeadImport(LeadImport):
    """An import whose batches another process adds; a dry run asks the database itself."""

    def insert(self, db: Connection, leads: Iterator[Lead], report: LeadImportReport, tell: Callable[[], None]) -> None:
        """Let the leads be added in batches; `tell` is called before each."""
        if self.dry_run:
            super().insert(db, leads, report, tell)
            return
        before = newest(db)
        new = NewLeads(db, self.duplicates, before)
        sent = deque[int]()  # the sizes of the batches that have no answer

        def count() -> None:
            batch, done = sent.popleft(), answer()
            report.count(InsertedLeads(done.imported, batch - done.imported, done.in_database, done.held))
            new.learn(done.in_database, done.imported)

        def passed() -> None:
            tell()
            say(ReadSoFar(self.read))

        for batch in in_batches(new.of(leads, partial(report.count_known, passed))):
            tell()
            say(ReadLeads(batch, before, self.read))
            sent.append(len(batch))
            if len(sent) > AHEAD:
                count()
        while sent:
            count()

    read = 0  # bytes


class ReadDncImport(DncImport):
    """The same for do-not-call numbers."""

    def insert(self, db: Connection, numbers: Iterator[str], taken: DncImportResult, tell: Callable[[], None]) -> None:
        """Let the numbers be added in batches; `tell` is called after each."""
        if self.dry_run:
            super().insert(db, numbers, taken, tell)
            return
        while batch := list(islice(numbers, NUMBERS_AT_ONCE)):
            taken.count(len(batch), added(ReadNumbers(batch, self.read)).imported)
            tell()

    read = 0  # bytes


def in_batches(leads: Iterator[Lead]) -> Iterator[list[dict[str, Any]]]:
    """Yield the leads in batches that the call process takes, with their fields that are not empty."""
    batch: list[dict[str, Any]] = []
    size = 0
    for lead in leads:
        sent = {name: lead[name] for name in SENT if lead.get(name) and lead[name] != EMPTY.get(name)}
        more = sum(len(name) + len(str(value).encode()) + 8 for name, value in sent.items())
        if batch and (len(batch) == AT_ONCE or size + more > LARGEST):
            yield batch
            batch, size = [], 0
        batch.append(sent)
        size += more
    if batch:
        yield batch


def check(file: Path, sha256: str) -> None:
    """Raise StoreError if a file is not the announced one, such as one that changed during its upload."""
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
            raise StoreError(
                "import_file_differs",
                "the uploaded file does not have its announced SHA-256 {sha256}; nothing was imported. Import it "
                "again, and do not change the file during the upload",
                sha256=sha256,
            )


def done(order: ReadOrder) -> Done:
    """Read a file. Raises NotFound, OptionError, StoreError, OSError."""
    file, of = Path(order.file), order.of

    def tell(at: int) -> None:
        job.read = at
        if order.dry_run:
            say(ReadSoFar(at))

    job: ReadLeadImport | ReadDncImport
    if isinstance(of, FileOfNumbers):
        job = ReadDncImport(file, order.db, of.campaign, "", dry_run=order.dry_run, most_rejects=order.most_rejects)
        job.encoding = order.encoding
        return NumbersDone(job.run(tell))
    rule = DuplicateRule(of.duplicates, of.days)
    job = ReadLeadImport(file, order.db, of.list_id, "", of.columns, order.dry_run, rule, order.most_rejects)
    job.encoding = order.encoding
    return LeadsDone(job.run(tell))


def main() -> None:
    """Read a file, and tell its rows and its report."""
    database.only_read()
    give_way(NICE)
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=ReadOrder)
    try:
        check(Path(order.file), order.sha256)
        say(done(order))
    except ERRORS as error:
        say(ErrorMessage.of(error))
    except OSError as error:
        say(ErrorMessage("StoreError", "import_file_unreadable", f"the uploaded file: {error.strerror or error}"))


if __name__ == "__main__":
    main()
