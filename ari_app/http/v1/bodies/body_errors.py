"""Reads bodies, and says of an invalid field what is allowed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.v1.bodies import request_bodies
from warmline.operations import argument_errors, argument_types

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # of a body that is no JSON, or no UTF-8
PATTERNS = argument_types.PATTERNS | argument_types.patterns(
    {
        request_bodies.Number: "digits, * and #, with a leading + for a country code",
        request_bodies.Keys: "the keys 0-9, *, #, A-D, and W for a second of silence",
        request_bodies.Notes: "text without control characters",
        request_bodies.LeadText: "text without control characters",
        request_bodies.Why: "text of one line that is not empty",
        request_bodies.CallbackId: "an id as the list of callbacks shows it",
        request_bodies.Sounds: "names of sounds, of letters, digits, -, _ and /, with | between them",
    }
)


def decoded(request: ApiRequest, takes: Any, patterns: Mapping[str, str] = PATTERNS) -> Any:
    """Return the body as shape `takes`; no body is an empty object. Raises ProblemRaised (400, 422).

    `patterns` has what patterns allow, in words, as `argument_types.patterns` returns it.
    """
    try:
        return msgspec.json.decode(request.body or b"{}", type=takes)
    except msgspec.ValidationError as error:
        raise unusable(str(error), patterns) from None
    except UNREADABLE as error:
        raise ProblemRaised(HTTPStatus.BAD_REQUEST, "body_not_json", "the body is not JSON: {why}", why=error) from None


def unusable(why: str, patterns: Mapping[str, str] = PATTERNS) -> ProblemRaised:
    """Return the 422 for a body, from a message of msgspec."""
    found = argument_errors.fault(why, patterns)
    faults = (FieldFault(found.argument, found.words),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, "body_invalid", "invalid body", errors=faults)
