"""Reads a dialplan and the files around it: from Asterisk's folder, from a text, or from a running Asterisk."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from cli.client import ari_console, asterisk_conf
from cli.client.asterisk_conf import Conf
from cli.output.invalid_argument import InvalidArgument
from warmline.centre.app_answer import AppAway
from warmline.system.settings import Settings
from warmline_contrib.dialplan_lint import surrounding_files
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanPlace, UnreadLine
from warmline_contrib.dialplan_lint.dialplan_files import ConfigurationLine, ConfigurationSection, from_sections
from warmline_contrib.dialplan_lint.dialplan_output import from_output, is_output
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

T = TypeVar("T")

CODES = {
    "missing": "file_missing",
    "circle": "include_circle",
    "skipped": "file_not_read",
    "rejected": "file_rejected",
    "ignored": "line_ignored",
}
WHY = {
    "missing": " does not exist or cannot be read",
    "circle": " includes itself",
    "skipped": " was not read",
}
OTHER_SOURCES = ("extensions.ael", "extensions.lua")
LARGEST = 50_000_000  # bytes
NO_COMMAND = re.compile(r"\ANo such command")


def from_text(text: str, file: str, etc: Path) -> Dialplan:
    """Return the dialplan in a text: the output of `dialplan show`, or extensions.conf with the files it includes."""
    if is_output(text):
        plan = from_output(text)
        plan.files = [file]
        return plan
    conf = asterisk_conf.parse(etc, text, file)
    plan = from_sections(sections(conf))
    plan.files = list(dict.fromkeys(conf.files))
    plan.other_sources = any((etc / name).is_file() for name in OTHER_SOURCES)
    plan.unread += [
        UnreadLine(CODES[fault.kind], fault.name + WHY.get(fault.kind, ""), DialplanPlace(*fault.place))
        for fault in conf.faults
    ]
    return plan


def from_file(file: Path, etc: Path) -> Dialplan:
    """Return the dialplan of a file. Raises InvalidArgument if the file cannot be read."""
    try:
        with file.open("rb") as stream:
            return from_stream(stream, str(file), etc)
    except OSError as error:
        raise InvalidArgument(
            "dialplan_unreadable", "{file} cannot be read: {why}", file=file, why=error.strerror or error
        ) from None


def from_stream(stream: BinaryIO, file: str, etc: Path) -> Dialplan:
    """Return the dialplan in a stream. Raises InvalidArgument if it is too large, OSError."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InvalidArgument(
            "dialplan_too_large", "{file} has more than {most} bytes, so it is no dialplan", file=file, most=LARGEST
        )
    return from_text(data.decode(errors="surrogateescape").replace("\r\n", "\n"), file, etc)


def from_asterisk(settings: Settings) -> tuple[Dialplan, Surroundings]:
    """Return the loaded dialplan, queues and music of the running Asterisk. Raises AppAway."""
    plan = from_output(ari_console.console(settings, "dialplan show"))
    plan.files = ["dialplan show"]
    facts = Surroundings()
    facts.queues = _asked(settings, facts, "queue show", surrounding_files.queues_shown)
    facts.music = _asked(settings, facts, "moh show classes", surrounding_files.music_shown)
    if folders := _asked(settings, facts, "core show settings", surrounding_files.folders_shown):
        surrounding_files.add_folders(facts, folders)
    return plan, facts


def _asked(settings: Settings, facts: Surroundings, command: str, read: Callable[[str], T]) -> T | None:
    """Return what `read` finds in the answer of the console; None if Asterisk does not know the command."""
    try:
        said = ari_console.console(settings, command)
    except AppAway:
        return None
    if NO_COMMAND.match(said):
        return None
    facts.read.append(command)
    return read(said)


def around(etc: Path) -> Surroundings:
    """Return the queues, music, parking lots, scripts and sounds that Asterisk's folder leads to; None if missing."""
    facts = Surroundings()
    found: dict[str, Conf] = {}
    for name in ("queues.conf", "musiconhold.conf", "res_parking.conf", "extconfig.conf", "asterisk.conf"):
        try:
            found[name] = asterisk_conf.read(etc, name)
        except OSError:
            continue
        facts.read.append(str(etc / name))
    if conf := found.get("queues.conf"):
        facts.queues = surrounding_files.queues_of(sections(conf))
    if conf := found.get("musiconhold.conf"):
        facts.music = surrounding_files.music_of(sections(conf))
    if conf := found.get("res_parking.conf"):
        facts.parking = surrounding_files.parking_of(sections(conf))
    if conf := found.get("extconfig.conf"):
        facts.elsewhere = any(section.lines for section in conf.sections)
    if conf := found.get("asterisk.conf"):
        surrounding_files.add_folders(facts, surrounding_files.folders_of(sections(conf)))
    return facts


def sections(conf: Conf) -> list[ConfigurationSection]:
    """Return the sections of a file without its templates, with the place of each line."""
    return [
        ConfigurationSection(
            one.name,
            DialplanPlace(*one.place),
            [
                ConfigurationLine(key, value.replace("\\;", ";"), DialplanPlace(*place))
                for (key, value), place in zip(one.lines, one.places, strict=True)
            ],
        )
        for one in conf.sections
        if not one.template
    ]
