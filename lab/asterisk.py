"""The Asterisk of the lab: the machine's own if new enough, otherwise Debian's, unpacked in a cache folder."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lab import debian
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
    with _locked(folder, say):
        if found := _cached(folder):  # another setup was faster
            return found
        return _fetch(folder, say)


def cache_folder() -> Path:
    """Return the cache folder, one for each architecture, shared by all checkouts of a user."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "warmline" / f"asterisk-{debian.architecture()}"


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
    try:
        fetched = {row["package"] for row in json.loads((folder / "packages.json").read_text())}
    except FileNotFoundError:
        return None
    return _unpacked(folder / "root") if fetched.issuperset(PACKAGES) else None


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


def _fetch(folder: Path, say: Callable[[str], None]) -> AsteriskProgram:
    """Build the cache folder beside its final place, and rename it when it is complete."""
    partial = folder.with_name(folder.name + ".partial")
    packages = debian.fetch(PACKAGES, partial / "apt", new_enough, say)
    say(f"unpacking {len(packages)} packages into {folder}")
    debian.unpack(packages, partial / "root")
    # The package's own setup script makes this link; without it there are no prompts and beeps.
    (partial / "root/usr/share/asterisk/sounds/en").symlink_to("en_US_f_Allison")
    if _unpacked(partial / "root") is None:
        raise debian.PackageError(
            "lab_asterisk_broken", "the unpacked Asterisk does not start; remove {folder} and try again", folder=partial
        )
    (partial / "packages.json").write_text(debian.describe(packages))
    shutil.rmtree(partial / "apt")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    found = _cached(folder)
    assert found is not None
    return found


@contextmanager
def _locked(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Allow only one setup at a time; the lock ends with its process."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(folder.name + ".lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is fetching it: waiting")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
