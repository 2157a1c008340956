"""The errors of the JSON API as RFC 9457 problem documents."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

import msgspec

from ari_app.http.server.api_request import ApiAnswer
from ari_app.link.call_control import CallProcessAway
from warmline.operations.operation import ARGUMENT_NOT_ALLOWED, argument_of
from warmline.options.values.option_error import OptionError
from warmline.store.database.database import StoreError
from warmline.store.database.reading import ReadInterrupted, ReadTooLong
from warmline.text.coded_error import CodedError

log = logging.getLogger("warmline.api")

MEDIA = "application/problem+json"
PLAIN = "about:blank"  # the type of a problem without a page of its own
PREFIX = "/api/v1/"
SOON = {"Retry-After": "1"}  # seconds


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


def invalid_argument(error: OptionError) -> ProblemRaised:
    """Return the 422 for an argument of an operation."""
    name, allowed = argument_of(error), str(error.fields["allowed"])
    if error.code == ARGUMENT_NOT_ALLOWED:
        return invalid_request(name, allowed)
    faults = (FieldFault(name, allowed),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, "{why}", errors=faults, why=error)


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> ApiAnswer:
    """Return the answer with a problem document."""
    return ApiAnswer(msgspec.json.encode(problem), problem.status, MEDIA, headers or {})


def encoded(status: int, code: str, detail: str) -> bytes:
    """Return the body of a problem document for an answer that is written as bytes."""
    return msgspec.json.encode(Problem(PLAIN, HTTPStatus(status).phrase, status, detail, code=code))


def of_error(error: Exception) -> ApiAnswer:
    """Return the answer to a request that ended with an error; log what only the administrator can fix."""
    match error:
        case ProblemRaised():
            return answer(error.problem, error.headers)
        case OptionError() if argument_of(error):
            problem = invalid_argument(error)
        case ReadTooLong():
            problem = ProblemRaised(HTTPStatus.SERVICE_UNAVAILABLE, error.code, "{why}", why=error)
        case ReadInterrupted():
            problem = ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "query_too_long",
                "the query took longer than 5 s and was interrupted; ask for less, such as a smaller limit",
            )
        case CallProcessAway():
            problem = ProblemRaised(HTTPStatus.SERVICE_UNAVAILABLE, error.code, "{why}", why=error, headers=SOON)
        case StoreError():
            log.error("a request to the JSON API failed: %s", error)
            problem = ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "database_unusable",
                "the database cannot be read; the app's log says more",
            )
        case _:
            log.error("a request to the JSON API failed", exc_info=error)
            problem = ProblemRaised(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "internal_error",
                "the request failed because of a bug; see the app's log",
            )
    return answer(problem.problem, problem.headers)
