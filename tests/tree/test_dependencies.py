"""The lock names each dependency by its hash; all are declared, and all declared ones are used."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tree.test_imports import LIBRARIES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKED = re.compile(r"^(\S+)==(\S+) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
OPEN_LICENCES = re.compile(r"MIT|BSD|Apache|ISC|MPL|Mozilla|Python Software|PSF|Public Domain")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def locked() -> dict[str, str]:
    """The version of each package in the lock."""
    return {canonicalize_name(name): version for name, version, _ in LOCKED.findall(lock())}


def lock() -> str:
    return (ROOT / "packaging/requirements.lock").read_text()


def direct(*extras: str) -> dict[str, Requirement]:
    """Return the requirements in pyproject.toml."""
    wanted = [*PROJECT["dependencies"], *(one for extra in extras for one in PROJECT["optional-dependencies"][extra])]
    return {canonicalize_name(one.name): one for one in map(Requirement, wanted)}


def test_the_lock_is_nothing_but_versions_with_hashes() -> None:
    assert re.sub(r"^#.*\n", "", LOCKED.sub("", lock()), flags=re.MULTILINE) == ""
    assert len(locked()) == lock().count("==")


def test_locked_versions_satisfy_the_declared_ones() -> None:
    versions = locked()
    assert [name for name, one in direct("dev").items() if not one.specifier.contains(versions[name])] == []


def test_installed_versions_equal_the_locked_ones() -> None:
    installed = {canonicalize_name(one.name): one.version for one in metadata.distributions()}
    assert {name: installed.get(name) for name in locked()} == locked()


def test_all_that_is_asked_for_is_used_and_all_that_is_used_is_asked_for() -> None:
    imported = set().union(*LIBRARIES.values())
    providers = metadata.packages_distributions()
    used = {canonicalize_name(name) for module in imported for name in providers[module]}
    assert direct().keys() <= used
    assert used <= direct("dev").keys()


def test_dependencies_have_a_permissive_licence() -> None:
    found = {name: licence(name) for name in with_all_that_follows(direct())}
    assert {name: text for name, text in found.items() if not OPEN_LICENCES.search(text)} == {}
    assert [text for text in found.values() if re.search(r"\b[AL]?GPL", text)] == []


def licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [one for one in about.get_all("Classifier", []) if one.startswith("License")]
    return " ".join([about.get("License-Expression", ""), *classifiers, about.get("License", "")[:80]])


def test_the_lock_for_running_has_only_running_dependencies() -> None:
    """Without the packages of the tests: a telephone system needs no compiler's tools, and none that attack it."""
    needed = with_all_that_follows({*direct(), "setuptools"}, *PYTHONS) - {"pip"}
    text = (ROOT / "packaging/requirements-run.lock").read_text()
    blocks = {canonicalize_name(found[1]): found[0] for found in LOCKED.finditer(lock())}
    assert re.sub(r"^#.*\n", "", text, flags=re.MULTILINE) == "".join(blocks[name] for name in sorted(needed))
    assert not needed & {"pytest", "schemathesis", "mypy", "ruff", "hypothesis"}


def with_all_that_follows(names: Iterable[str], *pythons: str) -> set[str]:
    """These, and what they need here, or with one of those Pythons; and so on."""
    found: set[str] = set()
    left = set(names)
    versions = ({"python_version": one, "python_full_version": f"{one}.0"} for one in pythons)
    markers = [{"extra": ""}, *({"extra": "", **version} for version in versions)]
    while left:
        found.add(name := left.pop())
        needs = map(Requirement, metadata.requires(name) or [])
        left |= {canonicalize_name(one.name) for one in needs if _holds(one, markers)}
        left -= found
    return found


def test_every_import_of_a_test_is_declared() -> None:
    first = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    files = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    imported = {name for path in files for name in first.findall(path.read_text())}
    providers = metadata.packages_distributions()
    used = {canonicalize_name(one) for module in imported for one in providers.get(module, [])} - {"warmline"}
    assert used <= direct("dev").keys()


def _holds(one: Requirement, markers: Sequence[dict[str, str]]) -> bool:
    return not one.marker or any(one.marker.evaluate(marker) for marker in markers)
