"""Extension patterns, matched and sorted as Asterisk does (`_extension_match_core` and `ext_cmp` in main/pbx.c).

X is a digit, Z a digit from 1, N a digit from 2, and [15-8] one of these digits. `.` is one or more characters at the
end, and `!` is zero or more. AGI scripts load this.
"""

from functools import lru_cache

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT = "default"  # the DID for every number that no other DID matches
CLASSES = {"n": "23456789", "x": "0123456789", "z": "123456789"}
ANY, EARLY, END, BROKEN = 0x18000, 0x28000, 0x30000, 0x40000  # scores of `.`, `!`, the end, and a set without its end

SortKey = tuple[int, tuple[tuple[int, int], ...]]


class ExtensionPattern:
    """The language of an extension: a set of letters for each position, then `.`, `!` or "" for the rest.

    `broken`: a `[` has no `]`, or `[]` is at the end, and no number matches. `hollow`: it has a `[]`.
    """

    __slots__ = ("broken", "hollow", "positions", "rest")

    def __init__(
        self, positions: "tuple[frozenset[str], ...]", rest: str, *, broken: bool = False, hollow: bool = False
    ) -> None:
        self.positions, self.rest, self.broken, self.hollow = positions, rest, broken, hollow

    @property
    def shortest(self) -> int:
        """Return the smallest number of letters that match."""
        return len(self.positions) + (self.rest == ".")


def order(number: str, names: "Iterable[str]") -> list[str]:
    """Return the names that match the number: the number itself, then patterns, the most specific first, then default.

    Patterns are compared place by place. Fewer possible digits come first, then lower digits. A list of forbidden
    numbers may have patterns that Asterisk would not take, and they still forbid. A set without its end ends with the
    name, `[]` has no digit, and a dash in the number counts.
    """
    names = list(names)
    whole = ((name, name + "]" * (name.rfind("[") > name.rfind("]"))) for name in names if name[:1] == "_")
    patterns = sorted((_rank(pattern), name) for name, pattern in whole if _selects(pattern, number))
    exact = [name for name in names if name == number]
    return exact + [name for _, name in patterns] + [name for name in names if name == DEFAULT]


def _rank(name: str) -> "tuple[tuple[int, int], ...]":
    """Return the sort key of a pattern up to its `.` or `!`."""
    _, scores = sort_key(name)
    return scores[: next((at for at, (score, _) in enumerate(scores, 1) if score in (ANY, EARLY)), len(scores))]


def _selects(name: str, number: str) -> bool:
    pattern = compiled(name)
    return not pattern.hollow and _matches(pattern, number)


def bare(number: str) -> str:
    """Return a number as Asterisk compares it: its bytes, without the dashes."""
    return number.encode("utf-8", "replace").decode("latin-1").replace("-", "")


@lru_cache(maxsize=20_000)
def compiled(name: str) -> ExtensionPattern:
    """Return the language of an extension's name. Everything after `.` or `!` is ignored, as Asterisk does."""
    if not name.startswith("_"):
        return ExtensionPattern(tuple(frozenset(letter) for letter in bare(name)), "")
    text = name.encode("utf-8", "replace").decode("latin-1")
    positions: list[frozenset[str]] = []
    at = 1
    empty = hollow = False  # after [], which Asterisk skips only if another letter follows in the number
    while at < len(text):
        letter = text[at]
        at += 1
        if letter in ".!":
            return ExtensionPattern(tuple(positions), "." if empty else letter, hollow=hollow)
        if letter == "/":
            break
        if letter == "[":
            end = text.find("]", at)
            if end < 0:
                return ExtensionPattern(tuple(positions), "", broken=True)
            empty = end == at
            hollow = hollow or empty
            if not empty:  # a range such as [9-1] matches nothing
                positions.append(frozenset(members(text[at:end])))
            at = end + 1
        elif letter != "-":
            empty = False
            positions.append(frozenset(CLASSES.get(letter.lower(), letter)))
    return ExtensionPattern(tuple(positions), "", broken=empty, hollow=hollow)


def members(inside: str) -> set[str]:
    """Return the letters of a set such as `15-8`; a dash at an end stands for itself."""
    found: set[str] = set()
    at = 0
    while at < len(inside):
        last = inside[at + 2] if at + 2 < len(inside) and inside[at + 1] == "-" else ""
        found |= {chr(code) for code in range(ord(inside[at]), ord(last or inside[at]) + 1)}
        at += 3 if last else 1
    return found


def matches(name: str, number: str) -> bool:
    """Return whether the extension's name matches the whole number, whose dashes do not count."""
    return _matches(compiled(name), bare(number))


def _matches(pattern: ExtensionPattern, digits: str) -> bool:
    if pattern.broken or len(digits) < pattern.shortest or (not pattern.rest and len(digits) > len(pattern.positions)):
        return False
    return all(digit in letters for digit, letters in zip(digits, pattern.positions, strict=False))


@lru_cache(maxsize=20_000)
def sort_key(name: str) -> SortKey:
    """Return the key by which Asterisk sorts the extensions of a context. It takes the first that matches."""
    if not name.startswith("_"):
        return 0, tuple((ord(letter), 0) for letter in bare(name))
    text = name[1:].encode("utf-8", "replace").decode("latin-1")
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        letter = text[at]
        at += 1
        if letter == "-":
            continue
        if letter == "[":
            end = text.find("]", at)
            if end < 0:
                found.append((BROKEN, 0))
                continue
            inside, first = members(text[at:end]), text[at:end]
            at = end + 1
            if inside:
                lowest = min(ord(one) for one in first if one in inside)
                found.append((len(inside) << 8 | lowest, -_mask(inside)))
        elif letter in ".!":
            found.append((ANY if letter == "." else EARLY, 0))
        else:
            inside = set(CLASSES.get(letter.lower(), letter))
            found.append((len(inside) << 8 | ord(min(inside)), -_mask(inside)))
    return 1, (*found, (END, 0))


def _mask(letters: set[str]) -> int:
    """Return the set as bits. Of two sets with an equal score, the one with the lower letters comes first."""
    return sum(1 << (255 - ord(letter)) for letter in letters)
