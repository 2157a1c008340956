"""The search behind an unknown word: the commands, options and topics that are nearest to it.

Each entry of the index has words and a sentence. A typed word that is one of its words counts most, then a word of
other systems for one, a similar word, and a word of the sentence. No line is made up: what is named exists as it is.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from cli.help.topics import all_topics
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import Row, TreeGroup, rows_of, summary
from warmline.options.option_table import ENTITIES

MOST_FOUND = 3
MOST_SIMILAR = 6  # words that a misspelled one may mean
ALIKE = 0.8  # similarity of a misspelled word: 1 is equal
SAME, OTHER, SIMILAR, IN_SENTENCE = 8, 7, 5, 1  # what a word counts for an entry
OF_COMMAND = 2  # what a command counts more than an option or a topic with the same words
OF_OPTION = 4  # what the whole name of an option counts more than a word

# Words of other systems and of everyday speech, each with the words of commands that it stands for.
OTHER_WORDS = {
    "2fa": "second-factor",
    "add": "create",
    "apikey": "api-token",
    "barge": "supervise",
    "blacklist": "dnc",
    "block": "dnc",
    "carrier": "trunk",
    "cdr": "history audit",
    "change": "set",
    "channel": "call",
    "connect": "login",
    "contact": "lead",
    "customer": "lead",
    "dashboard": "live",
    "debug": "doctor",
    "destroy": "delete",
    "dialer": "dial",
    "dialler": "dial",
    "dispo": "disposition",
    "drop": "delete",
    "dump": "backup",
    "endpoint": "phone",
    "extension": "phone",
    "flush": "delete",
    "get": "show",
    "hopper": "dial",
    "hours": "call-time",
    "info": "show",
    "kill": "hangup",
    "log": "history audit",
    "logs": "audit doctor",
    "ls": "list",
    "modify": "set",
    "monitor": "listen live",
    "new": "create",
    "number": "did",
    "opening-hours": "call-time",
    "operator": "agent",
    "originate": "dial",
    "password": "user",
    "peer": "phone",
    "performance": "report",
    "pjsip": "phone",
    "purge": "delete sweep",
    "queue": "ingroup",
    "realtime": "live",
    "reboot": "serve",
    "reload": "serve",
    "remove": "delete",
    "rename": "copy",
    "restart": "serve",
    "ring-group": "ingroup",
    "rm": "delete",
    "schedule": "call-time",
    "search": "find",
    "shutdown": "serve",
    "sip": "phone",
    "skill": "ingroup",
    "start": "serve",
    "statistics": "report",
    "stats": "report",
    "status": "live doctor",
    "stop": "serve",
    "team": "user-group",
    "test": "doctor simulate",
    "transfer": "transfers",
    "truncate": "delete",
    "unhold": "grab",
    "update": "set",
    "upgrade": "migrate",
    "upload": "import",
    "view": "show",
    "wallboard": "live",
    "who": "agent status",
}


class Entry(NamedTuple):
    """Something that a word can name: a whole command line, its words, and its sentence."""

    line: str
    words: frozenset[str]
    sentence: str
    is_command: bool = True


@cache
def index() -> tuple[Entry, ...]:
    """Return all commands, options and topics."""
    return (*_commands(ROOT, ()), *_options(), *_topics())


def _commands(rows: Iterable[Row], path: tuple[str, ...]) -> Iterator[Entry]:
    for row in rows:
        words = (*path, row.name)
        yield Entry(f"warmline {' '.join(words)}", frozenset(_split(" ".join(words))), summary(row))
        if isinstance(row, TreeGroup):
            yield from _commands(rows_of(row), words)


def _options() -> Iterator[Entry]:
    for kind, entity in ENTITIES.items():
        for option in entity.options:
            words = frozenset((kind, option.name.replace("_", "-")))  # a part of its name is less than a word
            yield Entry(f"warmline {kind} describe {option.name}", words, option.meaning, is_command=False)


def _topics() -> Iterator[Entry]:
    for topic in all_topics():
        words = frozenset(_split(" ".join((topic.name, *topic.words))))
        yield Entry(f"warmline help {topic.name}", words, topic.text.partition(". ")[0].rstrip("."), is_command=False)


def search(words: Iterable[str]) -> list[Entry]:
    """Return the entries that are nearest to the typed words, the nearest first; none if no word is known."""
    known = frozenset(word for entry in index() for word in entry.words)
    whole = (word for text in words for word in text.lower().replace("_", "-").split())
    typed = list(
        dict.fromkeys(part for word in whole for part in ([word] if _is_known(word, known) else word.split("-")))
    )
    near = {word: _alike(word, known) for word in typed if not known & _forms(word)}
    scored = []
    for entry in index():
        score = sum(_score(word, entry, near.get(word, [])) for word in typed)
        if score:
            rest = len(entry.line.split())  # of two entries with the same words, the one with fewer others is nearer
            scored.append((-score - OF_COMMAND * entry.is_command, rest, entry.line, entry))
    return [entry for *_, entry in sorted(scored, key=lambda one: one[:3])[:MOST_FOUND]]


def _alike(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that a misspelled one may mean; exchanged letters count even in a short one."""
    exchanged = [one for one in known if sorted(one) == sorted(word)]
    return exchanged + get_close_matches(word, known, MOST_SIMILAR, ALIKE)


def _is_known(word: str, known: frozenset[str]) -> bool:
    return bool(_forms(word) & (known | OTHER_WORDS.keys()) or get_close_matches(word, known, 1, ALIKE))


def _score(word: str, entry: Entry, near: list[str]) -> int:
    forms = _forms(word)
    if entry.words & forms:
        return SAME + OF_OPTION * ("-" in word and not entry.is_command)
    if entry.words & {other for form in forms for other in OTHER_WORDS.get(form, "").split()}:
        return OTHER
    if entry.words & {*near}:
        return SIMILAR
    return IN_SENTENCE if word in f"{entry.line} {entry.sentence}".lower() else 0


def _split(text: str) -> list[str]:
    """Return the words of a text in both numbers: a name such as `call-time` is one word and its parts."""
    found = [name for word in text.lower().split() for name in (word, *re.findall(r"[a-z0-9]+", word))]
    return [form for name in found for form in _forms(name)]


def _forms(word: str) -> frozenset[str]:
    """Return a word and its singular."""
    return frozenset((word, word.removesuffix("s") if len(word) > 3 else word))


def told(found: Iterable[Entry]) -> str:
    """Return a line for each entry, with its sentence; each begins with a line break."""
    lines = [(entry.line, entry.sentence) for entry in found]
    width = max((len(line) for line, _ in lines), default=0)
    return "".join(f"\n  {line:{width}}  {sentence}" for line, sentence in lines)
