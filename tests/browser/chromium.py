"""The Chromium of the tests: the machine's own, otherwise Debian's, unpacked without root into a cache folder.

`python -m tests.browser.chromium` fetches it if there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lab import debian, package_cache

PACKAGES = ("chromium", "fonts-dejavu-core")
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
OWN = ("chromium", "chromium-browser", "google-chrome")


class Chromium(NamedTuple):
    """A program to start, with the environment that it needs, and its version."""

    program: Path
    environ: dict[str, str]
    version: str


def find() -> Chromium | None:
    """Return the Chromium on the PATH, otherwise the one in the cache folder, otherwise None."""
    for name in OWN:
        if (path := shutil.which(name)) and (found := _started(Path(path), {})):
            return found
    folder = package_cache.folder("chromium")
    return _unpacked(folder / "root") if package_cache.packages(folder).issuperset(PACKAGES) else None


def ensure(say: Callable[[str], None]) -> Chromium:
    """Return the Chromium to use, and fetch it if there is none. Raises PackageError."""
    folder = package_cache.folder("chromium")
    with package_cache.locked(folder, say):
        if found := find():
            return found
        package_cache.fill(folder, PACKAGES, bool, _check, say)
    found = find()
    assert found is not None
    return found


def _check(root: Path) -> None:
    if _unpacked(root) is None:
        raise debian.PackageError(
            "browser_broken", "the unpacked Chromium does not start; remove {folder} and try again", folder=root.parent
        )


def _unpacked(root: Path) -> Chromium | None:
    libraries = next(root.glob("usr/lib/*-linux-*"), None)
    if libraries is None:
        return None
    environ = {"LD_LIBRARY_PATH": f"{libraries}:{root / 'usr/lib/chromium'}", "FONTCONFIG_FILE": str(_fonts(root))}
    return _started(root / "usr/lib/chromium/chromium", environ)


def _fonts(root: Path) -> Path:
    """Write a configuration that finds the fonts of the packages; theirs has fixed paths."""
    file = root / "fonts.conf"
    if not file.exists():
        file.write_text(FONTS)
    return file


def _started(program: Path, environ: dict[str, str]) -> Chromium | None:
    try:
        asked = [str(program), "--version"]
        told = subprocess.run(asked, env=os.environ | environ, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Chromium(program, environ, told.stdout.strip()) if told.returncode == 0 else None


def main() -> int:
    """Fetch Chromium if needed, and print where it is."""
    try:
        found = ensure(lambda text: print(f"Chromium: {text}", flush=True))
    except (debian.PackageError, OSError) as error:
        print(f"Chromium: {error}", file=sys.stderr)
        return 1
    print(f"{found.version} is ready ({found.program})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
