"""The files of each feature by layer, found by names and imports: docs/contributing/features.md shows them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[3]
# Each feature with the words that its files carry. The second expression takes out names that mean something else.
FEATURES: Mapping[str, tuple[str, str]] = {
    "Leave": ("leave handoff", "leave (vm|phone|queues|line)|(spool|login) leave"),
    "Hold": ("hold", "hold time|lock hold"),
    "Recording": ("recording recordings", ""),
    "Parking": ("park parks parked parking", ""),
    "Callbacks": ("callback callbacks", ""),
    "Transfer": ("transfer transfers consulting third closer closers", "(migration_steps|dial_rules) third"),
    "Adoption": ("adopt adopted adoption", ""),
    "Dialling": ("dial dialler diallers dialling pacing", ""),
}


class Layer(NamedTuple):
    """A row of the tables: where its files are, and which of them."""

    name: str
    folder: str
    files: str  # a pattern below the folder
    but: tuple[str, ...] = ()  # other layers and other projects
    shows_names: bool = True  # of functions and classes

    def short(self, path: Path) -> str:
        """Return the path as the row shows it, below the folder."""
        return path.relative_to(PROJECT / self.folder).as_posix()


CORE = Layer("core", "warmline/core", "**/*.py")
DOCS = Layer("docs", "docs", "**/*.md", ("contributing", "explanation/benchmarks.md"))
LAYERS = (
    CORE,
    Layer("store", "warmline/store", "**/*.py"),
    Layer("shared", "warmline", "**/*.py", ("core", "store")),
    Layer("app", "ari_app", "**/*.py"),
    Layer("cli", "cli", "**/*.py"),
    Layer("workspace", "workspace", "**/*.js", ("vendor",)),
    Layer("tests", "tests", "**/test_*.py", shows_names=False),
)
RECORDS = ("messages", "model", "world")  # folders of the core that hold records, and call nothing

DEFINED = re.compile(r"^(?:async def|def|class|export (?:async )?function|export const) ([A-Za-z]\w*)", re.MULTILINE)
HEADING = re.compile(r"^##? (.+)$", re.MULTILINE)
# An import from a module, also in brackets or inside a function; a parser takes fifteen times as long.
IMPORTED = re.compile(r"^ *from ([a-z][\w.]*) import (?:\(([^)]*)\)|(.+))", re.MULTILINE)


def feature_rows(feature: str) -> list[tuple[str, str]]:
    """Return the rows of a feature: a layer, and its files in Markdown. A layer without a file is left out."""
    words, but = words_of(feature), FEATURES[feature][1]
    found = [(f"{layer.name}, `{layer.folder}`", _files(layer, words, but)) for layer in LAYERS]
    found.insert(1, ("calls it, in the core", ", ".join(f"`{CORE.short(path)}`" for path in _callers(words))))
    found.append((f"{DOCS.name}, `{DOCS.folder}`", _pages(words)))
    return [(layer, files) for layer, files in found if files]


def words_of(feature: str) -> list[str]:
    """Return the words that the files of a feature carry."""
    return FEATURES[feature][0].split()


def _files(layer: Layer, words: list[str], but: str) -> str:
    """Return the files of a layer that carry a word; a file that is named otherwise is shown with the names in it."""
    told = []
    for path in _paths(layer):
        if _all_words(path).isdisjoint(words):
            continue
        stem = path.stem
        named = [name for name in _names(path) if is_about(name, words, but, stem)]
        if is_about(stem, words):
            told.append(f"`{layer.short(path)}`")
        elif named and layer.shows_names:
            told.append(f"`{layer.short(path)}` ({', '.join(f'`{name}`' for name in named)})")
    return ", ".join(told)


def _callers(words: list[str]) -> Iterator[Path]:
    """Yield the files of the core that import one which is named for the feature. Records do not count."""
    acting = [path for path in _paths(CORE) if path.relative_to(PROJECT / CORE.folder).parts[0] not in RECORDS]
    own = {path for path in acting if is_about(path.stem, words)}
    yield from (path for path in acting if path not in own and own & imported(path))


def _pages(words: list[str]) -> str:
    """Return links to the pages of which the name or a heading carries a word."""
    told = []
    for path in _paths(DOCS):
        headings = HEADING.findall(path.read_text())
        if is_about(path.stem, words) or any(is_about(heading, words) for heading in headings):
            told.append(f"[`{DOCS.short(path)}`](../{DOCS.short(path)})")
    return ", ".join(told)


def is_about(name: str, words: list[str], but: str = "", of: str = "") -> bool:
    """Return whether a name has one of the words: `ParkCustomer`, `park_customer` and "Park a customer" have `park`."""
    text, own = _words(name)
    return not own.isdisjoint(words) and not (but and re.search(but, f"{of} {text}"))


@cache
def _words(name: str) -> tuple[str, frozenset[str]]:
    """Return the words of a name as a text, and each of them."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+", " ", name).lower()
    return text, frozenset(text.split())


@cache
def _paths(layer: Layer) -> tuple[Path, ...]:
    """Return the files of a layer, in the order of their paths."""
    found = sorted((PROJECT / layer.folder).glob(layer.files))
    others = [PROJECT / layer.folder / folder for folder in layer.but]
    return tuple(path for path in found if not any(path.is_relative_to(other) for other in others))


@cache
def _names(path: Path) -> tuple[str, ...]:
    return tuple(DEFINED.findall(path.read_text()))


@cache
def _all_words(path: Path) -> frozenset[str]:
    """Return the words of a file's name, and of the names in it."""
    return frozenset(word for name in (path.stem, *_names(path)) for word in _words(name)[1])


@cache
def imported(path: Path) -> frozenset[Path]:
    """Return the modules of the project that a file imports."""
    found = set()
    for module, within_brackets, in_line in IMPORTED.findall(path.read_text()):
        names = re.findall(r"\w+", re.sub(r"#.*| as \w+", "", within_brackets or in_line))
        found |= {module, *(f"{module}.{name}" for name in names)}
    return frozenset((PROJECT / name.replace(".", "/")).with_suffix(".py") for name in found)
