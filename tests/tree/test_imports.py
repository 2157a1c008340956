"""Checks the imports that each layer may have."""

import ast
import sys
from pathlib import Path

import pytest

from tests.tree.source_facts import facts

ROOT = Path(__file__).parents[2]
PACKAGES = ("warmline", "ari_app", "cli", "lab", "agi-bin", "tools", "contrib")

CORE_MAY = {
    "abc", "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "heapq", "itertools", "math",
    "operator", "re", "typing", "zoneinfo",
}  # fmt: skip
CLOCKS = {(name, method) for name in ("datetime", "date") for method in ("now", "utcnow", "today")}
AGI_MAY = ("warmline.agi",)
LIBRARIES = {
    "ari_app": {"aiohttp", "msgspec", "multipart", "prometheus_client", "segno", "sipmessage", "uvloop", "yarl"},
    "cli": {"msgspec", "typer", "rich", "sqlite_utils"},
    "contrib": {"aiohttp", "msgspec", "pymysql", "rich", "typer"},
    "warmline": {"charset_normalizer", "msgspec", "phonenumbers", "pyotp", "tomli_w"},
    "lab": {"aiohttp", "rich"},
    "lab/sip": {"rich", "sipmessage"},
    "tools/simulation": {"aiohttp", "msgspec"},
    "tools/bench": {"aiohttp", "msgspec", "rich", "uvloop"},
    "tools/proofs": {"aiohttp", "msgspec", "rich"},
    "tools/ari_operations.py": {"msgspec"},
    "tools/quick.py": {"pytest"},
    "warmline/ari": {"aiohttp", "msgspec", "yarl"},
    "warmline/store": {"msgspec", "psycopg", "sqlite_utils"},
}
SQLITE_UTILS_ONLY_IN = ("store/migrations/",)
PSYCOPG_ONLY_IN = ("store/postgresql/",)


def python_files(folder: str) -> list[Path]:
    """The Python files of a top-level folder; scripts without an ending count, and tests of contrib do not."""
    here = ROOT / folder
    if folder == "contrib":
        return list(here.glob("*/warmline_contrib/**/*.py"))
    if folder == "agi-bin":
        return [file for file in here.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    return list(here.rglob("*.py"))


def imports(file: Path) -> tuple[str, ...]:
    """Each module a file imports, at its top or inside a function, as a full name."""
    return facts(file).imports


def all_files() -> list[tuple[str, Path]]:
    return [(folder, file) for folder in PACKAGES for file in python_files(folder)]


def is_module(name: str) -> bool:
    """Return whether a dotted name of the project is a module, not a name in one."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def ours(file: Path) -> set[str]:
    return {name for name in imports(file) if name.split(".")[0] in PACKAGES and is_module(name)} - {"warmline"}


def test_the_core_imports_itself_and_a_few_pure_modules() -> None:
    for file in python_files("warmline/core"):
        for name in imports(file):
            first = name.split(".")[0]
            assert first in CORE_MAY or name.startswith("warmline.core") or name == "warmline", (file, name)


def test_the_core_never_reads_a_clock() -> None:
    for file in python_files("warmline/core"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in CLOCKS, f"{file}:{node.lineno}"


def test_agi_scripts_import_a_handful_of_ours() -> None:
    for file in python_files("agi-bin"):
        for name in ours(file):
            packages = ("warmline.store", "warmline.core")
            assert name in packages or name.startswith(AGI_MAY), (file.name, name)


@pytest.mark.parametrize("one, other", [("ari_app", "cli"), ("cli", "ari_app"), ("cli", "lab.sip")])
def test_folders_that_do_not_know_each_other(one: str, other: str) -> None:
    for file in python_files(one):
        for name in imports(file):
            assert not f"{name}.".startswith(f"{other}."), (file, name)


def test_no_one_knows_the_packages_of_contrib() -> None:
    """The core finds them by the texts of warmline/system/contrib_table.py; tools show all that there is."""
    for file in (file for folder, file in all_files() if folder not in ("contrib", "tools")):
        assert not any(name.startswith("warmline_contrib") for name in imports(file)), file


def test_shared_code_knows_none_of_its_users() -> None:
    for file in python_files("warmline"):
        for name in imports(file):
            assert name.split(".")[0] not in ("ari_app", "cli", "lab"), (file, name)


def test_each_folder_uses_its_libraries_only() -> None:
    standard = set(sys.stdlib_module_names)
    for folder, file in all_files():
        below = "/".join(file.relative_to(ROOT).parts[:2])
        libraries = LIBRARIES.get(below, LIBRARIES.get(folder, set())) | {"warmline_contrib"}
        for name in imports(file):
            first = name.split(".")[0]
            assert first in standard | {*PACKAGES} | libraries, (file, name)
            if first == "sqlite_utils" and folder == "warmline":
                assert any(place in str(file) for place in SQLITE_UTILS_ONLY_IN), (file, name)
            if first == "psycopg":
                assert any(place in str(file) for place in PSYCOPG_ONLY_IN), (file, name)


def test_sqlite3_is_imported_in_the_store_only() -> None:
    """Others catch StoreError; the benchmarks measure SQLite itself, too."""
    here = (
        "warmline/store",
        "tools/bench",
        "tools/simulation/dialling",
        "contrib/compliance/warmline_contrib/compliance/store",
        "contrib/imports/warmline_contrib/imports/store",
    )
    folders = [ROOT / name for name in here]
    for _, file in all_files():
        if not any(file.is_relative_to(folder) for folder in folders):
            assert "sqlite3" not in {name.split(".")[0] for name in imports(file)}, file
