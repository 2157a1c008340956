"""Programs of browser tests: the machine's own, otherwise Debian's, unpacked without root into a cache folder."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from lab import debian, package_cache

Say = Callable[[str], None]
LIBRARIES = ("usr/lib/*-linux-*", "lib/*-linux-*", "usr/lib/*-linux-*/pulseaudio")


class Program(NamedTuple):
    """A command that starts, the variables that it needs, and what it says of its version."""

    command: tuple[str, ...]
    environ: dict[str, str]
    version: str


class DebianProgram(NamedTuple):
    """A program of Debian: its packages, the names of the installed program, and how to start the unpacked one.

    `unpacked` takes the folder of the unpacked packages. It returns the command and the variables.
    """

    name: str
    packages: tuple[str, ...]
    own: tuple[str, ...]
    unpacked: Callable[[Path], tuple[tuple[str, ...], dict[str, str]]]
    asks: str = "--version"  # the option with which it says its version, and ends


def find(wanted: DebianProgram) -> Program | None:
    """Return the program on the PATH, otherwise the one in the cache folder, otherwise None."""
    folder = package_cache.folder(wanted.name)
    fetched = package_cache.packages(folder).issuperset(wanted.packages)
    installed = [path for path in map(shutil.which, wanted.own) if path]
    commands: list[tuple[tuple[str, ...], dict[str, str]]] = [((path,), {}) for path in installed]
    for command, environ in commands + ([wanted.unpacked(folder / "root")] if fetched else []):
        try:
            return _started(wanted, command, environ)
        except OSError:
            continue
    return None


def ensure(wanted: DebianProgram, say: Say) -> Program:
    """Return the program to use, and fetch it if there is none. Raises PackageError."""
    folder = package_cache.folder(wanted.name)
    with package_cache.locked(folder, say):
        if found := find(wanted):
            return found
        package_cache.fill(folder, wanted.packages, bool, lambda root: _check(wanted, root), say)
        return _started(wanted, *wanted.unpacked(folder / "root"))


def libraries(root: Path) -> str:
    """Return the folders with the libraries of unpacked packages, as the loader takes them."""
    return ":".join(str(folder) for place in LIBRARIES for folder in root.glob(place))


def main(wanted: DebianProgram) -> int:
    """Fetch the program if needed, and print where it is."""
    try:
        found = ensure(wanted, lambda text: print(f"{wanted.name}: {text}", flush=True))
    except (debian.PackageError, OSError) as error:
        print(f"{wanted.name}: {error}", file=sys.stderr)
        return 1
    print(f"{wanted.name}: {found.version} is ready ({found.command[-1]})")
    return 0


def _check(wanted: DebianProgram, root: Path) -> None:
    try:
        _started(wanted, *wanted.unpacked(root))
    except OSError as error:
        text = "the unpacked {name} does not start: {why}; remove {folder} and try again"
        raise debian.PackageError("program_broken", text, name=wanted.name, why=error, folder=root.parent) from None


def _started(wanted: DebianProgram, command: tuple[str, ...], environ: Mapping[str, str]) -> Program:
    """Ask a program for its version. Raises OSError with the program's own words."""
    try:
        told = subprocess.run(
            [*command, wanted.asks], env=os.environ | environ, capture_output=True, text=True, timeout=30
        )
    except subprocess.TimeoutExpired:
        raise OSError(f"{command[-1]} {wanted.asks} did not end within 30 s") from None
    if told.returncode and not told.stdout.strip():  # baresip says its version, and fails
        raise OSError(told.stderr.strip() or f"{command[-1]} {wanted.asks} ended with {told.returncode}")
    return Program(command, dict(environ), told.stdout.strip())
