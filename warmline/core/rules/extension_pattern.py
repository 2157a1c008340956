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

    __slots__ = ("has_empty_set", "is_broken", "letter_sets", "tail")

    def __init__(
        self,
        letter_sets: "tuple[frozenset[str], ...]",
        tail: str,
        *,
        is_broken: bool = False,
        has_empty_set: bool = False,
    ) -> None:
        self.letter_sets, self.tail, self.is_broken, self.has_empty_set = letter_sets, tail, is_broken, has_empty_set

    @property
    def min_length(self) -> int:
        """Return the smallest number of letters that match."""
        return len(self.letter_sets) + (self.tail == ".")


def list_matches(number: str, names: "Iterable[str]") -> list[str]:
    """Return the names that match the number: the number itself, then patterns, the most specific first, then default.

    Patterns are compared place by place. Fewer possible digits come first, then lower digits. A list of forbidden
    numbers may have patterns that Asterisk would not take, and they still forbid. A set without its end ends with the
    name, `[]` has no digit, and a dash in the number counts.
    """
    names = list(names)
    closed_patterns = ((name, name + "]" * (name.rfind("[") > name.rfind("]"))) for name in names if name[:1] == "_")
    patterns = sorted(
        (_get_specificity(pattern), name) for name, pattern in closed_patterns if _is_selected(pattern, number)
    )
    exact_names = [name for name in names if name == number]
    return exact_names + [name for _, name in patterns] + [name for name in names if name == DEFAULT_EXTENSION]


def _get_specificity(name: str) -> "tuple[tuple[int, int], ...]":
    """Return the sort key of a pattern up to its `.` or `!`."""
    _, scores = build_sort_key(name)
    for score_count, (score, _) in enumerate(scores, 1):
        if score in (ANY_SCORE, EARLY_SCORE):
            return scores[:score_count]
    return scores


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
    letter_sets: list[frozenset[str]] = []
    position = 1
    is_set_empty = has_empty_set = False  # after [], which Asterisk skips only if another letter follows in the number
    while position < len(text):
        letter = text[position]
        position += 1
        if letter in ".!":
            return ExtensionPattern(tuple(letter_sets), "." if is_set_empty else letter, has_empty_set=has_empty_set)
        if letter == "/":
            break
        if letter == "[":
            set_end = text.find("]", position)
            if set_end < 0:
                return ExtensionPattern(tuple(letter_sets), "", is_broken=True)
            is_set_empty = set_end == position
            has_empty_set = has_empty_set or is_set_empty
            if not is_set_empty:  # a range such as [9-1] matches nothing
                letter_sets.append(frozenset(expand_set(text[position:set_end])))
            position = set_end + 1
        elif letter != "-":
            is_set_empty = False
            letter_sets.append(frozenset(DIGIT_CLASSES.get(letter.lower(), letter)))
    return ExtensionPattern(tuple(letter_sets), "", is_broken=is_set_empty, has_empty_set=has_empty_set)


def expand_set(set_text: str) -> set[str]:
    """Return the letters of a set such as `15-8`; a dash at an end stands for itself."""
    letters: set[str] = set()
    position = 0
    while position < len(set_text):
        last_letter = set_text[position + 2] if position + 2 < len(set_text) and set_text[position + 1] == "-" else ""
        letters |= {
            chr(letter_code)
            for letter_code in range(ord(set_text[position]), ord(last_letter or set_text[position]) + 1)
        }
        position += 3 if last_letter else 1
    return letters


def is_match(name: str, number: str) -> bool:
    """Return whether the extension's name matches the whole number, whose dashes do not count."""
    return _is_match(compile_pattern(name), strip_dashes(number))


def _is_match(pattern: ExtensionPattern, digits: str) -> bool:
    if (
        pattern.is_broken
        or len(digits) < pattern.min_length
        or (not pattern.tail and len(digits) > len(pattern.letter_sets))
    ):
        return False
    return all(digit in letters for digit, letters in zip(digits, pattern.letter_sets, strict=False))


@lru_cache(maxsize=20_000)
def build_sort_key(name: str) -> SortKey:
    """Return the key by which Asterisk sorts the extensions of a context. It takes the first that matches."""
    if not name.startswith("_"):
        return 0, tuple((ord(letter), 0) for letter in strip_dashes(name))
    text = name[1:].encode("utf-8", "replace").decode("latin-1")
    scores: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        letter = text[position]
        position += 1
        if letter == "-":
            continue
        if letter == "[":
            set_end = text.find("]", position)
            if set_end < 0:
                scores.append((BROKEN_SCORE, 0))
                continue
            letters, set_text = expand_set(text[position:set_end]), text[position:set_end]
            position = set_end + 1
            if letters:
                lowest_code = min(ord(member) for member in set_text if member in letters)
                scores.append((len(letters) << 8 | lowest_code, -_build_mask(letters)))
        elif letter in ".!":
            scores.append((ANY_SCORE if letter == "." else EARLY_SCORE, 0))
        else:
            letters = set(DIGIT_CLASSES.get(letter.lower(), letter))
            scores.append((len(letters) << 8 | ord(min(letters)), -_build_mask(letters)))
    return 1, (*scores, (END_SCORE, 0))


def _build_mask(letters: set[str]) -> int:
    """Return the set as bits. Of two sets with an equal score, the one with the lower letters comes first."""
    return sum(1 << (255 - ord(letter)) for letter in letters)
