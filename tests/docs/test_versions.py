"""The pages claim the versions with which the tests of calls have passed, and the program accepts them."""

import tomllib

from packaging.specifiers import SpecifierSet

from tests.tree.test_dependencies import PYTHONS
from tools.pages.marked_text import PROJECT
from tools.pages.recorded import version_runs
from warmline.system.asterisk_requirements import new_enough


def test_doctor_accepts_each_asterisk_with_which_all_tests_passed() -> None:
    runs = version_runs.runs()
    assert runs and all(new_enough(run["asterisk"]) is (run["failed"] == 0) for run in runs)


def test_each_python_that_may_install_it_was_tried() -> None:
    assert [f"{major}.{minor}" for major, minor in version_runs.tried("python")] == list(PYTHONS)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert all(python in SpecifierSet(project["requires-python"]) for python in PYTHONS)
    last = int(PYTHONS[-1].split(".")[1])
    assert f"python3 (>= {PYTHONS[0]}), python3 (<< 3.{last + 1})" in (PROJECT / "packaging/debian/control").read_text()
