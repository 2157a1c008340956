"""Builds the wheel and the source archive. The same commit gives the same bytes with the same Python.

The sources are copied first, so that no file of the work tree gets into a package unless git knows it. Setuptools is
that of packaging/requirements.lock, which pip has checked by its hashes. Nothing is downloaded.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
HOOK = """
import importlib, sys, tomllib
with open("pyproject.toml", "rb") as file:
    system = tomllib.load(file)["build-system"]
sys.path[:0] = system.get("backend-path", [])
getattr(importlib.import_module(system["build-backend"]), sys.argv[1])(sys.argv[2])
"""


def build(target: Path, source: Path = PROJECT, *, is_core: bool = False) -> list[Path]:
    """Build both packages into a folder; return the wheel and the archive.

    `source` is a checkout; the packages have its tracked files as they are now. The wheel of `is_core` is without the
    packages of contrib. Raises CalledProcessError, OSError.
    """
    epoch = _git(source, "log", "-1", "--format=%ct").strip()
    with TemporaryDirectory(prefix="warmline-build-") as folder:
        tree, made = Path(folder, "tree"), Path(folder, "made")
        copy_tracked(source, tree)
        made.mkdir()
        environ = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": epoch, "WARMLINE_CORE": "yes" if is_core else ""}
        for hook in ("build_wheel", "build_sdist"):
            command = [sys.executable, "-I", "-c", HOOK, hook, str(made)]
            subprocess.run(command, cwd=tree, env=environ, umask=0o022, check=True, capture_output=True)
        ([wheel], [archive]) = (list(made.glob(f"*{end}")) for end in (".whl", ".tar.gz"))
        _without_times(archive, int(epoch))
        target.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copy(one, target)) for one in (wheel, archive)]


def copy_tracked(source: Path, tree: Path) -> None:
    """Copy the files that git tracks in a checkout, with the modes that git knows."""
    for name in _git(source, "ls-files", "-z").split("\0"):
        path = source / name
        if name and path.is_file():
            copy = tree / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copy.chmod(0o755 if os.access(path, os.X_OK) else 0o644)


def _without_times(archive: Path, epoch: int) -> None:
    """Write an archive again, in alphabetical order, without its users and with one time for all files."""
    with tarfile.open(archive) as old:
        files = [(one, old.extractfile(one)) for one in sorted(old.getmembers(), key=lambda one: one.name)]
        new = archive.with_suffix(".new")
        with (
            open(new, "wb") as raw,
            gzip.GzipFile("", "wb", 9, raw, epoch) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as whole,
        ):
            for one, content in files:
                one.mtime, one.uid, one.gid, one.uname, one.gname, one.pax_headers = epoch, 0, 0, "", "", {}
                whole.addfile(one, content)
    new.replace(archive)


def _git(source: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(source), *words], check=True, capture_output=True, text=True)
    return done.stdout
