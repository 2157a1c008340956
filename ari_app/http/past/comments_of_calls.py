"""Comments on calls as JSON: write one, and delete one. The story of a call has them."""

from http import HTTPStatus
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, Asker, reply
from ari_app.http.server.problems import ProblemRaised, invalid_request, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.bodies.request_bodies import Body
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import AddCallComment, DeleteCallComment
from warmline.access.rights import UserRole
from warmline.operations.live_records import Time, iso
from warmline.store.calls import call_comments, call_story
from warmline.store.configuration.users import User
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import Row, reading, rows

Mark = Literal["", "coaching", "praise", "complaint", "followup"]
LAST = 2**63 - 1  # the largest number of the database


class CallComment(Struct, frozen=True):
    """A comment on a call: its number, the user who wrote it with the full name or "", its mark or "", and its text."""

    id: int
    at: Time
    by: str
    full_name: str
    mark: str
    comment: str


class CallCommentBody(Body):
    """A comment, which may have line breaks, and the mark that it gives the call. One of the two may be missing."""

    comment: Annotated[
        str, Meta(max_length=call_comments.LONGEST, examples=["Ask for the callback number before the hand-over."])
    ] = ""
    mark: Mark = ""


class CallCommentDeleted(Struct, frozen=True):
    """The call, and the number of its comment that was deleted."""

    call: str
    id: int


async def add(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Write a comment on a call, and reply with it. Raises ProblemRaised (403, 404, 409, 422), StoreError."""
    call = await _call(api, request)
    body = body_errors.decoded(request, CallCommentBody)
    wanted = AddCallComment(call, body.comment, body.mark)
    made = await write_requests.write(api, request, wanted, HTTPStatus.NOT_FOUND)
    for one in await in_time(_read, api.db, call):
        if one.id == made.comment:
            return reply(one, HTTPStatus.CREATED, Location=f"/api/v1/past-calls/{call}")
    raise not_found(call_comments.unknown_comment(call, made.comment))


async def delete(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Delete a comment of a call. Raises ProblemRaised (403, 404, 409, 422), StoreError."""
    given = request.path_values["comment"]
    if not (given.isascii() and given.isdigit() and 0 < int(given[:20]) <= LAST):
        raise invalid_request("comment", "must be the number of a comment")
    call = await _call(api, request)
    await write_requests.write(api, request, DeleteCallComment(call, int(given)), HTTPStatus.NOT_FOUND)
    return reply(CallCommentDeleted(call, int(given)))


def shown(row: Row) -> CallComment:
    """Return a comment as JSON has it."""
    return CallComment(row["id"], iso(row["at"]), row["by"], row["full_name"], row["mark"], row["comment"])


def is_agent(asker: Asker) -> bool:
    """Return whether a client is a person with the role of an agent, who sees neither comments nor marks."""
    return isinstance(asker, User) and asker.role is UserRole.AGENT


def _read(db: str, call: str) -> list[CallComment]:
    with reading(db) as connection:
        return [shown(row) for row in rows(connection, call_comments.OF_CALL, call=call)]


async def _call(api: JsonApi, request: ApiRequest) -> str:
    """Return the whole id of the call in the path. Raises ProblemRaised (404, 409), StoreError."""
    try:
        return await in_time(call_story.found, api.db, request.path_values["id"])
    except NotFound as missing:
        raise not_found(missing) from None
    except Conflict as several:
        raise ProblemRaised(HTTPStatus.CONFLICT, several.code, "{why}", why=several) from None
