"""Writes the table by which the core finds the packages of contrib, from contrib/NAME/package.toml of each."""

import json
import tomllib
from collections import defaultdict
from typing import Any

from tools.pages.marked_text import PROJECT

FILE = PROJECT / "warmline/system/contrib_table.py"
# What a package can add, and how the core uses it. All but commands are `module:attribute`.
KINDS = {
    "commands": "a row of cli.tree: `group` is the command above it, `heading` a part of `warmline --help`",
    "config_applied": "a function of (folder, number of the revision), called after `warmline config apply`",
    "routes": "a function of (JsonApi, ApiLogin, CommandTickets) that returns aiohttp's routes outside of /api/v1",
    "api": "an AddedApi: routes of the JSON API, with scope and bound, and the names of their shapes",
    "doctor_checks": "a tuple of Check",
    "app_tasks": "a function of (Settings, functions for World and connected servers) that returns coroutines",
    "new_script_files": "a function of (name, texts by file name) that returns the texts of `own-script new`",
}
HEAD = '''\
"""What the packages of contrib add. `make generate` writes this file from contrib/NAME/package.toml of each.

A command is a row of `cli.tree`; of the other kinds there is `module:attribute`. A core without contrib has no rows.
"""
# ruff: noqa: E501 - a help text is one line

from typing import Any

'''


def filled(_text: str) -> str:
    """Return the module: a tuple for each kind of addition. Raises ValueError for a kind that does not exist."""
    additions: dict[str, list[Any]] = defaultdict(list)
    for file in sorted(PROJECT.glob("contrib/*/package.toml")):
        for kind, rows in tomllib.loads(file.read_text()).items():
            if kind not in KINDS:
                raise ValueError(f"{file}: {kind} is no kind of addition; allowed: {', '.join(KINDS)}")
            additions[kind] += rows
    return HEAD + "".join(_constant(kind, additions[kind]) for kind in KINDS)


def _constant(kind: str, rows: list[Any]) -> str:
    """Return the assignment of a kind, a line for each value."""
    start = f"{kind.upper()}: tuple[{'dict[str, Any]' if kind == 'commands' else 'str'}, ...] = ("
    if not rows:
        return f"{start})\n"
    return f"{start}\n" + "".join(map(_item, rows)) + ")\n"


def _item(row: dict[str, Any] | str) -> str:
    if isinstance(row, str):
        return f"    {json.dumps(row)},\n"
    lines = (f"        {json.dumps(name)}: {_literal(value)},\n" for name, value in row.items())
    return "    {\n" + "".join(lines) + "    },\n"


def _literal(value: str | bool | list[str]) -> str:
    """Return a text, a truth value, or a tuple of texts, as Python writes it."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
