"""Recordings as JSON: the list, and the details of one with the state of its file."""

import time
from pathlib import PurePath
from typing import Any

import msgspec
from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import LOCAL, asker_of
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import audio_download, call_history
from ari_app.http.v1.live_state import JsonApi
from warmline.operations.live_records import Time, iso
from warmline.operations.report_periods import PERIODS, read_period
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, for_reader
from warmline.store.reports import filter_names_check, own_recordings, recordings
from warmline.store.reports.call_filter import CallFilter
from warmline.store.reports.recordings import CHANGED, KEPT, UNREADABLE, WHOLE


class RecordingShown(Struct, frozen=True):
    """A recording of a call. `reason` is the rule that started it, and `customer` the number of the other party.

    `notice` says whether the campaign's `recording_notice` was played or failed; it is empty without one. `status` is
    running, kept, failed, expired or erased. `cause` says why it failed, or which part is missing.
    """

    id: str
    call: str
    customer: str
    agent: str
    full_name: str
    kind: str
    reason: str
    notice: str
    status: str
    cause: str
    asked: Time
    started: Time | None
    ended: Time | None
    length_ms: int
    name: str


class RecordingDetails(RecordingShown, frozen=True):
    """A recording, with what was measured when it ended: its bytes and its SHA-256, and those of the converted file.

    `file` is whole, changed (another size), unreadable (or missing), or null if there is none or this client may not
    read it.
    """

    bytes: int
    sha256: str
    converted_bytes: int
    converted_sha256: str
    file: str | None


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the recordings of a period, the last one first. Raises ProblemRaised (404, 422, 429), StoreError."""
    limit = paging.limit(request, paging.USUAL, paging.ROWS)
    try:
        return ApiAnswer(await api.threads.report(asker_of(request), _listed, api.db, request, limit))
    except NotFound as missing:
        raise not_found(missing) from None


def _listed(db: str, request: ApiRequest, limit: int) -> bytes:
    """Return the rows as JSON. Raises ProblemRaised (422), NotFound, StoreError."""
    query, now = request.query, time.time_ns() // 1000
    names = ("call", "campaign", "ingroup", "agent", "number")
    call, campaign, ingroup, agent, number = (query.get(name, "") for name in names)
    with for_reader(request.has_gone):
        lead = call_history.lead_of(request)
        has_period = not lead or any(query.get(name) for name in PERIODS)
        start, end = read_period(db, query, now)[:2] if has_period else (0, now + 1)
        filter_names_check.check(db, campaign=campaign, ingroup=ingroup, agent=agent)
        asked = CallFilter(
            start=start,
            end=end,
            call=call,
            campaign=campaign,
            ingroup=ingroup,
            agent=agent,
            number=number,
            lead=lead or None,
        )
        today = own_recordings.today_for(db, request.asker)
        found = recordings.newest(db, asked, now, limit, query.get("after", ""), request.visible, today)
    return msgspec.json.encode([RecordingShown(**_fields(row)) for row in found])


async def details(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with one recording and the state of its file. Raises ProblemRaised (404, 503), StoreError."""
    try:
        row = await in_time(recordings.find, api.db, request.path_values["id"])
    except NotFound as missing:
        raise not_found(missing) from None
    measured = {name: row[name] for name in ("bytes", "sha256", "converted_bytes", "converted_sha256")}
    return reply(RecordingDetails(**_fields(row), **measured, file=await _state(api, request, row)))


async def _state(api: JsonApi, request: ApiRequest, row: Row) -> str | None:
    """Return the state of a file, as the process of the calls sees it. Raises ProblemRaised (403, 503), StoreError."""
    if row["status"] != KEPT or request.asker is LOCAL:
        return None
    try:
        file = await audio_download.look(api, row["id"], audio_download.token_of(request))
    except ProblemRaised as problem:
        if problem.code == "recording_unreadable":
            return UNREADABLE
        raise
    return WHOLE if file.size == (row["converted_bytes"] if row["converted_path"] else row["bytes"]) else CHANGED


def _fields(row: Row) -> dict[str, Any]:
    same = ("id", "call", "customer", "agent", "full_name", "kind", "reason", "notice", "status", "cause")
    times = {name: None if row[name] is None else iso(row[name]) for name in ("asked", "started", "ended")}
    file = row["converted_path"] or row["path"]
    return {name: row[name] for name in same} | times | {"length_ms": row["length"], "name": PurePath(file).name}
