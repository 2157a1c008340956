"""Past calls as JSON: those that match filters and words in their notes, and the whole story of one."""

import time
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Literal

import msgspec
from msgspec import Struct

from ari_app.http.past import comments_of_calls
from ari_app.http.server import bearer_tokens, paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import ProblemRaised, invalid_request, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import call_history
from ari_app.http.v1.live_state import JsonApi
from warmline.access.rights import Reach
from warmline.operations.live_records import Time, iso
from warmline.operations.report_periods import read_period
from warmline.store.calls import call_story
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.calls.call_comments import MARKS
from warmline.store.configuration.users import User
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import ReadInterrupted, Row, for_reader
from warmline.store.notes import note_index
from warmline.store.reports import calls, filter_names_check
from warmline.store.reports.call_filter import OUTCOMES, CallFilter
from warmline.store.reports.transfers import KINDS
from warmline.text.written_time import durations

NAMED = ("campaign", "ingroup", "agent", "disposition", "server")  # filters by names that must exist
LONGEST_SEARCH = 200  # characters
Outcome = Literal["answered", "missed", "failed", "fallback", "dialplan", "login_refused", "live"]


class PastCallRow(Struct, frozen=True):
    """A call. `number` is the other party's, and `dialled` the number that a caller dialled.

    `waited_ms` is the time in queues, and `length_ms` the time that the customer talked. `code` is the last
    disposition, and `transfers` are the transfer commands with a blank between them. `fallback` is the reason why the
    fallback of the dialplan had the call, or why the login of a phone was refused. `server` is the Asterisk of the
    call, empty if the app never had it.
    `marks` are those of the comments, with a blank between them. An agent gets none.
    """

    call: str
    agc_id: str
    arrived: Time
    direction: str
    number: str
    dialled: str
    ingroup: str
    group_name: str
    agent: str
    full_name: str
    waited_ms: float | None
    length_ms: float
    outcome: Outcome
    ended_by: str
    code: str
    transfers: str
    recorded: bool
    lead: int | None
    fallback: str
    server: str
    marks: str


class PastCallStory(Struct, frozen=True):
    """All records of one call, as rows of the tables in Warmline's schema; times are microseconds since 1970, UTC.

    `call` is null for a call that only the fallback of the dialplan had. `journal` has each input of the call with its
    payload, or null if it was erased. `full_names` and `group_names` are the names of its agents and in-groups.
    `comments` are those of supervisors and managers. `agents` has each agent of the call in order, with the own code
    and notes; for a callback, those of the call that promised it come first.
    """

    call: dict[str, Any] | None
    fallback: dict[str, Any] | None
    legs: list[dict[str, Any]]
    waits: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    recordings: list[dict[str, Any]]
    intervals: list[dict[str, Any]]
    dispositions: list[dict[str, Any]]
    journal: list[dict[str, Any]]
    full_names: dict[str, str]
    group_names: dict[str, str]
    comments: list[dict[str, Any]]
    agents: list[AgentOfCall]


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the calls that match, the newest first. Raises ProblemRaised (403, 404, 409, 422, 429), StoreError."""
    limit = paging.limit(request, paging.USUAL, paging.ROWS)
    if request.query.get("mark") and isinstance(request.asker, User) and comments_of_calls.is_agent(request.asker):
        raise bearer_tokens.role_missing(request.asker, "list calls by mark", "calls:read", Reach.GROUP)
    try:
        return ApiAnswer(await api.threads.report(asker_of(request), _listed, api.db, request, limit))
    except NotFound as missing:
        raise not_found(missing) from None


def _listed(db: str, request: ApiRequest, limit: int) -> bytes:
    """Return the rows as JSON. Raises ProblemRaised (409, 422), NotFound, StoreError."""
    now = time.time_ns() // 1000
    with for_reader(request.has_gone):
        asked = _filter(db, request, now)
        found = calls.page(db, asked, now, limit, request.query.get("after", ""), request.visible)
    hidden = {"marks": ""} if comments_of_calls.is_agent(request.asker) else {}
    return msgspec.json.encode([shown(one | hidden) for one in found])


def _filter(db: str, request: ApiRequest, now: int) -> CallFilter:
    """Return what a request asks for. Raises ProblemRaised (409, 422), NotFound, StoreError."""
    query = request.query
    start, end, *_ = read_period(db, query, now)
    names = {name: query.get(name, "") for name in NAMED}
    filter_names_check.check(db, **names)
    known_words = {"outcome": OUTCOMES, "transfer": KINDS, "mark": MARKS}
    words = {name: _word(query, name, known) for name, known in known_words.items()}
    try:
        shortest, longest = durations(query.get("length", ""))
    except ValueError:
        raise invalid_request("length", "must be such as 10s..2m, 1h.. or ..5s") from None
    recorded, notes = query.get("recorded"), query.get("notes", "")
    if recorded not in (None, "true", "false"):
        raise invalid_request("recorded", "must be true or false")
    if len(notes) > LONGEST_SEARCH:
        raise invalid_request("notes", f"must have at most {LONGEST_SEARCH} characters")
    return CallFilter(
        start=start,
        end=end,
        number=query.get("number", ""),
        recorded=recorded == "true" if recorded else None,  # None: both
        shortest=shortest,
        longest=longest,
        lead=call_history.lead_of(request) or None,
        noted=_with_notes(db, notes) if notes else "",
        **names,
        **words,
    )


def _with_notes(db: str, words: str) -> str:
    """Return the calls with these words in their notes, as JSON. Raises ProblemRaised (409) without an index."""
    try:
        return msgspec.json.encode(note_index.search(db, words)).decode()
    except ReadInterrupted:
        raise
    except StoreError as error:
        raise ProblemRaised(HTTPStatus.CONFLICT, error.code, "{why}", why=error) from None


def _word(query: Any, name: str, known: tuple[str, ...]) -> str:
    """Return a filter that is one of some words, or "". Raises ProblemRaised (422)."""
    given = str(query.get(name, ""))
    if given and given not in known:
        raise invalid_request(name, f"must be one of {', '.join(known)}")
    return given


def shown(row: Row) -> PastCallRow:
    """Return a row of the search as JSON has it."""
    may_be_missing = ("agent", "code", "transfers", "fallback", "full_name", "group_name", "marks")
    texts = {name: row[name] or "" for name in may_be_missing}
    waited, length = row["waited"], row["length"]
    told = (
        row
        | texts
        | {
            "arrived": iso(row["arrived"]),
            "waited_ms": None if waited is None else waited / 1000,
            "length_ms": length / 1000,
            "recorded": bool(row["recorded"]),
            "lead": row["lead"] or None,
        }
    )
    return PastCallRow(**{name: told[name] for name in PastCallRow.__struct_fields__})


async def story(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with all records of one call. Raises ProblemRaised (404, 409), StoreError."""
    try:
        found = await in_time(call_story.story, api.db, request.path_values["id"])
    except NotFound as missing:
        raise not_found(missing) from None
    except Conflict as several:
        raise ProblemRaised(HTTPStatus.CONFLICT, several.code, "{why}", why=several) from None
    return reply(PastCallStory(**asdict(found)))
