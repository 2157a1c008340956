"""Which Asterisk the lab runs: the machine's own if new enough, else Debian's, unpacked in a cache folder."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lab import debian

# ari-only transfer handling came with these; every later major version has it.
OLDEST = {20: 13, 21: 8, 22: 3}
PACKAGES = ("asterisk", "asterisk-core-sounds-en-wav", "sip-tester")  # the last one for callers in numbers
SBIN = "/usr/sbin:/usr/local/sbin"  # where Asterisk lives; not on an ordinary user's PATH
HOST_SOUNDS = ("/usr/share/asterisk/sounds", "/var/lib/asterisk/sounds", "/usr/local/share/asterisk/sounds")


class AsteriskProgram(NamedTuple):
    """An Asterisk to start: `command` without options; `modules`, `data`: None where its defaults hold."""

    version: str
    command: tuple[str, ...]
    modules: Path | None
    data: Path | None


def new_enough(version: str) -> bool:
    """Whether a version text, such as `1:22.10.1+dfsg` or `Asterisk 20.13.0`, is one Warmline runs with."""
    found = re.search(r"(?:^|[:\s])(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return major > max(OLDEST) or minor >= OLDEST.get(major, minor + 1)


def find() -> AsteriskProgram | None:
    """The Asterisk to use: on PATH, else in the cache folder, else None."""
    return _on_path() or _cached(cache_folder())


def ensure(say: Callable[[str], None]) -> AsteriskProgram:
    """The Asterisk to use, fetched if there is none. Raises debian.PackageError."""
    if found := find():
        return found
    folder = cache_folder()
    with _locked(folder, say):
        if found := _cached(folder):  # another set-up was faster
            return found
        return _fetch(folder, say)


def cache_folder() -> Path:
    """Where the unpacked Asterisk is kept, one for each architecture, shared by all checkouts of a user."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "warmline" / f"asterisk-{debian.architecture()}"


def _on_path() -> AsteriskProgram | None:
    binary = shutil.which("asterisk") or shutil.which("asterisk", path=SBIN)
    if binary is None or not any(Path(sounds, "en/beep.wav").exists() for sounds in HOST_SOUNDS):
        return None
    version = _version((binary,))
    return AsteriskProgram(version, (binary,), None, None) if new_enough(version) else None


def beside(program: str) -> tuple[str, ...] | None:
    """The command of a program that was fetched with Asterisk, or of the machine's own; None where there is none."""
    if own := shutil.which(program):
        return (own,)
    root = cache_folder() / "root"
    loader, binary = _loader(root), root / "usr/bin" / program
    return (str(loader), "--library-path", str(loader.parent), str(binary)) if loader and binary.exists() else None


def _cached(folder: Path) -> AsteriskProgram | None:
    """What the folder holds, if that is everything: a cache of an older Warmline may lack a package."""
    try:
        fetched = {row["package"] for row in json.loads((folder / "packages.json").read_text())}
    except FileNotFoundError:
        return None
    return _unpacked(folder / "root") if fetched.issuperset(PACKAGES) else None


def _unpacked(root: Path) -> AsteriskProgram | None:
    """The Asterisk below `root`, started by the loader and the libraries it came with."""
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
    """Build the cache folder beside its place, and rename it when it is whole."""
    partial = folder.with_name(folder.name + ".partial")
    packages = debian.fetch(PACKAGES, partial / "apt", new_enough, say)
    say(f"unpacking {len(packages)} packages into {folder}")
    debian.unpack(packages, partial / "root")
    # The package's own set-up script makes this link; without it no prompt and no beep is heard.
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
    """Only one set-up at a time; the lock goes with the process that holds it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(folder.name + ".lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is fetching it: waiting")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """`make setup` calls this: fetch if needed, say where it is."""
    try:
        found = ensure(lambda text: print(f"Asterisk: {text}", flush=True))
    except debian.PackageError as error:
        print(f"Asterisk: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Asterisk: {error}; XDG_CACHE_HOME names another folder to keep it in", file=sys.stderr)
        return 1
    print(f"{found.version} is ready ({found.command[-1]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
