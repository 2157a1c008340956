"""An answer of the app, and the errors of requests to it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from warmline.text.coded_error import CodedError

FULL = "it has no place for another connection, or is ending; try again in a moment"
FIELDS_ALONE = ("body_invalid", "request_invalid")  # the sentence of these says only that fields are wrong
NOTHING: Mapping[str, str] = MappingProxyType({})  # a query without parameters


class AppAway(CodedError):
    """The app does not answer; the text has the address, the reason and the fix."""


class AppRefused(CodedError):
    """The app refused a command; the text says why."""


class InvalidInput(AppRefused):
    """The app cannot accept a value of the request, as this machine's database could not; the text says why."""


class NotLoggedIn(AppRefused):
    """The app does not know the user; the text says how to log in."""


class AppAnswer(NamedTuple):
    """The answer to a request: HTTP's status, and JSON."""

    status: int
    body: bytes


class AppFile(NamedTuple):
    """A file that the app sends: its size in bytes, and its pieces. Reading them raises AppAway."""

    size: int
    pieces: Iterator[bytes]


class AsteriskState(NamedTuple):
    """Whether the app is connected to Asterisk; `lost_at` is when it lost it, microseconds UTC, 0 if never seen."""

    connected: bool
    lost_at: int


def shaped(answer: object, shape: Any) -> Any:
    """Return the record in the JSON of an answer. Raises AppRefused for another form."""
    try:
        return msgspec.convert(answer, shape)
    except msgspec.ValidationError as error:
        raise AppRefused(
            "answer_of_other_version",
            "the app answers in another form ({why}); this program and the app need the same version of Warmline",
            why=error,
        ) from None


def full(where: str) -> AppAway:
    """Return the error of a connection that the app closed at once. A full app must not be started a second time."""
    return AppAway("app_full", "the app at {where} is full: {why}", where=where, why=FULL)


def code(body: bytes) -> str:
    """Return the code of a problem document; of any other answer, `app_refused`."""
    try:
        return str(msgspec.json.decode(body)["code"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return "app_refused"


def detail(body: bytes) -> str:
    """Return the sentence of a problem document; of any other answer its text."""
    try:
        problem = msgspec.json.decode(body)
        told = str(problem["detail"])
        others = (one for one in problem.get("errors", ()) if one["detail"] not in told)
        faults = "; ".join(": ".join(filter(None, (one["field"], one["detail"]))) for one in others)
        if faults and problem["code"] in FIELDS_ALONE:
            return faults
        return f"{told}: {faults}" if faults else told
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        return " ".join(body.decode("utf-8", "replace").split())
