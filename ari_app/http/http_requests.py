"""Turns HTTP requests into the JSON API's, and its answers into HTTP responses."""

import asyncio
import logging
import re
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from ari_app.http.server import problems, request_body, request_heads
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, Asker, EventStream, FileAnswer
from ari_app.http.server.bearer_tokens import LOCAL, client_name
from ari_app.http.server.credentials import Credentials
from ari_app.http.server.problems import Problem, ProblemRaised
from ari_app.http.streams import sse_response
from ari_app.http.streams.stream_readers import StreamReaders
from ari_app.http.workspace import page_headers
from warmline.system.socket_diag import user_of
from warmline.text.coded_error import CodedError

log = logging.getLogger("warmline.api")

PERSON_HEADER = "Warmline-User"
STREAM_HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


async def read(request: web.Request, asker: Asker, sent: Credentials, *, has_body: bool) -> ApiRequest:
    """Return a request with its body. Raises ProblemRaised (400, 415), web.HTTPRequestTimeout (408)."""
    return ApiRequest(
        method=request.method,
        path=request.path,
        path_values=request.match_info,
        query=request.query,
        headers=request.headers,
        body=await _body(request) if has_body else b"",
        asker=asker,
        by=_client(request, asker),
        has_gone=lambda: request.transport is None or request.transport.is_closing(),
        address=sent.address,
        token=sent.token,
    )


async def _body(request: web.Request) -> bytes:
    try:
        body = await request_body.whole(request)
    except web.RequestPayloadError:
        raise ProblemRaised(HTTPStatus.BAD_REQUEST, "body_unreadable", "the body could not be read") from None
    if len(body) > (most := request_heads.largest_json(request.path.encode())):
        raise web.HTTPRequestEntityTooLarge(most, len(body))
    if body and request.content_type != "application/json":
        raise ProblemRaised(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "body_type_unknown",
            "the body cannot be {type}; allowed: application/json",
            type=request.content_type,
        )
    return body


def _client(request: web.Request, asker: Asker) -> str:
    """Return the client's name. A program with this machine's own token sends a login name, which may be any."""
    person = request.headers.get(PERSON_HEADER, "") if asker is LOCAL else ""
    return client_name(asker, person, _user_of(request) if person else None)


def _user_of(request: web.Request) -> int | None:
    transport = request.transport
    peer, own = (transport.get_extra_info(end) if transport else None for end in ("peername", "sockname"))
    try:
        return user_of(peer[:2], own[:2]) if peer and own else None
    except OSError:
        return None


def response(answer: ApiAnswer) -> web.Response:
    """Return an answer as HTTP."""
    return web.Response(body=answer.body, status=answer.status, content_type=answer.media, headers=answer.headers)


async def stream(
    readers: StreamReaders,
    asker: Asker,
    request: web.Request,
    answer: EventStream,
    rights: sse_response.ReaderRights,
) -> web.StreamResponse:
    """Answer with server-sent events until the reader leaves, or loses its rights.

    Raises ProblemRaised (429, 503) if there is no place.
    """
    sent = web.StreamResponse(headers=STREAM_HEADERS)
    await readers.end_gone()
    with readers.joined(asker, request.transport):
        try:
            await sent.prepare(request)
            is_whole = await sse_response.write(answer, sent.write, rights)
            if not is_whole and request.transport and request.transport.get_write_buffer_size():
                request.transport.abort()  # a reader that takes nothing would keep the rest open
        except (TimeoutError, ConnectionError):
            if request.transport:
                request.transport.abort()
    return sent


async def file(request: web.Request, answer: FileAnswer) -> web.StreamResponse:
    """Answer with a file. If a piece fails, the connection is closed before the end."""
    headers = {"Content-Type": answer.media, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    headers["Content-Disposition"] = _disposition(answer.name)
    sent = web.StreamResponse(status=answer.status, headers={**headers, **answer.headers})
    sent.content_length = answer.size
    await sent.prepare(request)
    if request.method == "HEAD":
        return sent

    async def in_time(data: bytes) -> None:
        async with asyncio.timeout(sse_response.SLOW):
            await sent.write(data)

    try:
        await answer.tell(in_time)
    except (CodedError, TimeoutError, ConnectionError) as error:
        log.warning("a file is not sent to its end: %s", error)
        if request.transport:
            request.transport.abort()
    return sent


def _disposition(name: str) -> str:
    """Return the header that names a file (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    encoded = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
    return f'inline; filename="{plain}"{encoded}'


@web.middleware
async def as_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error below /api/v1/ and /workspace, and at /metrics, into a problem document."""
    if not request.path.startswith((problems.PREFIX, page_headers.PREFIX, "/metrics")):
        return await handler(request)
    try:
        return await handler(request)
    except web.HTTPException as error:
        return response(_of_aiohttp(error, request))
    except Exception as error:
        return response(problems.of_error(error))


def _of_aiohttp(error: web.HTTPException, request: web.Request) -> ApiAnswer:
    match error.status:
        case 404:
            code, detail = "path_unknown", f"{request.path} does not exist"
        case 405:
            code, detail = "method_not_allowed", f"{request.method} is not allowed for {request.path}"
        case 413:
            code, detail = "body_too_large", "the body is too large"
        case _:
            code, detail = "http_error", error.reason
    headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    return problems.answer(Problem(problems.PLAIN, error.reason, error.status, detail, code=code), headers)
