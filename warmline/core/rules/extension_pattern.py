"""Extension patterns, matched and sorted as Asterisk does (`_extension_match_core` and `ext_cmp` in main/pbx.c).

X is a digit, Z a digit from 1, N a digit from 2, and [15-8] one of these digits. `.` is one or more characters at the
end, and `!` is zero or more. AGI scripts load this.
"""

from functools import lru_cache

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_EXTENSION = "default"  # the DID for every number that no other DID matches
DIGIT_CLASSES = {"n": "23456789", "x": "0123456789", "z": "123456789"}
ANY_SCORE, EARLY_SCORE, END_SCORE, BROKEN_SCORE = (
    0x18000,
    0x28000,
    0x30000,
    0x40000,
)  # scores of `.`, `!`, the end, and a set without its end

SortKey = tuple[int, tuple[tuple[int, int], ...]]


class ExtensionPattern:
    """The language of an extension: a set of letters for each position, then `.`, `!` or "" for the rest.

    `is_broken`: a `[` has no `]`, or `[]` is at the end, and no number matches. `has_empty_set`: it has a `[]`.
    """

    __slots__ = ("has_empty_set", "is_broken", "positions", "tail")

    def __init__(
        self,
        positions: "tuple[frozenset[str], ...]",
        tail: str,
        *,
        is_broken: bool = False,
        has_empty_set: bool = False,
    ) -> None:
        self.positions, self.tail, self.is_broken, self.has_empty_set = positions, tail, is_broken, has_empty_set

    @property
    def min_length(self) -> int:
        """Return the smallest number of letters that match."""
        return len(self.positions) + (self.tail == ".")


def list_matches(number: str, names: "Iterable[str]") -> list[str]:
    """Return the names that match the number: the number itself, then patterns, the most specific first, then default.

    Patterns are compared place by place. Fewer possible digits come first, then lower digits. A list of forbidden
    numbers may have patterns that Asterisk would not take, and they still forbid. A set without its end ends with the
    name, `[]` has no digit, and a dash in the number counts.
    """
    names = list(names)
    whole = ((name, name + "]" * (name.rfind("[") > name.rfind("]"))) for name in names if name[:1] == "_")
    patterns = sorted((_get_specificity(pattern), name) for name, pattern in whole if _is_selected(pattern, number))
    exact = [name for name in names if name == number]
    return exact + [name for _, name in patterns] + [name for name in names if name == DEFAULT_EXTENSION]


def _get_specificity(name: str) -> "tuple[tuple[int, int], ...]":
    """Return the sort key of a pattern up to its `.` or `!`."""
    _, scores = build_sort_key(name)
    return scores[
        : next((at for at, (score, _) in enumerate(scores, 1) if score in (ANY_SCORE, EARLY_SCORE)), len(scores))
    ]


def _is_selected(name: str, number: str) -> bool:
    pattern = compile_pattern(name)
    return not pattern.has_empty_set and _is_match(pattern, number)


def strip_dashes(number: str) -> str:
    """Return a number as Asterisk compares it: its bytes, without the dashes."""
    return number.encode("utf-8", "replace").decode("latin-1").replace("-", "")


@lru_cache(maxsize=20_000)
def compile_pattern(name: str) -> ExtensionPattern:
    """Return the language of an extension's name. Everything after `.` or `!` is ignored, as Asterisk does."""
    if not name.startswith("_"):
        return ExtensionPattern(tuple(frozenset(letter) for letter in strip_dashes(name)), "")
    text = name.encode("utf-8", "replace").decode("latin-1")
    positions: list[frozenset[str]] = []
    at = 1
    empty = hollow = False  # after [], which Asterisk skips only if another letter follows in the number
    while at < len(text):
        letter = text[at]
        at += 1
        if letter in ".!":
            return ExtensionPattern(tuple(positions), "." if empty else letter, has_empty_set=hollow)
        if letter == "/":
            break
        if letter == "[":
            end = text.find("]", at)
            if end < 0:
                return ExtensionPattern(tuple(positions), "", is_broken=True)
            empty = end == at
            hollow = hollow or empty
            if not empty:  # a range such as [9-1] matches nothing
                positions.append(frozenset(expand_set(text[at:end])))
            at = end + 1
        elif letter != "-":
            empty = False
            positions.append(frozenset(DIGIT_CLASSES.get(letter.lower(), letter)))
    return ExtensionPattern(tuple(positions), "", is_broken=empty, has_empty_set=hollow)


def expand_set(inside: str) -> set[str]:
    """Return the letters of a set such as `15-8`; a dash at an end stands for itself."""
    found: set[str] = set()
    at = 0
    while at < len(inside):
        last = inside[at + 2] if at + 2 < len(inside) and inside[at + 1] == "-" else ""
        found |= {chr(code) for code in range(ord(inside[at]), ord(last or inside[at]) + 1)}
        at += 3 if last else 1
    return found


def is_match(name: str, number: str) -> bool:
    """Return whether the extension's name matches the whole number, whose dashes do not count."""
    return _is_match(compile_pattern(name), strip_dashes(number))


def _is_match(pattern: ExtensionPattern, digits: str) -> bool:
    if (
        pattern.is_broken
        or len(digits) < pattern.min_length
        or (not pattern.tail and len(digits) > len(pattern.positions))
    ):
        return False
    return all(digit in letters for digit, letters in zip(digits, pattern.positions, strict=False))


@lru_cache(maxsize=20_000)
def build_sort_key(name: str) -> SortKey:
    """Return the key by which Asterisk sorts the extensions of a context. It takes the first that matches."""
    if not name.startswith("_"):
        return 0, tuple((ord(letter), 0) for letter in strip_dashes(name))
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
                found.append((BROKEN_SCORE, 0))
                continue
            inside, first = expand_set(text[at:end]), text[at:end]
            at = end + 1
            if inside:
                lowest = min(ord(one) for one in first if one in inside)
                found.append((len(inside) << 8 | lowest, -_build_mask(inside)))
        elif letter in ".!":
            found.append((ANY_SCORE if letter == "." else EARLY_SCORE, 0))
        else:
            inside = set(DIGIT_CLASSES.get(letter.lower(), letter))
            found.append((len(inside) << 8 | ord(min(inside)), -_build_mask(inside)))
    return 1, (*found, (END_SCORE, 0))


def _build_mask(letters: set[str]) -> int:
    """Return the set as bits. Of two sets with an equal score, the one with the lower letters comes first."""
    return sum(1 << (255 - ord(letter)) for letter in letters)
