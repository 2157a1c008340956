"""A leg to a number is created in one place: no other file requests a channel or uses the dial template."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tree.test_imports import ROOT, python_files

GATE = "warmline/core/permission/dial_gate.py"
ORIGINATE = "warmline/core/world/originate.py"
RULES = "warmline/core/rules/dial_rules.py"
# Agents' and supervisors' phones, and the dialplan that plays to a parked customer: the configuration names them.
OTHERS = {
    "warmline/core/agents/phone.py",
    "warmline/core/agents/supervision.py",
    "warmline/core/commands/transfer_preparation.py",
}


def product(word: str) -> Iterator[tuple[str, ast.Module]]:
    """Each file of the product that has this word, with its tree: to parse all takes seconds."""
    for folder in ("warmline", "ari_app", "cli", "contrib"):
        for file in python_files(folder):
            if word in (text := file.read_text()):
                yield str(Path(file).relative_to(ROOT)), ast.parse(text)


def calls(tree: ast.Module, name: str) -> bool:
    """Return whether a file calls that function or class."""
    made = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(name in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in made)


def takes(tree: ast.Module, name: str) -> bool:
    """Return whether a file imports that name."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return any(alias.name == name for one in imports for alias in one.names)


def reads(tree: ast.Module, names: set[str]) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in names for node in ast.walk(tree))


def calling(name: str) -> set[str]:
    """Return the files that call that function or class."""
    return {file for file, tree in product(name) if calls(tree, name)}


def taking(name: str) -> set[str]:
    """Return the files that import that name."""
    return {file for file, tree in product(name) if takes(tree, name)}


def test_one_function_asks_for_a_channel() -> None:
    assert calling("CreateChannel") == {ORIGINATE}


def test_one_function_asks_for_a_channel_to_a_lead() -> None:
    assert calling("OriginateToDialplan") == {ORIGINATE}
    assert taking("originate_to_dialplan") == {GATE}


def test_only_the_gate_asks_for_a_channel_to_a_number() -> None:
    assert taking("originate") == {GATE, *OTHERS}


def test_only_the_gate_reads_the_dial_template() -> None:
    reading = {file for file, tree in product("dial_template") if reads(tree, {"dial_template"})}
    assert {file for file in reading if file.startswith("warmline/core")} == {RULES}
    by_rules = {
        file
        for file, tree in product("dial_rules")
        if reads(tree, {"build_third_endpoint", "build_customer_endpoint"}) and takes(tree, "dial_rules")
    }
    assert {file for file in by_rules if file.startswith("warmline/core")} == {GATE}
