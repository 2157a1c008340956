"""Checks before a release: the work tree, the branch, the changelog, and that all versions agree."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

NUMBER = re.compile(r"\d+\.\d+\.\d+")
HEADING = re.compile(r"^## (\S+)(?: - (\S+))?$", re.MULTILINE)
NEWEST = re.compile(r"The newest release is (\d+\.\d+\.\d+)\.")  # in the security policy
PACKAGE = re.compile(r"\bwarmline[_-](\d+\.\d+\.\d+(?:[.~]dev\d+)?)")  # the name of a package's file, in a page


def problems(project: Path) -> list[str]:
    """Return what a release of this checkout lacks, each with its fix."""
    return [*_of_git(project), *_of_versions(project)]


def version(project: Path) -> str:
    """Return the version in pyproject.toml, which is its one place."""
    return str(tomllib.loads((project / "pyproject.toml").read_text())["project"]["version"])


def deb_version(project: Path) -> str:
    """Return the version of the Debian package; one in development sorts before its release."""
    return version(project).replace(".dev", "~dev")


def tag(project: Path) -> str:
    """Create the tag of this version, whose message is its part of the changelog; return its name."""
    name = f"v{version(project)}"
    notes = f"Warmline {version(project)}\n\n{notes_of(project)}"
    _git(project, "tag", "--annotate", "--cleanup=verbatim", "--file=-", name, said=notes)
    return name


def notes_of(project: Path) -> str:
    """Return the changelog's part about this version; "" if there is none."""
    text = (project / "CHANGELOG.md").read_text()
    headings = list(HEADING.finditer(text))
    ends = [one.start() for one in headings[1:]] + [len(text)]
    parts = {one[1]: text[one.end() : end].strip() for one, end in zip(headings, ends, strict=True)}
    return parts.get(version(project), "")


def _of_git(project: Path) -> Iterator[str]:
    if changed := _git(project, "status", "--porcelain"):
        yield f"{len(changed.splitlines())} files are not committed; commit or remove them:\n{changed.rstrip()}"
    if (branch := _git(project, "branch", "--show-current").strip()) != "main":
        yield f"the branch is {branch or 'detached'}, not main; run: git switch main"
    if _git(project, "tag", "--list", f"v{version(project)}"):
        yield f"the tag v{version(project)} exists; set a new version in pyproject.toml"


def _of_versions(project: Path) -> Iterator[str]:
    new = version(project)
    if not NUMBER.fullmatch(new):
        yield f"version {new!r} in pyproject.toml is not of the form 1.2.3"
    dates = {found[1]: found[2] for found in HEADING.finditer((project / "CHANGELOG.md").read_text())}
    if not notes_of(project):
        yield f"CHANGELOG.md says nothing about {new}; rename its part 'Unreleased' to '{new} - DATE'"
    elif (said := _date(dates[new])) is None or said > datetime.now(UTC).date():
        yield f"CHANGELOG.md has no past date for {new}, but {dates[new]}; write it as 2026-11-22"
    if (found := _newest_release(project)) != new:
        yield f"docs/SECURITY.md says that the newest release is {found}; write {new}"
    yield from of_pages(project)


def of_pages(project: Path) -> Iterator[str]:
    """Yield the pages that name a package's file with another version, each with its fix."""
    new = version(project)
    for page in (project / "README.md", *sorted((project / "docs").rglob("*.md"))):
        for other in sorted(set(PACKAGE.findall(page.read_text())) - {new, deb_version(project)}):
            yield f"{page.relative_to(project)} names a package {other}, but pyproject.toml {new}; make them equal"


def _newest_release(project: Path) -> str | None:
    """Return the version that the security policy names as the newest one."""
    found = NEWEST.search((project / "docs/SECURITY.md").read_text())
    return found and found[1]


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _git(project: Path, *words: str, said: str | None = None) -> str:
    command = ["git", "-C", str(project), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, input=said).stdout
