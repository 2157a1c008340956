"""Reads bodies, and describes an invalid field by what is allowed; msgspec's own messages name types and patterns."""

import re
from http import HTTPStatus
from typing import Any, get_args

import msgspec

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.v1.bodies import request_bodies

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # of a body that is no JSON, or no UTF-8
ALLOWED = {
    request_bodies.Number: "digits, * and #, with a leading + for a country code",
    request_bodies.Name: "letters, digits, - and _",
    request_bodies.Code: "letters, digits, - and _",
    request_bodies.Keys: "the keys 0-9, *, #, A-D, and W for a second of silence",
    request_bodies.Notes: "text without control characters",
    request_bodies.LeadText: "text without control characters",
    request_bodies.Comments: "text of one line",
    request_bodies.Why: "text of one line that is not empty",
    request_bodies.CallbackId: "an id as the list of callbacks shows it",
    request_bodies.Sounds: "names of sounds, of letters, digits, -, _ and /, with | between them",
}
KINDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
PARTS = {"array": "entries", "object": "fields"}  # of a list, and of an object; a text has letters
FIELD = re.compile(r"at `\$\.?([^`]*)`$|field `([^`]*)`")
EXPECTED = re.compile(
    r"Expected `([a-z]+)(?: \| null)?`(?: of length (<=|>=) ([0-9]+)| matching regex (.*))?(?:, got `([a-z]+)`)?"
)


def decoded(request: ApiRequest, takes: Any) -> Any:
    """Return the body as shape `takes`; no body is an empty object. Raises ProblemRaised (400, 422)."""
    try:
        return msgspec.json.decode(request.body or b"{}", type=takes)
    except msgspec.ValidationError as error:
        raise unusable(str(error)) from None
    except UNREADABLE as error:
        raise ProblemRaised(HTTPStatus.BAD_REQUEST, "body_not_json", "the body is not JSON: {why}", why=error) from None


def unusable(why: str) -> ProblemRaised:
    """Return the 422 for a body, from a message of msgspec."""
    found = FIELD.search(why)
    field = (found[1] or found[2] or "") if found else ""
    faults = (FieldFault(field, plain(why.partition(" - at `")[0])),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, "body_invalid", "invalid body", errors=faults)


def plain(detail: str) -> str:
    """Return the message in plain words, or an unknown message unchanged."""
    found = EXPECTED.fullmatch(detail)
    if found is None:
        return detail
    kind, bound, count, pattern, got = found.groups()
    if pattern is not None:
        return f"allowed: {_PATTERNS[pattern]}" if pattern in _PATTERNS else detail
    if bound:
        return f"allowed: at {'most' if bound == '<=' else 'least'} {count} {PARTS.get(kind, 'letters')}"
    if kind not in KINDS or got is None:
        return detail
    return f"allowed: {KINDS[kind]}, not {KINDS.get(got, got)}"


_PATTERNS = {repr(get_args(kind)[1].pattern): words for kind, words in ALLOWED.items()}
