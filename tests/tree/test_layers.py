"""The layers: of the two upper levels of folders, none imports one above it, and none import each other in a circle."""

from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

from tests.tree.test_imports import PACKAGES, ROOT, imports, python_files

# Lowest first. A folder that has no row is of the layer of its package.
LAYERS = (
    {"warmline", "warmline/core"},
    {f"warmline/{name}" for name in ("access", "leads", "options", "system", "text")},
    {"warmline/store"},
    {"warmline/operations"},
    {"warmline/agi", "warmline/ari", "warmline/centre"},
    {"ari_app", "lab"},
    {"cli"},
    {"tools"},
)


FACE = ROOT / "warmline/__init__.py"  # names what is public, and loads it at its first use


def place(file: Path) -> str:
    """Return the folder of a file, at most two levels deep."""
    return "/".join(file.relative_to(ROOT).parts[:-1][:2])


def arrows() -> dict[tuple[str, str], list[str]]:
    """Return each pair of folders of which the first imports the second, with the files that do."""
    files = [file for package in PACKAGES if package not in ("agi-bin", "contrib") for file in python_files(package)]
    files.remove(FACE)
    modules = {}
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in files:
        for name in imports(file):
            if name in modules and place(modules[name]) != place(file):
                found[place(file), place(modules[name])].append(str(file.relative_to(ROOT)))
    return found


def layer(folder: str) -> int:
    """Return the number of a folder's layer; its package has one if it has none of its own."""
    [number] = [number for number, row in enumerate(LAYERS) if folder in row] or [
        number for number, row in enumerate(LAYERS) if folder.split("/")[0] in row
    ]
    return number


def test_a_folder_imports_no_layer_above_it() -> None:
    assert {arrow: files for arrow, files in arrows().items() if layer(arrow[0]) < layer(arrow[1])} == {}


def test_no_folders_import_each_other_in_a_circle() -> None:
    below = defaultdict(set)
    for folder, imported in arrows():
        below[folder].add(imported)
    TopologicalSorter(below).prepare()  # raises CycleError, which names the circle
