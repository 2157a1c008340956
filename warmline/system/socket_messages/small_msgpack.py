"""The part of msgpack that an AGI script needs, in Python: to import msgspec costs a script 20 ms.

Texts, bytes, numbers, arrays and empty maps are written; the same without maps is read. A test compares it with
msgspec.
"""

NIL, FALSE, TRUE, EMPTY_MAP = 0xC0, 0xC2, 0xC3, 0x80
SIZED = {0xD9: (1, "text"), 0xDA: (2, "text"), 0xDB: (4, "text"), 0xC4: (1, "bytes"), 0xC5: (2, "bytes")}
SIZED |= {0xC6: (4, "bytes"), 0xDC: (2, "array"), 0xDD: (4, "array")}
NUMBERS = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}  # the sizes of numbers of 0 or more
DEEPEST = 8  # arrays in arrays


def pack(value: object) -> bytes:
    """Return a value as msgpack. Raises TypeError for one of another kind."""
    match value:
        case bool():
            return bytes([TRUE if value else FALSE])
        case int() if 0 <= value < 128:
            return bytes([value])
        case str():
            data = value.encode(errors="replace")
            return b"\xdb" + len(data).to_bytes(4, "big") + data
        case bytes():
            return b"\xc6" + len(value).to_bytes(4, "big") + value
        case tuple():
            return b"\xdd" + len(value).to_bytes(4, "big") + b"".join(map(pack, value))
        case dict() if not value:
            return bytes([EMPTY_MAP])
    raise TypeError(f"{value!r} cannot be written")


def unpack(data: bytes) -> object:
    """Return the value of a whole message. Raises ValueError if it is none, or has something else in it."""
    value, end = _value(data, 0, 0)
    if end != len(data):
        raise ValueError("the message is longer than its value")
    return value


def _value(data: bytes, at: int, depth: int) -> "tuple[object, int]":
    """Return the value that begins there, and where it ends."""
    kind = _part(data, at, 1)[0]
    at += 1
    if kind < 0x80:
        return kind, at
    if kind in (NIL, FALSE, TRUE):
        return {NIL: None, FALSE: False, TRUE: True}[kind], at
    if size := NUMBERS.get(kind):
        return int.from_bytes(_part(data, at, size), "big"), at + size
    if 0xA0 <= kind < 0xC0:
        return _sized(data, at, kind & 0x1F, "text", depth)
    if 0x90 <= kind < 0xA0:
        return _sized(data, at, kind & 0x0F, "array", depth)
    if kind not in SIZED:
        raise ValueError(f"a value of kind {kind:#x} is not read")
    size, what = SIZED[kind]
    return _sized(data, at + size, int.from_bytes(_part(data, at, size), "big"), what, depth)


def _sized(data: bytes, at: int, size: int, what: str, depth: int) -> "tuple[object, int]":
    if what != "array":
        part = _part(data, at, size)
        return part.decode() if what == "text" else part, at + size
    if depth == DEEPEST:
        raise ValueError("too many arrays in arrays")
    found = []
    for _ in range(size):
        value, at = _value(data, at, depth + 1)
        found.append(value)
    return found, at


def _part(data: bytes, at: int, size: int) -> bytes:
    if len(data) < at + size:
        raise ValueError("the message is cut off")
    return data[at : at + size]
