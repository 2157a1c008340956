"""Facts outside the dialplan: queues, classes of music and parking lots, from files or from Asterisk's console."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from warmline_contrib.dialplan_lint.dialplan import DialplanPlace
from warmline_contrib.dialplan_lint.dialplan_files import ConfigurationSection
from warmline_contrib.dialplan_lint.lint_finding import NOWHERE

SHOWN_QUEUE = re.compile(r"^(\S+)\s+has \d+ calls", re.MULTILINE)
SHOWN_CLASS = re.compile(r"^Class: (.+)$", re.MULTILINE)
NO_MEMBERS = re.compile(r"^ {3}No Members", re.MULTILINE)


class QueueFacts(NamedTuple):
    """A queue: whether it has members, and its class of music ("" for none)."""

    members: bool
    music: str = ""
    place: DialplanPlace = NOWHERE


class ParkingFacts(NamedTuple):
    """A parking lot; `context` is "" if the file names none."""

    context: str
    place: DialplanPlace = NOWHERE


@dataclass
class Surroundings:
    """Queues, classes of music and parking lots by name; None if they were not read.

    `elsewhere`: further ones can be in a database (realtime).
    """

    queues: dict[str, QueueFacts] | None = None
    music: set[str] | None = None
    parking: dict[str, ParkingFacts] | None = None
    elsewhere: bool = False
    read: list[str] = field(default_factory=list)


def queues_of(sections: Iterable[ConfigurationSection]) -> dict[str, QueueFacts]:
    """Return the queues of queues.conf."""
    found = {}
    for section in sections:
        if section.name.lower() != "general":
            keys = {line.key.lower(): line.value for line in section.lines}
            music = keys.get("musicclass", keys.get("musiconhold", "")).strip()
            found[section.name] = QueueFacts("member" in keys, music, section.place)
    return found


def music_of(sections: Iterable[ConfigurationSection]) -> set[str]:
    """Return the classes of musiconhold.conf; `default` is Asterisk's own."""
    return {section.name for section in sections if section.name.lower() != "general"} | {"default"}


def parking_of(sections: Iterable[ConfigurationSection]) -> dict[str, ParkingFacts]:
    """Return the lots of res_parking.conf. Asterisk makes the lot `default` itself."""
    found = {"default": ParkingFacts("parkedcalls")}
    for section in sections:
        if section.name.lower() != "general":
            keys = {line.key.lower(): line.value.strip() for line in section.lines}
            found[section.name] = ParkingFacts(keys.get("context", ""), section.place)
    return found


def queues_shown(output: str) -> dict[str, QueueFacts]:
    """Return the queues in the output of `queue show`."""
    begun = list(SHOWN_QUEUE.finditer(output))
    ends = [one.start() for one in begun[1:]] + [len(output)]
    return {
        one[1]: QueueFacts(NO_MEMBERS.search(output, one.end(), end) is None)
        for one, end in zip(begun, ends, strict=False)
    }


def music_shown(output: str) -> set[str]:
    """Return the classes in the output of `moh show classes`."""
    return {name.strip() for name in SHOWN_CLASS.findall(output)}
