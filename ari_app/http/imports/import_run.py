"""Runs an import: a process reads the file, and the call process adds the leads in the name of the client."""

import asyncio
import logging
import sys
from contextlib import suppress
from dataclasses import replace

import msgspec

from ari_app.http.imports import import_reader
from ari_app.http.imports.import_jobs import SPARE, ImportJob, ImportState
from ari_app.http.imports.import_reader import AddedLeads, FromReader, ReadDone, ReadFailed, ReadLeads, ReadOrder
from ari_app.link.call_control import CallProcessAway
from ari_app.link.requests import RequestFailed
from ari_app.records.privileged_writes import AddLeads, PrivilegedWriter, WriteClient, WriteOutcome, WriteRefused
from warmline.store.database.database import StoreError
from warmline.store.leads.lead_import import LeadImportReport
from warmline.text.coded_error import CodedError

LINE = 4 << 20  # bytes of a line of the reader
OF_REJECTS = SPARE // 2  # bytes by which the rejected lines may be larger than their file
AGAIN = 1.0  # seconds until a batch is sent again
NEVER = ("write_not_allowed", "write_too_large")  # refusals that time does not change
TRIES = 60  # of a batch, while the call process is away or has too much to write

log = logging.getLogger("warmline.api")
MESSAGES = msgspec.json.Decoder(FromReader)


async def run(job: ImportJob, db: str, writer: PrivilegedWriter, client: WriteClient) -> None:
    """Run an import whose file is uploaded, to its end; the job says how it ended."""
    try:
        job.report = await _report(job, db, writer, client)
        job.state = ImportState.DONE
        log.info("%s has imported %d leads into list %s", job.by, job.report.imported, job.list_id)
    except CodedError as error:
        job.error, job.state = error, ImportState.FAILED
        log.warning("an import of %s into list %s failed: %s", job.by, job.list_id, error)
    except Exception:
        log.exception("an import of %s into list %s failed", job.by, job.list_id)
        job.error, job.state = (
            StoreError("import_bug", "the import failed because of a bug; see the app's log"),
            ImportState.FAILED,
        )
    finally:
        job.file.unlink(missing_ok=True)


async def _report(job: ImportJob, db: str, writer: PrivilegedWriter, client: WriteClient) -> LeadImportReport:
    pipe, asked = asyncio.subprocess.PIPE, job.asked
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-m", import_reader.__name__), stdin=pipe, stdout=pipe, limit=LINE, env={}
    )
    assert process.stdin and process.stdout
    order = ReadOrder(
        str(job.file),
        asked.sha256,
        db,
        job.list_id,
        asked.columns,
        asked.duplicates,
        int(asked.duplicate_days),
        asked.dry_run,
        job.size + OF_REJECTS,
    )
    try:
        process.stdin.write(msgspec.json.encode(order) + b"\n")
        while line := await process.stdout.readline():
            match message := MESSAGES.decode(line):
                case ReadLeads():
                    added = await _added(job, message, writer, client)
                    process.stdin.write(msgspec.json.encode(added) + b"\n")
                    job.read = message.at
                case ReadDone(report):
                    job.read = job.size
                    where = f"/api/v1/imports/{job.id}/rejected" if report.rejects else ""
                    return replace(report, rejects=where)
                case ReadFailed():
                    raise import_reader.error_of(message)
                case _:
                    job.read = message.at
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    raise StoreError("import_ended", "the program that reads the file has ended; see the app's log")


async def _added(job: ImportJob, read: ReadLeads, writer: PrivilegedWriter, client: WriteClient) -> AddedLeads:
    """Add a batch. One that was added without an answer is added again, and changes nothing then."""
    wanted = AddLeads(job.list_id, read.leads, job.asked.duplicates, int(job.asked.duplicate_days), read.before)
    for left in reversed(range(TRIES)):
        try:
            done: WriteOutcome = await writer.write(wanted, client)
            return AddedLeads(done.count, done.known, done.held)
        except (CallProcessAway, WriteRefused) as error:
            if not left or isinstance(error, RequestFailed) or error.code in NEVER:
                raise
            await asyncio.sleep(AGAIN)
    raise AssertionError
