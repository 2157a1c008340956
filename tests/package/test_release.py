"""`make release` on a clone that is thrown away: it refuses what is incomplete, and tags what is complete."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.package.clone import clone as cloned
from tests.package.clone import git, replace
from tools.release import checks
from tools.release.wheel import PROJECT

NEW = "9.9.9"
SOMEBODY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Maintainer"), ("EMAIL", "maintainer@example.org"))
}


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clone whose main is ready to be released as 9.9.9."""
    for name, value in SOMEBODY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = cloned(tmp_path / "clone")
    project, changelog = made / "pyproject.toml", made / "CHANGELOG.md"
    replace(project, f'"{checks.version(PROJECT)}"', f'"{NEW}"')
    replace(made / "docs/SECURITY.md", *said_to_be_newest(PROJECT, NEW))
    replace(changelog, "\n## ", f"\n## {NEW} - 2026-11-22\n\nAll is new.\n\n## ")
    for page in (made / "README.md", *(made / "docs").rglob("*.md")):
        page.write_text(checks.PACKAGE.sub(lambda found: found[0].replace(found[1], NEW), page.read_text()))
    git(made, "switch", "--quiet", "-C", "main")
    commit(made)
    return made


def said_to_be_newest(project: Path, version: str) -> tuple[str, str]:
    """Return the security policy's sentence about the newest release, and the same one about another version."""
    [dated, *_] = (number for number, day in checks.HEADING.findall((project / "CHANGELOG.md").read_text()) if day)
    return f"The newest release is {dated}.", f"The newest release is {version}."


def commit(clone: Path) -> None:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Change something")


def test_a_complete_version_is_tagged_and_built(clone: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "tools.release", "tag"], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"tagged v{NEW}")
    told = git(clone, "for-each-ref", "--format=%(objecttype) %(contents)", f"refs/tags/v{NEW}")
    assert told.rstrip() == f"tag Warmline {NEW}\n\nAll is new."
    assert {path.name for path in (clone / "dist").iterdir()} == {
        f"warmline-{NEW}-py3-none-any.whl",
        f"warmline-{NEW}.tar.gz",
    }
    assert [one.startswith(f"the tag v{NEW} exists") for one in checks.problems(clone)] == [True]


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(clone: Path) -> None:
        replace(clone / name, old, new)
        commit(clone)

    return damage


def changed(clone: Path) -> None:
    (clone / "README.md").write_text("other")


def on_a_branch(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "other")


def older_page(clone: Path) -> None:
    (clone / "docs/older.md").write_text("Install warmline_9.9.8_amd64.deb.")
    commit(clone)


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (changed, "1 files are not committed"),
        (on_a_branch, "the branch is other, not main"),
        (replaced("CHANGELOG.md", f"## {NEW} -", "## 9.9.8 -"), f"CHANGELOG.md says nothing about {NEW}"),
        (replaced("CHANGELOG.md", "All is new.", ""), f"CHANGELOG.md says nothing about {NEW}"),
        (replaced("CHANGELOG.md", "2026-11-22", "unreleased"), f"CHANGELOG.md has no past date for {NEW}"),
        (replaced("CHANGELOG.md", "2026-11-22", "2999-01-01"), f"CHANGELOG.md has no past date for {NEW}"),
        (
            replaced("docs/SECURITY.md", f"release is {NEW}.", "release is 9.9.8."),
            "docs/SECURITY.md says that the newest release is 9.9.8",
        ),
        (older_page, f"docs/older.md names a package 9.9.8, but pyproject.toml {NEW}"),
    ],
)
def test_an_incomplete_version_is_refused(clone: Path, damage: Callable[[Path], None], problem: str) -> None:
    damage(clone)
    [found] = checks.problems(clone)
    assert found.startswith(problem)
    done = subprocess.run([sys.executable, "-m", "tools.release", "tag"], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith(f"release: {problem}")
    assert git(clone, "tag") == ""


def test_a_version_has_three_numbers(clone: Path) -> None:
    replaced("pyproject.toml", f'"{NEW}"', '"9.9"')(clone)
    replaced("CHANGELOG.md", f"## {NEW} -", "## 9.9 -")(clone)
    assert checks.problems(clone)[0] == "version '9.9' in pyproject.toml is not of the form 1.2.3"
