"""pjsua, built once. Debian has no package of it, but the source package of its Asterisk has the pjproject."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from lab import debian, package_cache
from tests.debian_program import DebianProgram, Program, Say, find

SOURCE, PART = "asterisk", "*.orig-Xpjproject.tar.*"
# Parts that a phone with mu-law and without a sound card does not need.
WITHOUT = (
    "video sound ssl resample speex-aec speex-codec ilbc-codec g7221-codec g722-codec gsm-codec l16-codec libwebrtc "
    "libyuv opus bcg729 libsrtp upnp sdl ffmpeg v4l2 openh264 vpx"
)
# Debian removes this file. It does nothing unless an option of the build asks for it.
REMOVED = "pjmedia/src/pjmedia-audiodev/bdimad_dev.c"
STEPS = (
    ("pjlib", "pjlib"),
    ("pjlib-util", "pjlib-util"),
    ("pjnath", "pjnath"),
    ("third_party", "all"),
    ("pjmedia", "pjmedia pjmedia-codec pjmedia-audiodev pjmedia-videodev pjsdp"),
    ("pjsip", "pjsip pjsip-simple pjsip-ua pjsua-lib"),
    ("pjsip-apps", "pjsua"),
)


def _built(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    return (str(root / "pjsua"),), {}


PJSUA = DebianProgram("pjsua", ("pjproject",), ("pjsua",), _built)


def ensure_pjsua(say: Say) -> Program:
    """Return the program, and build it if there is none, which takes minutes. Raises PackageError."""
    folder = package_cache.folder(PJSUA.name)
    with package_cache.locked(folder, say):
        if found := find(PJSUA):
            return found
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        archive = _fetch(partial / "apt", say)
        say(f"building pjsua from {archive.name}, once, for minutes")
        program = _build(archive, partial / "source", partial / "log")
        (partial / "root").mkdir()
        program.rename(partial / "root/pjsua")
        sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
        row = {"package": "pjproject", "version": archive.name.split("_")[1].partition(".orig")[0], "sha256": sha256}
        (partial / package_cache.DESCRIPTION).write_text(json.dumps([row], indent=1) + "\n")
        shutil.rmtree(partial / "apt")
        shutil.rmtree(partial / "source")
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        if found := find(PJSUA):
            return found
    raise debian.PackageError("program_broken", "the built pjsua does not start: remove {folder}", folder=folder)


def _fetch(work: Path, say: Say) -> Path:
    """Download the source package from the first source of Debian that has one with a pjproject."""
    tried = []
    for source in debian.configured_sources(work):
        debian.write_sources(work, source, "deb-src")
        try:
            debian.apt_get(work, "update")
            say(f"downloading the source of {SOURCE} (20 MB) from {', '.join(source.suites)} at {source.mirror}")
            debian.apt_get(work, "source", SOURCE, folder=work)
        except debian.PackageError as error:
            tried.append(str(error))
            continue
        if found := next(work.glob(PART), None):
            return found
    text = "no source of Debian has an Asterisk with a pjproject: {tried}; {hint}"
    raise debian.PackageError("package_too_old", text, tried=" | ".join(tried), hint=debian.RETRY)


def _build(archive: Path, folder: Path, log: Path) -> Path:
    """Build in this folder, and return the program. Raises PackageError with the place of the log."""
    folder.mkdir()
    _run(log, folder, "tar", "-xf", str(archive), "--strip-components=1")
    (folder / REMOVED).touch()
    _run(log, folder, "./configure", *(f"--disable-{name}" for name in WITHOUT.split()))
    _run(log, folder, "make", "dep")
    for part, targets in STEPS:
        for name in ("lib", "bin"):
            (folder / part / name).mkdir(exist_ok=True)
        _run(log, folder, "make", "-j2", "-C", f"{part}/build", *targets.split())
    [program] = folder.glob("pjsip-apps/bin/pjsua-*")
    return program


def _run(log: Path, folder: Path, *words: str) -> None:
    with open(log, "ab") as said:
        environ = os.environ | {"CFLAGS": "-O1 -w"}
        done = subprocess.run(words, cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    if done.returncode:
        text = "pjsua cannot be built: {command} failed, see {log}; install gcc, g++ and make (build-essential)"
        raise debian.PackageError("program_not_built", text, command=" ".join(words[:4]), log=log)
