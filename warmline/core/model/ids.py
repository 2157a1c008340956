"""Ids: ULIDs. The core draws none: each input brings one, and the core counts on from it."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_SHIFTS = range(120, -1, -10)  # of each pair in a number
_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")  # as int() knows them
_64 = (1 << 64) - 1


def encode(value: int) -> str:
    """The 26 letters of a 128-bit number."""
    return "".join([_PAIRS[value >> shift & 1023] for shift in _SHIFTS])


def is_ulid(text: str) -> bool:
    """Whether the text has the form of a ULID (what arrives from a dialplan may be anything)."""
    return len(text) == 26 and text[0] in "01234567" and all(letter in ALPHABET for letter in text)


def count_on(base: str, steps: int) -> str:
    """The id `steps` after `base`: unique as long as two bases are random 80-bit neighbours, never equal."""
    return encode((_decode(base) + steps) & (1 << 128) - 1)


def milliseconds(text: str) -> int:
    """When the ULID was drawn: milliseconds since 1970, UTC."""
    return _decode(text) >> 80


def lot(base: str, number: int) -> float:
    """The random number, above 0 and up to 1, that this id gives when it is drawn the `number`-th time."""
    value = (_decode(base) + number * 0x9E3779B97F4A7C15) & _64  # splitmix64: each bit of the result hangs on all
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _64
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _64
    return (((value ^ value >> 31) >> 11) + 1) / (1 << 53)


def _decode(text: str) -> int:
    return int(text.translate(_DIGITS), 32)
