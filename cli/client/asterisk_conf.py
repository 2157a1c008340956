"""Reads Asterisk's configuration files as Asterisk does: sections, templates, additions and included files."""

import re
from collections.abc import Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import NamedTuple

SECTION = re.compile(r"\[([^]]+)\]\s*(?:\(([^)]*)\))?")
INCLUDE = re.compile(r'#(try)?include\s+["<]?([^">]+?)[">]?\s*$')
EXEC = re.compile(r"#exec\b")
COMMENT = re.compile(r"(?<!\\);.*")
DEEPEST = 10  # levels of included files
MOST_FILES = 1000
OPEN_COMMENT = ";--"
SHOWN = 80  # characters of a line in a fault


class ConfPlace(NamedTuple):
    """A line of a file."""

    file: str
    line: int


class ConfFault(NamedTuple):
    """A line that was not read: its kind, and a file's name or a sentence.

    `missing`, `circle` and `skipped` are about a file. Asterisk stops reading the file at a `rejected` line. It skips
    an `ignored` line.
    """

    kind: str
    name: str
    place: ConfPlace


class Section:
    """One `[name]`: its lines as key and value, its templates' lines first, and the place of each line."""

    def __init__(self, name: str, place: ConfPlace, *, template: bool = False) -> None:
        self.name = name
        self.place = place
        self.template = template
        self.lines: list[tuple[str, str]] = []
        self.places: list[ConfPlace] = []

    def value(self, key: str) -> str | None:
        """Return the value of the last line with that key."""
        return next((value for name, value in reversed(self.lines) if name.lower() == key), None)


