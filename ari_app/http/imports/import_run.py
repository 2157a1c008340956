"""Runs an import: a process reads the file, and the call process adds its rows in the name of the client."""

import asyncio
import logging
import sys
from contextlib import suppress
from dataclasses import replace

import msgspec
from msgspec import structs

from ari_app.http.imports import import_reader
from ari_app.http.imports.import_bodies import NewDncImportBody, NewImportBody
from ari_app.http.imports.import_jobs import SPARE, ImportJob, ImportState
from ari_app.http.imports.import_reader import (
    AddedRows,
    FileOfLeads,
    FileOfNumbers,
    FromReader,
    LeadsDone,
    NumbersDone,
    ReadLeads,
    ReadNumbers,
    ReadOrder,
)
from ari_app.link.call_control import CallProcessAway
from ari_app.link.requests import RequestFailed
from ari_app.process.error_message import ErrorMessage
from ari_app.records.privileged_write_types import AddDncNumbers, AddLeads
from ari_app.records.privileged_writes import PrivilegedWriter
from ari_app.records.write_results import WriteClient, WriteOutcome, WriteRefused
from warmline.leads.text_encoding import UNKNOWN
from warmline.store.database.database import StoreError
from warmline.store.leads.dnc_import import DncImportResult
from warmline.store.leads.lead_import import LeadImportReport
from warmline.text.coded_error import CodedError

LINE = 4 << 20  # bytes of a line of the reader
OF_REJECTS = SPARE // 2  # bytes by which the rejected lines may be larger than their file
AGAIN = 1.0  # seconds until a batch is sent again
NEVER = ("write_not_allowed", "campaigns_bound", "write_too_large")  # refusals that time does not change
TRIES = 60  # of a batch, while the call process is away or has too much to write

log = logging.getLogger("warmline.api")
MESSAGES = msgspec.json.Decoder(FromReader)


async def run(job: ImportJob, db: str, writer: PrivilegedWriter, client: WriteClient) -> None:
    """Run an import whose file is uploaded, to its end; the job says how it ended."""
    try:
        job.report = await _report(job, db, writer, client)
        job.state = ImportState.DONE
        added = job.report.created if isinstance(job.report, DncImportResult) else job.report.imported
        log.info("%s has imported %d rows into %s", job.by, added, job.target)
    except CodedError as error:
        job.error, job.state = error, ImportState.FAILED
        shown = error.code if error.code == UNKNOWN else error  # the sentence has a line of the file
        log.warning("an import of %s into %s failed: %s", job.by, job.target, shown)
    except Exception:
        log.exception("an import of %s into %s failed", job.by, job.target)
        job.error, job.state = (
            StoreError("import_bug", "the import failed because of a bug; see the app's log"),
            ImportState.FAILED,
        )
    finally:
        job.file.unlink(missing_ok=True)


async def _report(
    job: ImportJob, db: str, writer: PrivilegedWriter, client: WriteClient
) -> LeadImportReport | DncImportResult:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-m", import_reader.__name__),
        stdin=pipe,
        stdout=pipe,
        limit=LINE,
        env={},
        start_new_session=True,
    )
    assert process.stdin and process.stdout
    try:
        process.stdin.write(msgspec.json.encode(_order(job, db)) + b"\n")
        newest = 0  # lead
        while line := await process.stdout.readline():
            match message := MESSAGES.decode(line):
                case ReadLeads() | ReadNumbers():
                    newest = newest or (message.before if isinstance(message, ReadLeads) else 0)
                    done = await _added(_wanted(job, message), writer, client, newest)
                    newest = done.after or newest
                    added = AddedRows(done.count, done.known, done.held)
                    process.stdin.write(msgspec.json.encode(added) + b"\n")
                    job.read = message.at
                case LeadsDone(report) | NumbersDone(report):
                    if newest:
                        last = _wanted(job, ReadLeads([], newest, job.size))
                        await _added(structs.replace(last, is_last=True), writer, client, newest)
                    job.read = job.size
                    where = f"/api/v1/imports/{job.id}/rejected" if report.rejects else ""
                    return replace(report, rejects=where)
                case ErrorMessage():
                    raise message.error()
                case _:
                    job.read = message.at
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    raise StoreError("import_ended", "the program that reads the file has ended; see the app's log")


def _order(job: ImportJob, db: str) -> ReadOrder:
    asked = job.asked
    if isinstance(asked, NewDncImportBody):
        of: FileOfLeads | FileOfNumbers = FileOfNumbers(asked.campaign)
    else:
        of = FileOfLeads(job.list_id, asked.columns, asked.duplicates, int(asked.duplicate_days))
    return ReadOrder(str(job.file), asked.sha256, db, asked.dry_run, of, job.size + OF_REJECTS, asked.encoding)


def _wanted(job: ImportJob, read: ReadLeads | ReadNumbers) -> AddLeads | AddDncNumbers:
    asked = job.asked
    if isinstance(read, ReadNumbers):
        assert isinstance(asked, NewDncImportBody)
        return AddDncNumbers(read.numbers, asked.campaign, asked.why)
    assert isinstance(asked, NewImportBody)
    return AddLeads(
        job.list_id, read.leads, asked.duplicates, int(asked.duplicate_days), read.before, file=asked.sha256
    )


async def _added(
    wanted: AddLeads | AddDncNumbers, writer: PrivilegedWriter, client: WriteClient, newest: int
) -> WriteOutcome:
    """Add a batch, before which `newest` is the newest lead.

    One that was added without an answer is added again. It changes nothing then, and has the same result.
    """
    for left in reversed(range(TRIES)):
        try:
            return await writer.write(wanted, client)
        except (CallProcessAway, WriteRefused) as error:
            if not left or isinstance(error, RequestFailed) or error.code in NEVER:
                raise
            if isinstance(wanted, AddLeads):
                wanted = structs.replace(wanted, again=newest)
            await asyncio.sleep(AGAIN)
    raise AssertionError
