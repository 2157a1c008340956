"""Imports of leads over the API: a file is uploaded in pieces, then imported, and its rejected lines are given back."""

import asyncio
import os
from base64 import b64decode
from collections.abc import Callable
from http import HTTPStatus

from ari_app.http.imports import import_run
from ari_app.http.imports.import_bodies import (
    DncImportReport,
    ImportNow,
    ImportPieceBody,
    ImportReport,
    NewDncImportBody,
    NewImportBody,
)
from ari_app.http.imports.import_jobs import ImportJob, ImportJobs, ImportRefused, ImportState
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, FileAnswer, Send, reply
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.write_results import WriteClient
from warmline.operations.live_records import iso
from warmline.store.configuration import campaign_owners
from warmline.store.database.database import Connection
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.leads.dnc_import import DncImportResult, check_campaign
from warmline.store.leads.import_rejects import RejectedObjects
from warmline.store.leads.lead_import import LeadImportReport
from warmline.store.leads.leads import country_of

WRITE = "leads:write"
PROBLEMS = (401, 403, 404, 422, 429, 503)
BODY_PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
READ = 64 << 10  # bytes
WAITS = 5  # seconds after which a refused client may ask again


async def begin(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Begin the upload of leads, or go on with it; reply with the import. Raises ProblemRaised (404, 422, 503)."""
    body = body_errors.decoded(request, NewImportBody)
    wanted = request.path_values["id"]
    return await _begin(api, request, wanted, body, lambda db: country_of(db, wanted))


async def begin_numbers(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Begin the upload of do-not-call numbers, or go on with it. Raises ProblemRaised (404, 422, 503)."""
    body = body_errors.decoded(request, NewDncImportBody)
    return await _begin(api, request, "", body, lambda db: check_campaign(db, body.campaign))


async def _begin(
    api: JsonApi,
    request: ApiRequest,
    list_id: str,
    body: NewImportBody | NewDncImportBody,
    check: Callable[[Connection], object],
) -> ApiAnswer:
    try:
        await api.threads.look_up(_check, api.db, check)
        job, is_new = _jobs(api).begin(list_id, body, request.by)
    except NotFound as missing:
        raise not_found(missing) from None
    except (ImportRefused, OSError) as error:
        raise _not_now(_told_to(request, error)) from None
    if is_new:
        _jobs(api).keep_tidy()
    if is_new and not body.size:
        _start(api, request, job)
    return reply(_now(job), HTTPStatus.CREATED, Location=f"/api/v1/imports/{job.id}")


async def add(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Write a piece of a file; after the last one, the import runs. Raises ProblemRaised (404, 409, 422, 503)."""
    body, job = body_errors.decoded(request, ImportPieceBody), await _seen(api, request)
    data = b64decode(body.data)
    offset = int(body.offset)
    end = offset + len(data)
    if job.state is not ImportState.UPLOADING or end <= job.received:  # a piece that was sent again
        return reply(_now(job))
    if offset != job.received or end > job.size or job.writing:
        raise ProblemRaised(
            HTTPStatus.CONFLICT,
            "import_piece_elsewhere",
            "import {id} has {received} of {size} bytes; send the piece that begins there",
            id=job.id,
            received=job.received,
            size=job.size,
        )
    job.writing = True
    try:
        await asyncio.to_thread(_write, job, offset, data)
        _found(api, request)  # it may have ended since
        job.received = end
    except OSError as error:
        raise _not_now(error) from None
    finally:
        job.writing = False
    if job.received == job.size:
        _start(api, request, job)
    return reply(_now(job))


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the client's imports, the newest first. Raises ProblemRaised (401, 403), StoreError."""
    return reply([_now(job) for job in _jobs(api).of(request.by) if await _is_seen(api, request, job)])


async def show(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with an import. Raises ProblemRaised (404)."""
    return reply(_now(await _seen(api, request)))


async def rejected(api: JsonApi, request: ApiRequest) -> FileAnswer:
    """Send the rejected lines of an import in the form of its file. Raises ProblemRaised (404)."""
    file = (await _seen(api, request)).rejected
    try:
        size = (await asyncio.to_thread(file.stat)).st_size
    except FileNotFoundError:
        raise ProblemRaised(
            HTTPStatus.NOT_FOUND, "import_without_rejects", "the import has no rejected lines"
        ) from None

    async def tell(send: Send) -> None:
        with await asyncio.to_thread(file.open, "rb") as opened:
            while piece := await asyncio.to_thread(opened.read, READ):
                await send(piece)

    if file.name.endswith(RejectedObjects.suffix):
        return FileAnswer(size, "application/x-ndjson", "rejected.ndjson", tell)
    return FileAnswer(size, "text/csv", "rejected.csv", tell)


async def remove(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End an import and delete its files; imported rows stay. Raises ProblemRaised (404)."""
    job = await _seen(api, request)
    _jobs(api).remove(job)
    return reply(_now(job))


def _jobs(api: JsonApi) -> ImportJobs:
    found = api.parts.get(ImportJobs)
    if found is None:
        found = api.parts[ImportJobs] = ImportJobs()
    assert isinstance(found, ImportJobs)
    return found


def _check(db: str, check: Callable[[Connection], object]) -> None:
    with reading(db) as opened:
        check(opened)


def _write(job: ImportJob, at: int, data: bytes) -> None:
    file = os.open(job.file, os.O_WRONLY)
    try:
        left = memoryview(data)
        while left:
            done = os.pwrite(file, left, at)
            left, at = left[done:], at + done
    finally:
        os.close(file)


def _start(api: JsonApi, request: ApiRequest, job: ImportJob) -> None:
    job.state = ImportState.RUNNING
    client = WriteClient(request.by, request.token)
    job.task = asyncio.create_task(import_run.run(job, api.db, api.privileged, client))


async def _seen(api: JsonApi, request: ApiRequest) -> ImportJob:
    """Return the import in the path, if the client may see where it goes."""
    if not await _is_seen(api, request, job := _found(api, request)):
        raise _unknown(request)
    return job


async def _is_seen(api: JsonApi, request: ApiRequest, job: ImportJob) -> bool:
    """Return whether the client may see where an import goes: its list may have moved since."""
    if (seen := request.campaigns) is None:
        return True
    if isinstance(job.asked, NewDncImportBody):
        return not job.asked.campaign or seen.include(job.asked.campaign)
    return await api.threads.look_up(campaign_owners.sees_list, api.db, seen, job.list_id)


def _found(api: JsonApi, request: ApiRequest) -> ImportJob:
    wanted = request.path_values["id"]
    found = _jobs(api).find(wanted, request.by)
    if found and found.by == request.by:
        return found
    if found and not request.campaigns:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN, "import_of_another", "import {id} is {by}'s; begin your own", id=wanted, by=found.by
        )
    raise _unknown(request)


def _unknown(request: ApiRequest) -> ProblemRaised:
    return ProblemRaised(
        HTTPStatus.NOT_FOUND,
        "import_unknown",
        "import {id} does not exist: the app was started again, or its user began another; send the file again",
        id=request.path_values["id"],
    )


def _told_to(request: ApiRequest, error: ImportRefused | OSError) -> ImportRefused | OSError:
    """Return the error without the list and the client of another import, for people who see some campaigns."""
    if isinstance(error, ImportRefused) and error.code == "import_runs" and request.campaigns:
        return ImportRefused("import_busy", "another import is open, and only one may be; try again later")
    return error


def _not_now(error: ImportRefused | OSError) -> ProblemRaised:
    status, headers = HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(WAITS)}
    if isinstance(error, ImportRefused):
        return ProblemRaised(status, error.code, "{why}", why=error, headers=headers)
    return ProblemRaised(
        status,
        "import_not_stored",
        "the file cannot be stored on the app's machine: {why}",
        why=error.strerror or error,
        headers=headers,
    )


def _now(job: ImportJob) -> ImportNow:
    report = job.report
    return ImportNow(
        id=job.id,
        list=job.list_id,
        by=job.by,
        began=iso(job.began),
        dry_run=job.asked.dry_run,
        state=str(job.state),
        size=job.size,
        received=job.received,
        read=job.read,
        report=ImportReport(**vars(report)) if isinstance(report, LeadImportReport) else None,
        numbers=DncImportReport(**vars(report)) if isinstance(report, DncImportResult) else None,
        code=job.error.code if job.error else "",
        why=str(job.error) if job.error else "",
    )


IMPORT_ROUTES = (
    ApiRoute(
        "POST",
        "/lists/{id}/imports",
        "beginImport",
        "Begin the upload of a CSV or NDJSON file with leads, or go on with it",
        WRITE,
        agent_bounds.EVERYTHING,
        begin,
        ImportNow,
        status=201,
        problems=BODY_PROBLEMS,
        takes=NewImportBody,
        example=NewImportBody(size=14, sha256="e3b0c442" * 8, columns={"Telefon": "phone_number"}),
    ),
    ApiRoute(
        "POST",
        "/dnc/imports",
        "beginDncImport",
        "Begin the upload of a file with do-not-call numbers, or go on with it",
        WRITE,
        agent_bounds.EVERYTHING,
        begin_numbers,
        ImportNow,
        status=201,
        problems=BODY_PROBLEMS,
        takes=NewDncImportBody,
        example=NewDncImportBody(size=11, sha256="e3b0c442" * 8, why="list of the authority"),
    ),
    ApiRoute(
        "PUT",
        "/imports/{id}",
        "uploadImport",
        "Send a piece of the file; after the last one, the import runs",
        WRITE,
        agent_bounds.EVERYTHING,
        add,
        ImportNow,
        problems=BODY_PROBLEMS,
        takes=ImportPieceBody,
        example=ImportPieceBody(0, "cGhvbmVfbnVtYmVyCg=="),
    ),
    ApiRoute(
        "GET",
        "/imports",
        "listImports",
        "List your imports of the last hour, the newest first",
        WRITE,
        agent_bounds.EVERYTHING,
        listed,
        list[ImportNow],
        problems=READ_PROBLEMS,
    ),
    ApiRoute(
        "GET",
        "/imports/{id}",
        "getImport",
        "Show how far an import is, and its report at the end",
        WRITE,
        agent_bounds.EVERYTHING,
        show,
        ImportNow,
        problems=PROBLEMS,
    ),
    ApiRoute(
        "GET",
        "/imports/{id}/rejected",
        "getRejectedLines",
        "Send the rejected lines of an import, with the reason before each",
        WRITE,
        agent_bounds.EVERYTHING,
        rejected,
        bytes,
        problems=PROBLEMS,
        media="text/csv",
    ),
    ApiRoute(
        "DELETE",
        "/imports/{id}",
        "removeImport",
        "End an import and delete its files; imported rows stay",
        WRITE,
        agent_bounds.EVERYTHING,
        remove,
        ImportNow,
        problems=PROBLEMS,
    ),
)