class Conf:
    """A file with all files that it includes, as Asterisk will read it at its next start."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.includes: list[str] = []
        self.files: list[str] = []
        self.faults: list[ConfFault] = []

    def has(self, file: Path, folder: Path) -> bool:
        """Return whether that file is included under any name; relative names begin in `folder`."""
        return any((folder / name).resolve() == file for name in self.includes)

    def named(self, name: str) -> list[Section]:
        """Return the sections of that name, without templates."""
        return [section for section in self.sections if section.name == name and not section.template]

    def value(self, section: str, key: str) -> str | None:
        """Return the value of the last line with that key in the sections of that name."""
        found = [value for one in self.named(section) if (value := one.value(key)) is not None]
        return found[-1] if found else None

    def on(self, section: str, key: str) -> bool:
        """Return whether a switch is on; Asterisk accepts several words for yes."""
        return (self.value(section, key) or "").lower() in ("yes", "true", "y", "t", "1", "on")


def read(folder: Path, name: str) -> Conf:
    """Return the file of that name in Asterisk's folder. Included files may be missing.

    Raises OSError if the file cannot be read.
    """
    return parse(folder, _text(folder / name), str(folder / name))


def parse(folder: Path, text: str, file: str = "") -> Conf:
    """Return the configuration in `text`, as if it were a file in that folder."""
    conf = Conf()
    _take(conf, text, folder, (file,))
    return conf


def _text(path: Path) -> str:
    return path.read_text(errors="surrogateescape")


def _take(conf: Conf, text: str, folder: Path, files: tuple[str, ...]) -> None:
    """Read a text. `files` is the file of the text, after the files that include it.

    Its first lines belong to the latest section of all files. After an included file, the lines belong to the section
    above the #include again.
    """
    current = conf.sections[-1] if conf.sections else None
    conf.files.append(files[-1])
    for number, line in _lines(text):
        place = ConfPlace(files[-1], number)
        if found := INCLUDE.match(line):
            conf.includes.append(found[2])
            _include(conf, folder, found[2], files, None if found[1] else place)
        elif EXEC.match(line):
            conf.faults.append(ConfFault("skipped", line, place))
        elif found := SECTION.match(line):
            current = _section(conf, found[1], (found[2] or "").split(","), place)
            if line[found.end() :].startswith("("):
                conf.faults.append(ConfFault("rejected", f"{line[:SHOWN]} has no )", place))
        elif line.startswith("[") and "]" not in line:
            conf.faults.append(ConfFault("rejected", f"{line[:SHOWN]} has no ]", place))
        elif line == OPEN_COMMENT:
            conf.faults.append(ConfFault("ignored", "the comment that begins here with ;-- has no --;", place))
        elif "=" not in line or line.startswith("#"):
            what = "is no directive" if line.startswith("#") else "has no ="
            conf.faults.append(ConfFault("ignored", f"`{line[:SHOWN]}` {what}", place))
        elif current is None:
            conf.faults.append(ConfFault("rejected", f"`{line[:SHOWN]}` comes before the first section", place))
        else:
            key, _, value = line.partition("=")
            current.lines.append((key.strip(), value.removeprefix(">").strip()))
            current.places.append(place)


def _include(conf: Conf, folder: Path, name: str, files: tuple[str, ...], place: ConfPlace | None) -> None:
    """Read an included file, or all files that match a pattern.

    `place` is the line of the include, None if the file may be missing.
    """
    taken = False
    for path in _named_files(folder, name):
        taken = True
        if str(path) in files:
            conf.faults += [ConfFault("circle", name, place)] if place else []
        elif len(files) > DEEPEST or len(conf.files) >= MOST_FILES:
            conf.faults += [ConfFault("skipped", name, place)] if place else []
        else:
            try:
                text = _text(path)
            except OSError:
                taken = False
                continue
            _take(conf, text, folder, (*files, str(path)))
    if not taken and place:
        conf.faults.append(ConfFault("missing", name, place))


def _named_files(folder: Path, name: str) -> list[Path]:
    """Return the files with a name, which may be a pattern; relative names begin in `folder`."""
    if "\0" in name:
        return []
    paths = (folder / one for one in sorted(glob(name, root_dir=folder)))  # noqa: PTH207 - Path.glob takes no absolute name
    return [path for path in paths if _is_file(path)]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that must not be searched
        return False


def _section(conf: Conf, name: str, words: Sequence[str], place: ConfPlace) -> Section:
    words = [word.strip() for word in words]
    if any(word.startswith("+") for word in words):
        wanted = next(word[1:] for word in words if word.startswith("+"))
        if found := next((one for one in conf.sections if one.name == name and _has(one, wanted)), None):
            return found
        conf.faults.append(ConfFault("rejected", f"no [{name}] is above, to which (+{wanted}) could add", place))
    made = Section(name, place, template="!" in words)
    for word in words:
        parents = [one for one in conf.sections if one.name == word]
        made.lines += parents[0].lines if parents else []
        made.places += parents[0].places if parents else []
        if not parents and word and word[0] not in "!+":
            conf.faults.append(ConfFault("rejected", f"no template [{word}] is above [{name}]", place))
    conf.sections.append(made)
    return made


def _has(section: Section, wanted: str) -> bool:
    """Return whether an addition such as `(+type=endpoint)` means this section."""
    key, _, value = wanted.partition("=")
    return not wanted or section.value(key) == value


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines with something besides comments, each with its number. `;--` begins a comment up to `--;`.

    After a comment without an end, the last line is OPEN_COMMENT with the number of its begin.
    """
    depth = opened = 0
    for number, line in enumerate(text.split("\n"), 1):
        kept, begun = "", 0
        at = line.find(";")
        while at >= 0:
            if depth and line[max(begun, at - 2) : at] == "--":
                depth -= 1
                begun = at + 1
            elif line.startswith(";--", at) and not line.startswith(";---", at) and line[at - 1 : at] != "\\":
                kept += "" if depth else line[begun:at]
                depth += 1
                opened = number if depth == 1 else opened
            elif not depth and line[at - 1 : at] != "\\":
                line = line[:at]
            at = line.find(";", at + 1)
        if plain := (kept if depth else kept + line[begun:]).strip():
            yield number, plain
    if depth:
        yield opened, OPEN_COMMENT
