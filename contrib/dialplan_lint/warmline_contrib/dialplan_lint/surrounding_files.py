"""Facts outside the dialplan: queues, music, parking, scripts and sounds, from files or from Asterisk's console."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from warmline_contrib.dialplan_lint.dialplan import DialplanPlace
from warmline_contrib.dialplan_lint.dialplan_files import ConfigurationSection
from warmline_contrib.dialplan_lint.lint_finding import NOWHERE
from warmline_contrib.dialplan_lint.warmline_facts import WarmlineFacts

SHOWN_QUEUE = re.compile(r"^(\S+)\s+has \d+ calls", re.MULTILINE)
SHOWN_CLASS = re.compile(r"^Class: (.+)$", re.MULTILINE)
SHOWN_FOLDER = re.compile(r"^ *(AGI Scripts|Data) directory: +(\S.*)$", re.MULTILINE)
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

    `elsewhere`: further ones can be in a database (realtime). `agi` is Asterisk's folder of AGI scripts, `sounds` are
    the names of its sound files without language and format, and `warmline` is what Warmline's database has.
    """

    queues: dict[str, QueueFacts] | None = None
    music: set[str] | None = None
    parking: dict[str, ParkingFacts] | None = None
    elsewhere: bool = False
    agi: Path | None = None
    sounds: frozenset[str] | None = None
    warmline: WarmlineFacts | None = None
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


def folders_of(sections: Iterable[ConfigurationSection]) -> dict[str, Path]:
    """Return Asterisk's folders of AGI scripts and of data, by their keys in asterisk.conf."""
    return {
        line.key.lower(): Path(line.value.strip())
        for section in sections
        if section.name.lower() == "directories"
        for line in section.lines
    }


def folders_shown(output: str) -> dict[str, Path]:
    """Return the same from the output of `core show settings`."""
    keys = {"AGI Scripts": "astagidir", "Data": "astdatadir"}
    return {keys[name]: Path(folder.strip()) for name, folder in SHOWN_FOLDER.findall(output)}


def add_folders(facts: Surroundings, folders: dict[str, Path]) -> None:
    """Read Asterisk's folders of scripts and sounds, as far as they exist and this user can read them."""
    agi, data = folders.get("astagidir"), folders.get("astdatadir")
    if agi and os.access(agi, os.R_OK | os.X_OK, effective_ids=True):
        facts.agi = agi
        facts.read.append(str(agi))
    if data and os.access(sounds := data / "sounds", os.R_OK | os.X_OK, effective_ids=True):
        with suppress(OSError):
            facts.sounds = frozenset(_sound_names(sounds))
            facts.read.append(str(sounds))


def _sound_names(folder: Path) -> Iterator[str]:
    """Yield the names of sound files. The first folder, or one before the file, can be that of a language."""
    for file in folder.rglob("*"):
        if file.is_file():
            *folders, name = file.relative_to(folder).with_suffix("").parts
            yield "/".join((*folders, name))
            yield "/".join((*folders[1:], name))
            yield "/".join((*folders[:-1], name))
