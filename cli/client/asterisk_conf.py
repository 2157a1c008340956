"""Reads Asterisk's configuration files as Asterisk does: sections, templates, additions and included files."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

SECTION = re.compile(r"\[([^]]+)\]\s*(?:\(([^)]*)\))?")
INCLUDE = re.compile(r'#(?:try)?include\s+["<]?([^">]+?)[">]?\s*$')
BLOCK = re.compile(r";--(?!-).*?--;", re.DOTALL)
COMMENT = re.compile(r"(?<!\\);.*")
DEEPEST = 10  # levels of included files


class Section:
    """One `[name]`: its lines as key and value, its templates' lines first."""

    def __init__(self, name: str, *, template: bool = False) -> None:
        self.name = name
        self.template = template
        self.lines: list[tuple[str, str]] = []

    def value(self, key: str) -> str | None:
        """Return the value of the last line with that key."""
        return next((value for name, value in reversed(self.lines) if name.lower() == key), None)


class Conf:
    """A file with all files that it includes, as Asterisk will read it at its next start."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.includes: list[str] = []

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
    return parse(folder, _text(folder / name))


def parse(folder: Path, text: str) -> Conf:
    """Return the configuration in `text`, as if it were a file in that folder."""
    conf = Conf()
    _take(conf, text, folder, 0)
    return conf


def _text(path: Path) -> str:
    return path.read_text(errors="surrogateescape")


def _take(conf: Conf, text: str, folder: Path, depth: int) -> None:
    current: Section | None = None
    for line in _lines(text):
        if found := INCLUDE.match(line):
            conf.includes.append(found[1])
            current = conf.sections[-1] if _include(conf, folder, found[1], depth) else current
        elif found := SECTION.match(line):
            current = _section(conf, found[1], (found[2] or "").split(","))
        elif current is not None and "=" in line:
            key, _, value = line.partition("=")
            current.lines.append((key.strip(), value.removeprefix(">").strip()))


def _include(conf: Conf, folder: Path, name: str, depth: int) -> bool:
    """Read an included file, or all files that match a pattern; return whether they began a section."""
    before = len(conf.sections)
    for path in sorted(folder.glob(name)) if not Path(name).is_absolute() else [Path(name)]:
        if depth < DEEPEST and path.is_file():
            _take(conf, _text(path), folder, depth + 1)
    return len(conf.sections) > before


def _section(conf: Conf, name: str, words: Sequence[str]) -> Section:
    words = [word.strip() for word in words]
    if any(word.startswith("+") for word in words):
        wanted = next(word[1:] for word in words if word.startswith("+"))
        if found := next((one for one in conf.sections if one.name == name and _has(one, wanted)), None):
            return found
    made = Section(name, template="!" in words)
    for word in words:
        parents = [one for one in conf.sections if one.name == word]
        made.lines += parents[0].lines if parents else []
    conf.sections.append(made)
    return made


def _has(section: Section, wanted: str) -> bool:
    """Return whether an addition such as `(+type=endpoint)` means this section."""
    key, _, value = wanted.partition("=")
    return not wanted or section.value(key) == value


def _lines(text: str) -> Iterator[str]:
    for line in BLOCK.sub("", text).splitlines():
        if plain := COMMENT.sub("", line).strip():
            yield plain
