"""Match numbers against patterns of Asterisk's dialplan, and order the patterns that match. Loaded by AGI scripts.

X is a digit, Z a digit from 1, N a digit from 2, and [15-8] one of these digits. `.` is one or more characters at the
end, and `!` is zero or more.
"""

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT = "default"  # the DID for every number that no other DID matches
SETS = {"X": "0123456789", "Z": "123456789", "N": "23456789"}
REST = {".": 0x18000, "!": 0x28000}  # their rank: after every set
END = 0x30000


def order(number: str, names: "Iterable[str]") -> list[str]:
    """Return the names that match the number: the number itself, then patterns, the most specific first, then default.

    Patterns are compared place by place. Fewer possible digits come first, then lower digits.
    """
    names = list(names)
    patterns = sorted((_key(name), name) for name in names if name[:1] == "_" and _matches(number, name[1:]))
    exact = [name for name in names if name == number]
    return exact + [name for _, name in patterns] + [name for name in names if name == DEFAULT]


def _places(pattern: str) -> list[str]:
    """Return the possible digits of each place. `.` or `!` is the last place. An unfinished set is empty."""
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
    """Return the digits of a set: `15-8` → `15678`."""
    digits: set[str] = set()
    while inside:
        first, last, inside = (inside[0], inside[2], inside[3:]) if inside[1:2] == "-" and inside[2:] else (
            inside[0], inside[0], inside[1:]
        )  # fmt: skip
        digits.update(map(chr, range(ord(first), ord(last) + 1)))
    return "".join(sorted(digits - REST.keys()))  # alone in a set they would mean the rest


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
