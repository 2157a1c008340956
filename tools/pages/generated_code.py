"""The code with generated parts: `python -m tools.pages` writes it before the pages, and a test compares it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tools import ari_operations, ari_types
from tools.pages import contrib_table, core_records, made_commands, operation_table, schema_fingerprint, schema_tables

Generators = Mapping[Path, Callable[[str], str]]

# Each file with the function that returns its new text.
CODE: Generators = {
    schema_tables.FILE: schema_tables.filled,
    core_records.FILE: core_records.filled,
    made_commands.FILE: made_commands.filled,
    contrib_table.FILE: contrib_table.filled,
    operation_table.FILE: operation_table.filled,
    ari_types.TARGET / "events.py": lambda _text: ari_types.events_module(ari_types.recorded()),
    ari_types.TARGET / "resources.py": lambda _text: ari_types.resources_module(ari_types.recorded()),
    ari_operations.TARGET: lambda _text: ari_operations.operations_module(ari_operations.recorded()),
    schema_fingerprint.FILE: schema_fingerprint.filled,
}


def outdated(files: Generators) -> dict[Path, str]:
    """Return the files that differ from what the code generates, each with its new text."""
    old = {path: path.read_text() if path.exists() else "" for path in files}
    new = {path: filled(old[path]) for path, filled in files.items()}
    return {path: text for path, text in new.items() if text != old[path]}
