"""Text that a caller controls, and the variables that it comes into."""

import re

from warmline.core.rules.extension_pattern import compile_pattern
from warmline_contrib.dialplan_lint.application_data import is_fixed, split, targets
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority

HARMLESS = frozenset("0123456789*#+")
CALLERS = ("CALLERID", "CONNECTEDLINE", "REDIRECTING", "PJSIP_HEADER", "PJSIP_HEADERS", "SIP_HEADER", "DNID", "RDNIS")
PARTS = (
    "",
    "num",
    "name",
    "all",
    "ani",
    "dnid",
    "rdnis",
    "subaddr",
    "tag",
)  # of these functions; others are safe
PASSING = (
    "BASE64_DECODE", "CSV_QUOTE", "CUT", "EVAL", "GLOBAL", "IF", "IFTIME", "LISTFILTER", "LTRIM", "PASSTHRU", "POP",
    "QUOTE", "REPLACE", "RTRIM", "SET", "SHIFT", "SPRINTF", "STRBETWEEN", "STRREPLACE", "TOLOWER", "TOUPPER", "TRIM",
    "URIDECODE",
)  # fmt: skip
BY_NAME = (
    "CUT",
    "REPLACE",
    "STRREPLACE",
    "STRBETWEEN",
    "POP",
    "SHIFT",
    "LISTFILTER",
    "PASSTHRU",
)  # functions of a variable's name
INSIDE = re.compile(r"\$\{")
WORD = re.compile(r"([A-Za-z_]\w*)(\()?")
ROUNDS = 4  # subroutines in subroutines that are followed
DEEPEST = 20  # variables in variables

Scope = tuple[str, str]


class UntrustedText:
    """The variables with a caller's text, for each extension: those set there, and arguments of its subroutine."""

    def __init__(self, plan: Dialplan) -> None:
        self.plan = plan
        self.names: dict[Scope, set[str]] = {}
        for _ in range(ROUNDS):
            before = sum(map(len, self.names.values()))
            for extension in plan.extensions():
                self._follow(extension)
            if sum(map(len, self.names.values())) == before:
                break

    def within(self, extension: DialplanExtension, text: str) -> str:
        """Return the first variable in a text that has a caller's text without a filter; "" if there is none."""
        return _found(text, self._bad(extension), 0)

    def _bad(self, extension: DialplanExtension) -> set[str]:
        names = self.names.get((extension.context, extension.name), set())
        pattern = compile_pattern(extension.name)
        anything = pattern.tail or any(not letters <= HARMLESS for letters in pattern.letter_sets if len(letters) > 1)
        return names | ({"EXTEN"} if extension.is_pattern and anything else set())

    def _follow(self, extension: DialplanExtension) -> None:
        scope = (extension.context, extension.name)
        for priority in extension.in_order():
            if priority.application.lower() in ("set", "multiset"):
                name, _, value = priority.data.partition("=")
                name = name.strip().removeprefix("LOCAL(").removesuffix(")").lstrip("_")
                if name.isidentifier() and self.within(extension, value):
                    self.names.setdefault(scope, set()).add(name)
            self._enter(extension, priority)

    def _enter(self, extension: DialplanExtension, priority: DialplanPriority) -> None:
        """Give the arguments of a subroutine their names there."""
        for target in targets(priority.application, priority.data):
            bad = {f"ARG{at}" for at, one in enumerate(target.arguments, 1) if self.within(extension, one)}
            context = target.context or extension.context
            if bad and is_fixed(context) and is_fixed(target.extension or ""):
                for found in self.plan.candidates(context, target.extension or extension.name):
                    self.names.setdefault((found.context, found.name), set()).update(bad)


def _found(text: str, bad: set[str], depth: int) -> str:
    """Return the first bad variable of a text. Functions that do not pass their text on make another one."""
    at = 0
    while (begun := INSIDE.search(text, at)) and depth < DEEPEST:
        end = _end(text, begun.end())
        inside = text[begun.end() : end]
        at = end + 1
        word = WORD.match(inside)
        if word is None:
            found = _found(inside, bad, depth + 1)
        elif not word[2]:
            found = word[1] if word[1] in bad or word[1] in CALLERS else _found(inside, bad, depth + 1)
        elif word[1] in CALLERS:
            part = inside[word.end() :].split(")")[0]
            kind = part.split(",")[0].split("-")[0].strip().lower()
            found = f"{word[1]}({part})" if kind in PARTS or word[1].endswith(("HEADER", "HEADERS")) else ""
        elif word[1] in PASSING:
            first = inside[word.end() :].split(",")[0].split(")")[0].strip()
            found = first if word[1] in BY_NAME and first in bad else _found(inside, bad, depth + 1)
        else:
            found = ""  # a function that makes another text, such as LEN, FILTER or CURL
        if found:
            return found
    return ""


def _end(text: str, at: int) -> int:
    """Return the index of the brace that closes a variable; the end of the text if there is none."""
    depth = 1
    for index in range(at, len(text)):
        depth += (text[index] == "{") - (text[index] == "}")
        if depth == 0:
            return index
    return len(text)


def expressions(text: str) -> list[str]:
    """Return the outer `$[...]` of a text."""
    found, at = [], 0
    while (begun := text.find("$[", at)) >= 0:
        depth, end = 0, len(text)
        for index in range(begun + 1, len(text)):
            depth += (text[index] == "[") - (text[index] == "]")
            if depth == 0:
                end = index
                break
        found.append(text[begun + 2 : end])
        at = end + 1
    return found


def channels(data: str) -> str:
    """Return the channels of Dial: its first argument."""
    return split(data, ",")[0]
