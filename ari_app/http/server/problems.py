"""What goes wrong in the JSON API, as RFC 9457 problem documents."""

import logging
import sqlite3
from http import HTTPStatus

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from warmline.store.database.database import StoreError
from warmline.store.database.reading import ReadInterrupted

log = logging.getLogger("warmline.api")

MEDIA = "application/problem+json"
PLAIN = "about:blank"  # the type of a problem that its status names well enough
PREFIX = "/api/v1/"


class FieldFault(msgspec.Struct, frozen=True):
    """One part of a request that cannot be used."""

    field: str
    detail: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457. `detail` says what was wrong; `errors` which fields; `receipt` names the command's receipt."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldFault] = []
    receipt: str | None = None


class ProblemRaised(Exception):
    """Ends a request with a problem document."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: tuple[FieldFault, ...] = (),
        receipt: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(PLAIN, status.phrase, status.value, detail, list(errors), receipt)
        self.headers = headers or {}


def answer(problem: Problem, headers: dict[str, str] | None = None) -> web.Response:
    """The response that tells a problem."""
    return web.Response(
        body=msgspec.json.encode(problem), status=problem.status, content_type=MEDIA, headers=headers or {}
    )


def encoded(status: int, detail: str) -> bytes:
    """The body of a problem document for an answer that is written by hand."""
    return msgspec.json.encode(Problem(PLAIN, HTTPStatus(status).phrase, status, detail))


@web.middleware
async def as_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything that goes wrong below /api/v1/ and at /metrics, in the one form."""
    if not request.path.startswith((PREFIX, "/metrics")):
        return await handler(request)
    try:
        return await handler(request)
    except ProblemRaised as refusal:
        return answer(refusal.problem, refusal.headers)
    except web.HTTPException as error:
        return _of_aiohttp(error, request)
    except ReadInterrupted:
        detail = "it took longer than 5 s to read, and was interrupted; ask for less, such as a smaller limit"
        return answer(ProblemRaised(HTTPStatus.SERVICE_UNAVAILABLE, detail).problem)
    except (StoreError, sqlite3.Error) as error:
        log.error("a request to the JSON API failed: %s", error)
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return answer(
            Problem(PLAIN, status.phrase, status.value, "the database cannot be read; the app's log says more")
        )
    except Exception:
        log.exception("a request to the JSON API failed")
        return answer(ProblemRaised(HTTPStatus.INTERNAL_SERVER_ERROR, "this is a bug; see the app's log").problem)


def _of_aiohttp(error: web.HTTPException, request: web.Request) -> web.Response:
    details = {
        404: f"there is nothing at {request.path}",
        405: f"{request.method} is not for this address",
        413: "the body is too large",
    }
    headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    return answer(Problem(PLAIN, error.reason, error.status, details.get(error.status, error.reason)), headers)
