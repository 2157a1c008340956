"""Reads data as PHP serializes it: arrays, texts and numbers. FreePBX before 15 writes Asterisk's database so."""

import re
from collections.abc import Mapping

Serialized = str | Mapping[str, "Serialized"]
SCALAR = re.compile(rb"(?:N|[bid]:([0-9A-Za-z.+-]*));")
COUNTED = re.compile(rb"([as]):([0-9]{1,9}):")


def loads(content: bytes) -> Serialized:
    """Return the value: an array as a mapping, and numbers and nothing as texts. Raises ValueError."""
    return _value(content, 0)[0]


def _value(content: bytes, at: int) -> tuple[Serialized, int]:
    """Return the value that begins at a byte, and the first byte after it."""
    if found := SCALAR.match(content, at):
        return (found[1] or b"").decode(), found.end()
    if not (found := COUNTED.match(content, at)):
        raise ValueError(f"byte {at} begins no value of PHP")
    count, at = int(found[2]), found.end()
    if found[1] == b"s":
        end = at + 1 + count
        _expect(content, at, b'"')
        _expect(content, end, b'";')
        return content[at + 1 : end].decode("utf-8", "surrogateescape"), end + 2
    values: dict[str, Serialized] = {}
    at = _expect(content, at, b"{")
    for _ in range(count):
        key, at = _value(content, at)
        if not isinstance(key, str):
            raise ValueError(f"an array before byte {at} is a key")
        values[key], at = _value(content, at)
    return values, _expect(content, at, b"}")


def _expect(content: bytes, at: int, sign: bytes) -> int:
    if content[at : at + len(sign)] != sign:
        raise ValueError(f"byte {at} is not {sign.decode()}")
    return at + len(sign)
