"""A clone of this checkout with its changes, to be changed and built by a test."""

import subprocess
from pathlib import Path

from tools.release.wheel import PROJECT, copy_tracked


def git(folder: Path, *words: str) -> str:
    """Run git in a folder; return its output."""
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def clone(target: Path) -> Path:
    """Return a clone whose files are those of this checkout, also if they are not committed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    git(target.parent, "clone", "--quiet", "--shared", "--no-checkout", "--no-tags", str(PROJECT), str(target))
    copy_tracked(PROJECT, target)
    git(target, "add", "--all")
    return target
