"""A name is unique: no public class twice, and a repeated file name only for the same thing in another layer."""

import ast
from collections import defaultdict

from tests.tree.test_imports import ROOT
from tests.tree.test_layers import folder, modules

# The same thing in another layer: decided in the core, stored, asked for by an API, printed by a command, measured.
IN_SEVERAL_LAYERS = {
    "agent_statistics", "all_sessions", "api_user_locks", "audio_playback", "call", "call_history", "callback",
    "callbacks", "change_ingroups", "channel", "commands", "config", "demo", "dnc", "entity", "event_stream",
    "events", "guard", "ingroup_service", "lead", "lead_import", "leads", "leave", "list_change", "list_counts",
    "list_export", "next_lead", "own_account", "recording", "retention", "route_simulation", "second_factor", "spool",
}  # fmt: skip


ASTERISKS_NAMES = {"warmline/ari/events.py", "warmline/ari/resources.py"}  # those of its own description


def places(kind: str) -> dict[str, set[str]]:
    """Each public class, or each file, of product and tools, and where there is one of that name."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in modules().values():
        if kind == "file":
            if not file.stem.startswith("__"):
                found[file.stem].add(folder(file))
            continue
        if str(file.relative_to(ROOT)) in ASTERISKS_NAMES:
            continue
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(str(file.relative_to(ROOT)))
    return found


def test_no_public_class_is_there_twice() -> None:
    found = places("class")
    assert len(found) > 500
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_a_file_name_is_there_again_only_for_the_same_thing() -> None:
    again = {name for name, folders in places("file").items() if len(folders) > 1}
    assert again == IN_SEVERAL_LAYERS
