"""The TURN server of the tests: the machine's coturn, otherwise Debian's, unpacked without root into a cache folder.

`python -m tests.browser.coturn` fetches it if there is none.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from lab import debian, package_cache

PACKAGES = ("coturn",)
PROGRAM = "turnserver"


def find() -> tuple[str, ...] | None:
    """Return the command of the coturn on the PATH, otherwise of the one in the cache folder, otherwise None."""
    if own := shutil.which(PROGRAM):
        return (own,)
    folder = package_cache.folder("coturn")
    return _unpacked(folder / "root") if package_cache.packages(folder).issuperset(PACKAGES) else None


def ensure(say: Callable[[str], None]) -> tuple[str, ...]:
    """Return the command to use, and fetch coturn if there is none. Raises PackageError."""
    folder = package_cache.folder("coturn")
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
            "coturn_broken", "the unpacked coturn does not start; remove {folder} and try again", folder=root.parent
        )


def _unpacked(root: Path) -> tuple[str, ...] | None:
    """Return the command with the loader and libraries of the packages."""
    loader = next(root.glob("usr/lib/*/ld-linux*.so.*"), None) or next(root.glob("lib/*/ld-linux*.so.*"), None)
    if loader is None:
        return None
    folders = ":".join(str(one) for one in (*root.glob("usr/lib/*-linux-*"), *root.glob("lib/*-linux-*")))
    command = (str(loader), "--library-path", folders, str(root / "usr/bin" / PROGRAM))
    try:
        told = subprocess.run([*command, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return command if told.returncode == 0 else None


def main() -> int:
    """Fetch coturn if needed, and print where it is."""
    try:
        found = ensure(lambda text: print(f"coturn: {text}", flush=True))
    except (debian.PackageError, OSError) as error:
        print(f"coturn: {error}", file=sys.stderr)
        return 1
    print(f"coturn is ready ({found[-1]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
