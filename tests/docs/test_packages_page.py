"""docs/explanation/packages.md: its packages are those of pyproject.toml, and each named file uses its own or not."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata

import pytest
from packaging.utils import canonicalize_name

from tests.tree.source_facts import facts
from tests.tree.test_dependencies import direct
from tools.pages.marked_text import PROJECT

PAGE = (PROJECT / "docs/explanation/packages.md").read_text()
EXPECTED = {
    name: (standing, file)
    for name, standing, file in re.findall(r"^\| `([\w-]+)` \| ([a-z, ]+) \| `([\w/.]+)` \|", PAGE, re.MULTILINE)
}
OTHERS = dict(re.findall(r"^\| `([\w-]+)` \| `([\w/.]+)` \|", PAGE, re.MULTILINE))


@cache
def providers() -> Mapping[str, list[str]]:
    """Return the packages that provide each module."""
    return metadata.packages_distributions()


def imported(file: str) -> set[str]:
    """Return the packages whose modules a file imports, also inside functions."""
    modules = {name.partition(".")[0] for name in facts(PROJECT / file).imports}
    return {canonicalize_name(one) for module in modules for one in providers().get(module, [])}


def test_the_six_packages_stand_as_the_page_says() -> None:
    assert set(EXPECTED) == {"ari", "pyst2", "sqlite-utils", "rich", "typer", "pytest"}
    run, dev = direct().keys(), direct("dev").keys()
    stands = {name: ("used" if name in run else "for tests" if name in dev else "replaced") for name in EXPECTED}
    assert stands == {name: standing.removeprefix("replaced, ") for name, (standing, _) in EXPECTED.items()}


def test_every_package_that_runs_is_explained_once() -> None:
    used = {name for name, (standing, _) in EXPECTED.items() if standing == "used"}
    assert used | set(OTHERS) == set(direct()) and not used & set(OTHERS)


@pytest.mark.parametrize(
    ("name", "file", "uses"),
    [(name, file, not standing.startswith("replaced")) for name, (standing, file) in EXPECTED.items()]
    + [(name, file, True) for name, file in OTHERS.items()],
)
def test_the_named_file_uses_its_package_or_stands_in_for_it(name: str, file: str, uses: bool) -> None:
    assert (name in imported(file)) is uses
