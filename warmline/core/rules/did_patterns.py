"""Patterns of numbers, as Asterisk's dialplan has them, and which of several is asked first. Loaded by AGI scripts.

X is a digit, Z one from 1, N one from 2, [15-8] one of those; `.` the rest of at least one, `!` the rest, also none.
"""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT = "default"  # the name of the DID that has every number no other one has
SETS = {"X": "0123456789", "Z": "123456789", "N": "23456789"}
REST = {".": 0x18000, "!": 0x28000}  # where they come in the order: behind every set
END = 0x30000


def order(number: str, names: "Iterable[str]") -> list[str]:
    """Those of the names that the number may go by: itself, then its patterns, the most specific first, then default.

    Patterns are compared place by place: fewer possible digits come first, then lower ones.
    """
    names = list(names)
    patterns = sorted((_key(name), name) for name in names if name[:1] == "_" and _matches(number, name[1:]))
    exact = [name for name in names if name == number]
    return exact + [name for _, name in patterns] + [name for name in names if name == DEFAULT]


def _places(pattern: str) -> list[str]:
    """The digits that each place may have; `.` or `!` is the last place. An unfinished set is empty."""
    places: list[str] = []
    while pattern:
        letter, pattern = pattern[0].upper(), pattern[1:]
        if letter == "[":
            inside, _, pattern = pattern.partition("]")
            places.append(_set(inside))
        elif letter in REST:
            return [*places, letter]
        elif letter != "-":
            places.append(SETS.get(letter, letter))
    return places


def _set(inside: str) -> str:
    """`15-8` → `15678`."""
    digits: set[str] = set()
    while inside:
        first, last, inside = (inside[0], inside[2], inside[3:]) if inside[1:2] == "-" and inside[2:] else (
            inside[0], inside[0], inside[1:]
        )  # fmt: skip
        digits.update(map(chr, range(ord(first), ord(last) + 1)))
    return "".join(sorted(digits - REST.keys()))  # alone in a set they would be taken for the rest


def _matches(number: str, pattern: str) -> bool:
    for at, digits in enumerate(places := _places(pattern)):
        if digits in REST:
            return digits == "!" or at < len(number)
        if number[at : at + 1] not in digits or at >= len(number):
            return False
    return len(number) == len(places)


def _key(name: str) -> "list[tuple[int, str]]":
    ranks = [(REST[digits], "") if digits in REST else _rank(digits) for digits in _places(name[1:])]
    return [*ranks, (END, "")]


def _rank(digits: str) -> "tuple[int, str]":
    return (len(digits) << 8) + (ord(digits[0]) if digits else 0), digits
