"""Files and folders of product and tools have room: a limit, and each exception with its reason.

A new idea gets a file of its own, and a full folder gets rooms by subject. Code never moves to another subject because
of a limit: the file or folder is listed here instead.
"""

from collections import Counter
from pathlib import Path

from tests.tree.test_imports import PACKAGES, ROOT

PRODUCT = ("agi-bin", "ari_app", "cli", "warmline", "workspace")
CODE = (".py", ".js", ".css")
MOST_LINES = 370
MOST_FILES, MOST_TOOLS = 20, 24  # in a folder of the product, and in one of the tools
LONG_FILES = {
    "cli/tree/root_rows.py": "a table: one row for each command and group",
    "warmline/core/rules/configuration.py": "a table, made from that of the options: one line for each one",
    "tools/simulation/asterisk/simulated_asterisk.py": "one class: what Asterisk does with each action",
    "tools/simulation/call_centre/real_world.py": "one class: the words of the scenarios on a real Asterisk",
    "tools/simulation/call_centre/simulated_world.py": "one class: the same words in simulated time",
}
LARGE_FOLDERS = {
    "lab": "one file for each thing that a lab consists of, that happens to it, or that the demo shows of it",
    "warmline/core/agents": "one file for each thing that an agent's session does or that happens to it",
    "warmline/store/configuration": "one file for each thing that is configured, and for each kind of session and stop",
    "warmline/system": "one file for each thing of the machine that programs share, such as settings and heartbeats",
    "workspace/panels": "one file for each panel of the agent's page",
}


def code() -> list[Path]:
    """Return the files that people write, without libraries that the product ships."""
    files = [file for folder in (*PACKAGES, "workspace") for file in (ROOT / folder).rglob("*") if file.suffix in CODE]
    return [file for file in files if "vendor" not in file.parts and file.name != "__init__.py"]


def test_a_file_is_short_or_listed() -> None:
    lines = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in code()}
    assert {file for file, count in lines.items() if count > MOST_LINES} == set(LONG_FILES)


def test_a_folder_holds_few_files_or_is_listed() -> None:
    counted = Counter(file.parent.relative_to(ROOT) for file in code())
    limits = {folder: MOST_FILES if folder.parts[0] in PRODUCT else MOST_TOOLS for folder in counted}
    assert {str(folder) for folder, count in counted.items() if count > limits[folder]} == set(LARGE_FOLDERS)
