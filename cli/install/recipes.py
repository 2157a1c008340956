"""The recipes of the cookbook: parts of a dialplan, and AGI scripts, each with a header of comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.output.invalid_argument import InvalidArgument, with_nearest
from warmline.system.program_files import RECIPES

PREFIX = "cookbook-"  # of a recipe's context, and of its files in Asterisk's folders
TITLE = re.compile(r"Recipe ([a-z0-9-]+): (.+)")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe. `about` is its sentence; `before` and `trial` are the lines of its header about setting up and trying.

    `hooks` are contexts of Warmline that lead calls to it: `warmline-after` leads to its extension `after`. `dialplan`
    and `script` are its files, None if it has no such file.
    """

    name: str
    about: str
    before: tuple[str, ...]
    trial: tuple[str, ...]
    hooks: tuple[str, ...]
    dialplan: Path | None
    script: Path | None

    @property
    def context(self) -> str:
        """Return the context that calls enter at the extension s."""
        return PREFIX + self.name


def names() -> list[str]:
    """Return the names of all recipes."""
    return sorted({path.stem for path in RECIPES.iterdir() if path.is_file()})


def find(name: str) -> Recipe:
    """Return a recipe. Raises InvalidArgument with the nearest name."""
    if name not in names():
        raise with_nearest(
            InvalidArgument(
                "recipe_unknown", "the recipe {name!r} does not exist; list them: warmline install --recipes", name=name
            ),
            name,
            names(),
        )
    dialplan, script = RECIPES / f"{name}.conf", RECIPES / name
    files = [path for path in (dialplan, script) if path.is_file()]
    about, parts = header(files[0].read_text())
    return Recipe(
        name,
        about,
        tuple(parts.get("Before", ())),
        tuple(parts.get("Try", ())),
        tuple(line.strip("[]") for line in parts.get("Hooks", ())),
        *(path if path in files else None for path in (dialplan, script)),
    )


def header(text: str) -> tuple[str, dict[str, list[str]]]:
    """Return the sentence of a recipe's file, and the items below each heading, such as `Before:`."""
    about, parts, heading = "", dict[str, list[str]](), ""
    for line in comments(text):
        if found := TITLE.fullmatch(line):
            about = found[2]
        elif line.startswith("- ") and heading:
            parts[heading].append(line[2:])
        elif line.startswith("  ") and parts.get(heading):
            parts[heading][-1] += f" {line.strip()}"
        elif line.endswith(":"):
            heading = line[:-1]
            parts[heading] = []
        elif line and not heading:
            about += f" {line}"
    return about, parts


def comments(text: str) -> Iterator[str]:
    """Yield the comment lines at the beginning of a file, without the sign of the comment."""
    for line in text.splitlines():
        if not line.startswith((";", "#")):
            return
        if not line.startswith("#!"):
            yield line[1:].removeprefix(" ").rstrip()
