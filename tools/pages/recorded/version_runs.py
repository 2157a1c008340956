"""The recorded runs: with which versions of Asterisk and Python the tests of calls have passed."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("versions.json")
SCRIPTS_FILE = FILE.with_name("script_versions.json")  # the tests of scripts alone


def runs(file: Path = FILE) -> list[dict[str, Any]]:
    """Return each run of a file as it was recorded."""
    found: list[dict[str, Any]] = json.loads(file.read_text())
    return found


def tried(what: str) -> list[tuple[int, ...]]:
    """Return the versions of `asterisk` or `python` with which all tests have passed, as major and minor, in order."""
    return sorted({tuple(map(int, run[what].split(".")[:2])) for run in runs() if not run["failed"]})


def requirements() -> str:
    """Return a sentence with the versions of both."""
    asterisks, pythons = ([".".join(map(str, version)) for version in tried(what)] for what in ("asterisk", "python"))
    *others, last = asterisks
    return f"Warmline runs with Asterisk {', '.join(others)} and {last}, and with Python {pythons[0]} to {pythons[-1]}."
