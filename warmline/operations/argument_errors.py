"""Says in plain words what is allowed in an argument; msgspec's own messages name types and patterns."""

import re
from collections.abc import Mapping

from msgspec import Struct

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
FIELD = r"^Object (?:missing required|contains unknown) field `([^`]*)`|at `\$\.?([^`]*)`$"  # a value may have any text
EXPECTED = r"Expected `([a-z]+)(?: \| null)?`(?: of length (<=|>=) ([0-9]+)| matching regex (.*))?(?:, got `([a-z]+)`)?"

RANGE = r"Expected `(?:int|float)` (>=|<=) ([0-9.]+)"


class ArgumentFault(Struct, frozen=True):
    """What is wrong with an argument; its name may be empty."""

    argument: str
    words: str


def fault(message: str, patterns: Mapping[str, str]) -> ArgumentFault:
    """Return what a message of msgspec says; `patterns` has what a pattern allows, by its text, in words."""
    found = re.search(FIELD, message)
    name = (found[1] or found[2] or "") if found else ""
    return ArgumentFault(name, plain(message.partition(" - at `")[0], patterns))


def plain(detail: str, patterns: Mapping[str, str]) -> str:
    """Return the message in plain words, or an unknown message unchanged."""
    if detail.startswith("Object missing required field"):
        return "is required"
    if found := re.fullmatch(RANGE, detail):
        return f"allowed: a number {'from' if found[1] == '>=' else 'up to'} {found[2].removesuffix('.0')}"
    found = re.fullmatch(EXPECTED, detail)
    if found is None:
        return detail
    kind, bound, count, pattern, got = found.groups()
    if pattern is not None:
        return f"allowed: {patterns[pattern]}" if pattern in patterns else detail
    if bound:
        return f"allowed: at {'most' if bound == '<=' else 'least'} {count} {PARTS.get(kind, 'letters')}"
    if kind not in KINDS or got is None:
        return detail
    return f"allowed: {KINDS[kind]}, not {KINDS.get(got, got)}"
