"""A lab selects its Asterisk, and the cache folder is complete or missing."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lab import asterisk, debian
from tests.wording.said import refused


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without an Asterisk: an empty PATH, an empty cache, and prompts."""
    prompts(tmp_path)
    monkeypatch.setattr(asterisk, "HOST_DATA", (str(tmp_path),))
    monkeypatch.setattr(asterisk, "SBIN", str(tmp_path / "sbin"))
    monkeypatch.setattr(debian, "architecture", lambda: "test")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def prompts(data: Path) -> Path:
    """Create one prompt below a folder; return its file."""
    (data / "sounds/en").mkdir(parents=True)
    (data / "sounds/en/beep.wav").touch()
    return data / "sounds/en/beep.wav"


def program(path: Path, version: str = "22.10.1") -> Path:
    """Create a fake program that prints this version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho Asterisk {version}\n")
    path.chmod(0o755)
    return path


def test_the_machines_own_is_taken_wherever_it_is(machine: Path) -> None:
    assert asterisk.find() is None
    in_sbin = program(machine / "sbin/asterisk")
    assert asterisk.find() == asterisk.AsteriskProgram("Asterisk 22.10.1", (str(in_sbin),), None, machine)
    on_path = program(machine / "bin/asterisk", "20.18.0")
    assert asterisk.find() == asterisk.AsteriskProgram("Asterisk 20.18.0", (str(on_path),), None, machine)


def test_one_that_was_built_for_a_folder_has_its_own_prompts(machine: Path) -> None:
    own = program(machine / "bin/asterisk", "23.4.1")
    data = machine / "var/lib/asterisk"
    prompts(data)
    assert asterisk.find() == asterisk.AsteriskProgram("Asterisk 23.4.1", (str(own),), None, data)


def test_an_old_one_is_not_taken(machine: Path) -> None:
    program(machine / "bin/asterisk", "18.26.0")
    assert asterisk.find() is None


def test_one_without_prompts_is_not_taken(machine: Path) -> None:
    program(machine / "bin/asterisk")
    (machine / "sounds/en/beep.wav").unlink()
    assert asterisk.find() is None


class Archive:
    """A fake of Debian's archive: it counts the fetches, and can fail or be slow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fetches = 0
        self.on_fetch: Callable[[], object] = lambda: None
        self.version = "22.10.1"
        monkeypatch.setattr(debian, "fetch", self.fetch)
        monkeypatch.setattr(debian, "unpack", self.unpack)

    def fetch(self, packages: Sequence[str], work: Path, good: object, say: object) -> list[Path]:
        self.fetches += 1
        self.on_fetch()
        archives = work / "cache/archives"
        archives.mkdir(parents=True, exist_ok=True)
        found = [archives / f"{name}_1%3a22.10.1_test.deb" for name in packages]
        for package in found:
            package.write_bytes(b"package")
        return found

    def unpack(self, packages: object, root: Path) -> None:
        program(root / "usr/lib/test/ld-linux-test.so.2", self.version)
        (root / "usr/share/asterisk/sounds/en_US_f_Allison").mkdir(parents=True)


@pytest.fixture
def archive(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    return Archive(monkeypatch)


def test_a_fetched_asterisk_is_kept_and_named(archive: Archive) -> None:
    first = asterisk.ensure(lambda _: None)
    assert asterisk.ensure(lambda _: None) == first == asterisk.find()
    assert archive.fetches == 1
    folder = asterisk.cache_folder()
    assert '"version": "1:22.10.1"' in (folder / "packages.json").read_text()
    assert (folder / "root/usr/share/asterisk/sounds/en").is_dir()
    assert not (folder / "apt").exists()


def test_a_first_run_that_broke_off_leaves_nothing_that_is_taken_for_whole(archive: Archive) -> None:
    def break_off() -> None:
        raise debian.PackageError("apt_get_failed", "the network is gone")

    archive.on_fetch = break_off
    with refused(debian.PackageError, "apt_get_failed"):
        asterisk.ensure(lambda _: None)
    assert asterisk.find() is None
    archive.on_fetch = lambda: None
    assert asterisk.ensure(lambda _: None).version == "Asterisk 22.10.1"
