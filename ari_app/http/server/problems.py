"""The errors of the JSON API as RFC 9457 problem documents."""

import logging
import sqlite3
from http import HTTPStatus

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from warmline.store.database.database import StoreError
from warmline.store.database.reading import ReadInterrupted
from warmline.text.coded_error import CodedError

log = logging.getLogger("warmline.api")

MEDIA = "application/problem+json"
PLAIN = "about:blank"  # the type of a problem without a page of its own
PREFIX = "/api/v1/"


class FieldFault(msgspec.Struct, frozen=True):
    """A part of a request that is invalid."""

    field: str
    detail: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457. `detail` says what was wrong, `code` the same for programs; `errors` names the fields.

    `receipt` names the command's receipt.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldFault] = []
    receipt: str | None = None
    code: str = ""


class ProblemRaised(CodedError):
    """Ends a request with a problem document."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        sentence: str,
        /,
        *,
        errors: tuple[FieldFault, ...] = (),
        receipt: str | None = None,
        headers: dict[str, str] | None = None,
        **fields: object,
    ) -> None:
        super().__init__(code, sentence, **fields)
        self.problem = Problem(PLAIN, status.phrase, status.value, str(self), list(errors), receipt, code)
        self.headers = headers or {}


def not_found(missing: CodedError) -> ProblemRaised:
    """Return a 404 with the code and sentence of an error of the database layer."""
    return ProblemRaised(HTTPStatus.NOT_FOUND, missing.code, "{why}", why=missing)


def invalid_request(field: str, why: str) -> ProblemRaised:
    """Return a 422 for one parameter or field."""
    faults = (FieldFault(field, why),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, "request_invalid", "invalid request", errors=faults)


def answer(problem: Problem, headers: dict[str, str] | None = None) -> web.Response:
    """Return the response with a problem document."""
    return web.Response(
        body=msgspec.json.encode(problem), status=problem.status, content_type=MEDIA, headers=headers or {}
    )


def encoded(status: int, code: str, detail: str) -> bytes:
    """Return the body of a problem document for an answer without aiohttp."""
    return msgspec.json.encode(Problem(PLAIN, HTTPStatus(status).phrase, status, detail, code=code))


@web.middleware
async def as_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error below /api/v1/ and at /metrics into a problem document."""
    if not request.path.startswith((PREFIX, "/metrics")):
        return await handler(request)
    try:
        return await handler(request)
    except ProblemRaised as refusal:
        return answer(refusal.problem, refusal.headers)
    except web.HTTPException as error:
        return _of_aiohttp(error, request)
    except ReadInterrupted:
        problem = ProblemRaised(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "query_too_long",
            "the query took longer than 5 s and was interrupted; ask for less, such as a smaller limit",
        )
        return answer(problem.problem)
    except (StoreError, sqlite3.Error) as error:
        log.error("a request to the JSON API failed: %s", error)
        problem = ProblemRaised(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "database_unusable",
            "the database cannot be read; the app's log says more",
        )
        return answer(problem.problem)
    except Exception:
        log.exception("a request to the JSON API failed")
        problem = ProblemRaised(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "internal_error",
            "the request failed because of a bug; see the app's log",
        )
        return answer(problem.problem)


def _of_aiohttp(error: web.HTTPException, request: web.Request) -> web.Response:
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
    return answer(Problem(PLAIN, error.reason, error.status, detail, code=code), headers)
