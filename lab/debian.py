"""Debian's packages, unpacked into a folder, without root and without changes to the machine's apt."""

import hashlib
import json
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from string import Template
from typing import NamedTuple
from urllib.parse import unquote

from lab.lab_error import LabError

KEYRINGS = [Path("/usr/share/keyrings/debian-archive-keyring" + end) for end in (".pgp", ".gpg")]
LATER_SUITES = ("testing", "sid")
RETRY = "Check the network, the free disk space and apt's sources, then start again"
_SIZE = re.compile(r"\.deb (\d+) ")  # bytes of a package, in the lines of --print-uris
_MAIN_INDEX = re.compile(r"^'(?P<mirror>[^']+)/dists/(?P<suite>[^/']+)/main/binary-", re.MULTILINE)


class PackageError(LabError):
    """Packages cannot be found, fetched or unpacked; the text says which, and the fix."""


class PackageSource(NamedTuple):
    """A source of packages: a mirror with suites of it."""

    mirror: str
    suites: tuple[str, ...]


def architecture() -> str:
    """Return this machine's Debian architecture, such as `amd64`. Raises PackageError if dpkg is missing."""
    try:
        asked = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        way_out = "this is no Debian: install Asterisk 22.8 or newer and put it on PATH"
        raise PackageError("dpkg_missing", "dpkg does not answer ({why}); {hint}", why=error, hint=way_out) from None
    return asked.stdout.strip()


def sources(index_uris: str, codename: str) -> list[PackageSource]:
    """Return the sources to try, the configured release first.

    `index_uris` is the output of `apt-get update --print-uris`, so that apt itself reads both formats of its source
    files. `codename` is the machine's release. The mirrors are those of Debian's main archive.
    """
    mirrors: dict[str, set[str]] = {}
    for found in _MAIN_INDEX.finditer(index_uris):
        mirrors.setdefault(found["mirror"], set()).add(found["suite"])
    releases = {codename, "oldstable", "stable", "testing", "sid", "unstable"}
    debian = [mirror for mirror, suites in mirrors.items() if suites & releases]
    debian.sort(key=lambda mirror: not mirror.rstrip("/").endswith("debian"))
    configured = [PackageSource(mirror, tuple(sorted(mirrors[mirror]))) for mirror in debian]
    return configured + [PackageSource(mirror, (suite,)) for suite in LATER_SUITES for mirror in debian]


def fetch(packages: Sequence[str], work: Path, good: Callable[[str], bool], say: Callable[[str], None]) -> list[Path]:
    """Download `packages` and their dependencies into `work`; return the .deb files.

    They come from the first source where the first package has a `good` version. Files in `work` from an interrupted
    run are used again. Raises PackageError.
    """
    tried = []
    for source in configured_sources(work):
        place = f"{', '.join(source.suites)} at {source.mirror}"
        write_sources(work, source)
        try:
            apt_get(work, "update")
        except PackageError as error:
            tried.append(f"{place}: {error}")
            continue
        version = _candidate(work, packages[0])
        if not good(version):
            tried.append(f"{place}: {packages[0]} {version or 'is not there'}")
            continue
        size = sum(map(int, _SIZE.findall(apt_get(work, "install", "--print-uris", *packages)))) / 1_000_000
        say(f"downloading {packages[0]} {version} with what it needs ({size:.0f} MB) from {place}")
        apt_get(work, "install", *packages)
        return sorted((work / "cache/archives").glob("*.deb"))
    lines = tried or ["apt on this machine has no source of Debian's main archive"]
    found = "\n  ".join([f"no new enough {packages[0]} was found:", *lines])
    raise PackageError("package_too_old", "{found}\n{hint}", found=found, hint=RETRY)


def unpack(packages: Iterable[Path], root: Path) -> None:
    """Unpack .deb files below `root`. Raises PackageError."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for package in packages:
        done = subprocess.run(["dpkg-deb", "-x", package, root], capture_output=True, text=True)
        if done.returncode:
            raise PackageError(
                "package_not_unpacked",
                "{package} cannot be unpacked: {why}; is the disk full?",
                package=package.name,
                why=done.stderr.strip(),
            )


def describe(packages: Iterable[Path]) -> str:
    """Return JSON with the name, version and sha256 of each .deb file."""
    rows = []
    for package in packages:
        name, version, _ = unquote(package.stem).split("_")
        sha256 = hashlib.sha256(package.read_bytes()).hexdigest()
        rows.append({"package": name, "version": version, "sha256": sha256})
    return json.dumps(rows, indent=1) + "\n"


def configured_sources(work: Path) -> list[PackageSource]:
    """Return the sources to try, the configured release first.

    apt gets its own empty lists in `work`, so that it also works for an ordinary user.
    """
    for folder in ("state/lists/partial", "cache/archives/partial", "log"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    (work / "state/status").touch()
    template = Template((Path(__file__).parent / "conf/apt.conf").read_text())
    (work / "apt.conf").write_text(template.substitute(work=work, architecture=architecture()))
    state = work / "state"
    own = (f"-oDir::State={state}", f"-oDir::State::status={state}/status", f"-oDir::Cache={work}/cache")
    asked = subprocess.run(["apt-get", *own, "update", "--print-uris"], capture_output=True, text=True)
    return sources(asked.stdout, _codename())


def _codename() -> str:
    try:
        return platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    except OSError:
        return ""


def write_sources(work: Path, source: PackageSource, kind: str = "deb") -> None:
    """Let apt in `work` use this source alone, for packages (`deb`) or their source texts (`deb-src`)."""
    keyring = next((path for path in KEYRINGS if path.exists()), None)
    signed = f"[signed-by={keyring}] " if keyring else ""
    lines = [f"{kind} {signed}{source.mirror} {suite} main\n" for suite in source.suites]
    (work / "sources.list").write_text("".join(lines))


def _candidate(work: Path, package: str) -> str:
    """Return the version that apt would install, or ""."""
    command = ["apt-cache", f"-c={work}/apt.conf", "policy", package]
    shown = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"^ *Candidate: (?!\(none\))(\S+)", shown.stdout, re.MULTILINE)
    return found[1] if found else ""


def apt_get(work: Path, *words: str, folder: Path | None = None) -> str:
    """Run apt-get on the lists in `work`, and return its output. Sources of packages go into `folder`.

    Raises PackageError.
    """
    command = ["apt-get", f"-c={work}/apt.conf", *words]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=folder)
    if done.returncode:
        lines = done.stderr.splitlines()
        errors = [line for line in lines if line.startswith("E:")] or lines
        raise PackageError(
            "apt_get_failed", "apt-get {command} failed: {why}", command=words[0], why=" ".join(errors[-3:])
        )
    return done.stdout
