"""The Asterisk of the lab: the machine's own if new enough, otherwise Debian's, unpacked in a cache folder."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lab import debian, package_cache
from warmline.system.asterisk_requirements import new_enough

PACKAGES = ("asterisk", "asterisk-core-sounds-en-wav", "sip-tester")  # the last one plays many callers
SBIN = "/usr/sbin:/usr/local/sbin"  # the folders of the program asterisk; an ordinary user's PATH does not have them
HOST_DATA = ("/usr/share/asterisk", "/var/lib/asterisk", "/usr/local/share/asterisk")
OWN_DATA = "var/lib/asterisk"  # below the prefix of an Asterisk that was built for one


class AsteriskProgram(NamedTuple):
    """An Asterisk to start: `command` without options; `modules` is None for its default; `data` has its prompts."""

    version: str
    command: tuple[str, ...]
    modules: Path | None
    data: Path

    def directories(self) -> str:
        """Return the lines of asterisk.conf with the folder of the prompts, and of modules that were moved."""
        modules = f"astmoddir => {self.modules}\n" if self.modules else ""
        return f"{modules}astdatadir => {self.data}\n"


def find() -> AsteriskProgram | None:
    """Return the Asterisk on the PATH, otherwise the one in the cache folder, otherwise None."""
    return _on_path() or _cached(cache_folder())


def ensure(say: Callable[[str], None]) -> AsteriskProgram:
    """Return the Asterisk to use, and fetch it if there is none. Raises PackageError."""
    if found := find():
        return found
    folder = cache_folder()
    with package_cache.locked(folder, say):
        if found := _cached(folder):  # another setup was faster
            return found
        package_cache.fill(folder, PACKAGES, new_enough, _finish, say)
    found = _cached(folder)
    assert found is not None
    return found


def cache_folder() -> Path:
    """Return the cache folder, one for each architecture, shared by all checkouts of a user."""
    return package_cache.folder("asterisk")


def _on_path() -> AsteriskProgram | None:
    binary = shutil.which("asterisk") or shutil.which("asterisk", path=SBIN)
    if binary is None:
        return None
    places = (Path(binary).parents[1] / OWN_DATA, *map(Path, HOST_DATA))
    data = next((place for place in places if (place / "sounds/en/beep.wav").exists()), None)
    version = _version((binary,))
    return AsteriskProgram(version, (binary,), None, data) if data and new_enough(version) else None


def beside(program: str) -> tuple[str, ...] | None:
    """Return the command of a program fetched with Asterisk, or of the machine's own; None if there is none."""
    if own := shutil.which(program):
        return (own,)
    root = cache_folder() / "root"
    loader, binary = _loader(root), root / "usr/bin" / program
    return (str(loader), "--library-path", str(loader.parent), str(binary)) if loader and binary.exists() else None


def _cached(folder: Path) -> AsteriskProgram | None:
    """Return the cached Asterisk if the folder is complete; the cache of an older Warmline may lack a package."""
    return _unpacked(folder / "root") if package_cache.packages(folder).issuperset(PACKAGES) else None


def _unpacked(root: Path) -> AsteriskProgram | None:
    """Return the Asterisk below `root`, started with the loader and libraries of its packages."""
    loader = _loader(root)
    if loader is None:
        return None
    libraries = loader.parent
    binary = root / "usr/sbin/asterisk"
    command = (str(loader), "--library-path", f"{libraries}:{libraries}/asterisk", str(binary))
    version = _version(command)
    if not version:
        return None
    return AsteriskProgram(version, command, libraries / "asterisk/modules", root / "usr/share/asterisk")


def _loader(root: Path) -> Path | None:
    return next(root.glob("usr/lib/*/ld-linux*.so.*"), None)


def _version(command: tuple[str, ...]) -> str:
    try:
        return subprocess.run([*command, "-V"], capture_output=True, text=True, timeout=10).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _finish(root: Path) -> None:
    """Do what the packages' own setup scripts would do, and start it once. Raises PackageError."""
    # Without this link there are no prompts and beeps.
    (root / "usr/share/asterisk/sounds/en").symlink_to("en_US_f_Allison")
    if _unpacked(root) is None:
        raise debian.PackageError(
            "lab_asterisk_broken",
            "the unpacked Asterisk does not start; remove {folder} and try again",
            folder=root.parent,
        )


def main() -> int:
    """Fetch Asterisk if needed, and print where it is; `make setup` runs this."""
    try:
        found = ensure(lambda text: print(f"Asterisk: {text}", flush=True))
    except debian.PackageError as error:
        print(f"Asterisk: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Asterisk: {error}; to use another cache folder, set XDG_CACHE_HOME", file=sys.stderr)
        return 1
    print(f"{found.version} is ready ({found.command[-1]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
