"""Ids: ULIDs. The core draws none: each input brings one, and the core counts on from it."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {letter: number for number, letter in enumerate(ALPHABET)}


def encode(value: int) -> str:
    """The 26 letters of a 128-bit number."""
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def is_ulid(text: str) -> bool:
    """Whether the text has the form of a ULID (what arrives from a dialplan may be anything)."""
    return len(text) == 26 and text[0] in "01234567" and all(letter in _VALUE for letter in text)


def count_on(base: str, steps: int) -> str:
    """The id `steps` after `base`: unique as long as two bases are random 80-bit neighbours, never equal."""
    value = 0
    for letter in base:
        value = value << 5 | _VALUE[letter]
    return encode((value + steps) & (1 << 128) - 1)
