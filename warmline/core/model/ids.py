"""Ids: ULIDs. The core draws none. Each input brings one, and the core counts up from it."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTER_PAIRS = [high_letter + low_letter for high_letter in ALPHABET for low_letter in ALPHABET]
_PAIR_NUMBERS = {pair: number for number, pair in enumerate(_LETTER_PAIRS)}
_PAIR_SHIFTS = range(120, -1, -10)  # the bits of each pair of letters
_TO_PYTHON_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")  # the digits of int()
_MASK_64_BITS = (1 << 64) - 1


def encode(number: int) -> str:
    """Return the 26 letters of a 128-bit number."""
    return "".join([_LETTER_PAIRS[number >> shift & 1023] for shift in _PAIR_SHIFTS])


def is_ulid(text: str) -> bool:
    """Return whether the text has the form of a ULID. A dialplan may send any text."""
    return len(text) == 26 and text[0] in "01234567" and all(letter in ALPHABET for letter in text)


def add_steps(turn_id: str, steps: int) -> str:
    """Return the id `steps` after `turn_id`. Ids are unique if the bases have 80 random bits."""
    last_pair_number = _PAIR_NUMBERS.get(turn_id[24:], 1024) + steps
    if last_pair_number < 1024:  # only the last pair of letters changes
        return turn_id[:24] + _LETTER_PAIRS[last_pair_number]
    return encode((_decode(turn_id) + steps) & (1 << 128) - 1)


def to_milliseconds(text: str) -> int:
    """Return when the ULID was drawn, in milliseconds since 1970, UTC."""
    return _decode(text) >> 80


def draw_number(turn_id: str, draw_count: int) -> float:
    """Return the `draw_count`-th random number of this id, above 0 and up to 1."""
    # Splitmix64: each bit of the result depends on all bits.
    bits = (_decode(turn_id) + draw_count * 0x9E3779B97F4A7C15) & _MASK_64_BITS
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & _MASK_64_BITS
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & _MASK_64_BITS
    return (((bits ^ bits >> 31) >> 11) + 1) / (1 << 53)


def _decode(text: str) -> int:
    return int(text.translate(_TO_PYTHON_DIGITS), 32)
