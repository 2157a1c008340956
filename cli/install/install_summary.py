"""A plan in one line: how many files are created, and how many lines are added to the administrator's files."""

from collections.abc import Sequence
from pathlib import Path

from cli.install.file_changes import ACCOUNT, FILE, FOLDER, LINES, LINK, SECRETS, FileChange

UNIT = (".service", ".socket", ".target")


def summary(changes: Sequence[FileChange]) -> str:
    """Return a text such as `5 folders, 6 links, 2 units, 1 file; 17 lines in http.conf, ari.conf, extensions.conf`."""
    files = [one.path for one in changes if one.kind == FILE]
    units = [path for path in files if path.endswith(UNIT)]
    counts = {
        "folder": sum(one.kind == FOLDER for one in changes),
        "link": sum(one.kind == LINK for one in changes),
        "unit": len(units),
        "file": len(files) - len(units),
        "user": sum(one.kind == ACCOUNT for one in changes),
    }
    parts = [", ".join(_many(number, word) for word, number in counts.items() if number)]
    parts += [f"secrets out of {Path(one.path).name}" for one in changes if one.kind == SECRETS]
    if added := [one for one in changes if one.kind == LINES]:
        number = sum(len(one.text.strip().splitlines()) for one in added)
        parts.append(f"{_many(number, 'line')} in {', '.join(Path(one.path).name for one in added)}")
    return "; ".join(filter(None, parts))


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
