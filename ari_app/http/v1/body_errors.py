"""Describes an invalid field of a body by what is allowed; msgspec's own messages name types and patterns."""

import re
from typing import get_args

from ari_app.http.v1 import request_bodies

ALLOWED = {
    request_bodies.Number: "digits, * and #, with a leading + for a country code",
    request_bodies.Name: "letters, digits, - and _",
    request_bodies.Code: "letters, digits, - and _",
    request_bodies.Keys: "the keys 0-9, *, #, A-D, and W for a second of silence",
    request_bodies.Notes: "text without control characters",
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
EXPECTED = re.compile(
    r"Expected `([a-z]+)(?: \| null)?`(?: of length (<=|>=) ([0-9]+)| matching regex (.*))?(?:, got `([a-z]+)`)?"
)


def plain(detail: str) -> str:
    """Return the message in plain words, or an unknown message unchanged."""
    found = EXPECTED.fullmatch(detail)
    if found is None:
        return detail
    kind, bound, count, pattern, got = found.groups()
    if pattern is not None:
        return f"allowed: {_PATTERNS[pattern]}" if pattern in _PATTERNS else detail
    if bound:
        return f"allowed: at {'most' if bound == '<=' else 'least'} {count} letters"
    if kind not in KINDS or got is None:
        return detail
    return f"allowed: {KINDS[kind]}, not {KINDS.get(got, got)}"


_PATTERNS = {repr(get_args(kind)[1].pattern): words for kind, words in ALLOWED.items()}
