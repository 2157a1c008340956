"""Types the lines of a page, and compares what they print with what the page shows."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from tests.docs.commands_not_run import NOT_RUN, RUN_BY_OTHER_TESTS
from tests.docs.page_blocks import CommandLine, commands_of
from tests.lab.page_terminal import PageTerminal

Action = Callable[[], Awaitable[None]]

FAILS = re.compile("^(warmline: |✗ |! |rejected )", re.MULTILINE)  # errors, findings of doctor, lines of a file
GIVEN = re.compile(r"\b01[0-9A-Z]{10,24}\b|(?<=revision )\d+|(?<=config undo )\d+")  # ids and revisions
UNFINISHED = " - under way"  # a command adds it if its result takes long
VARYING = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|[\w.:-]*\d[\w.:-]*")  # numbers, times, ids


@dataclass(frozen=True)
class Script:
    """The part of a page that is not printed on it.

    `before` has an action before the first line that begins so. `instead` has an action in place of a line of
    `NOT_RUN`. `places` has this lab's text for a path or a value of the page.
    """

    before: Mapping[str, Action] = field(default_factory=dict)
    instead: Mapping[str, Action] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


async def type_page(page: str, terminal: PageTerminal, script: Script) -> list[str]:
    """Type every line of the page, in its order. Returns what is wrong with lines, as text.

    A line must fail if the page shows that it fails, and must succeed otherwise. An output of one line, and an error,
    must have the page's words.
    """
    before, instead, wrong = dict(script.before), dict(script.instead), list[str]()
    given: dict[str, str] = {}  # the ids and revisions that a line printed, by those that the page shows
    for line in commands_of(page):
        for start in [start for start in before if line.text.startswith(start)]:
            await before.pop(start)()
        if line.text in NOT_RUN:
            if line.text in instead:
                await instead.pop(line.text)()
        elif line.text not in RUN_BY_OTHER_TESTS.get(page, ()):
            text = GIVEN.sub(partial(_given, given), replaced(line.text, script.places))
            code, printed = await terminal.run(text)
            wrong += differences(line, code, printed, script.places)
            given |= zip(GIVEN.findall(line.shown), GIVEN.findall(printed), strict=False)
    return wrong + [f"{page} has no line {start}" for start in [*before, *instead]]


def _given(given: Mapping[str, str], found: re.Match[str]) -> str:
    return given.get(found[0], found[0])


def differences(line: CommandLine, code: int, printed: str, places: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the exit code and the output of a line, as text; [] if nothing is."""
    story, shown = f"{line}\nended with {code}: {printed}", line.shown.strip()
    fails = FAILS.search(shown) or "config diff" in line.text
    if bool(code) != bool(fails) or "Traceback" in printed or printed.startswith("ERROR: "):
        return [story]
    shown = replaced(shown, places)
    compared = shown.startswith("warmline: ") or (shown and "\n" not in shown and "…" not in shown)
    return [f"{story}the page shows: {shown}"] if compared and words(printed) != words(shown) else []


def replaced(text: str, places: Mapping[str, str]) -> str:
    """Return a text with this lab's paths and values."""
    for place, here in places.items():
        text = text.replace(place, here)
    return text


def words(text: str) -> str:
    """Return a text without line breaks, with # for each word that differs from day to day."""
    return VARYING.sub("#", " ".join(text.split()).removesuffix(UNFINISHED))
