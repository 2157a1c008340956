"""The Debian package of a media server: the program of the other package, the guard with its gate, and no app."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.package.debian_root import DebianRoot
from tests.package.test_deb import RECORDINGS

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and boot a Debian")

UNITS = "./usr/lib/systemd/system/"
GATE = "127.0.0.1:8189"
# One message of the gate, with the epoch of an app; the media process answers behind it.
MEDIA = "import socket; socket.socket(socket.AF_UNIX).connect('/run/warmline/media')"


def listed(package: Path) -> dict[str, str]:
    """Return mode and owner of each file of a package by its path, without the folder of its documentation."""
    shown = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=5) for line in shown.splitlines()]
    return {row[5]: " ".join(row[:2]) for row in rows if "/doc/" not in row[5] and "/lintian/" not in row[5]}


def field(package: Path, name: str) -> str:
    """Return a field of a package's control file."""
    return subprocess.run(["dpkg-deb", "--field", package, name], capture_output=True, text=True).stdout.strip()


def text(package: Path, path: str) -> str:
    """Return the text of a file of a package."""
    tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], capture_output=True, check=True).stdout
    return subprocess.run(["tar", "-xO", path], input=tar, capture_output=True, check=True).stdout.decode()


def test_both_packages_have_the_same_program_and_only_one_has_the_app(package: Path, media_package: Path) -> None:
    whole, media = listed(package), listed(media_package)
    assert {path for path in media if path.startswith(UNITS) and path != UNITS} == {
        f"{UNITS}warmline-guard.service",
        f"{UNITS}warmline-media.service",
    }
    differ = {path for path in whole.keys() ^ media.keys() if not path.startswith(UNITS)}
    assert differ == {path for path in whole if "sysusers.d" in path or path.endswith("d/warmline.conf")} | {
        "./usr/lib/tmpfiles.d/warmline-media.conf"
    }
    assert {path for path in whole.keys() & media.keys() if whole[path] != media[path]} == set()
    assert field(media_package, "Conflicts") == "warmline" and field(media_package, "Version") == field(
        package, "Version"
    )


def test_the_guard_of_the_package_writes_the_files_of_its_gate(package: Path, media_package: Path) -> None:
    unit = f"{UNITS}warmline-guard.service"
    with_gate, without = (text(one, unit).splitlines() for one in (media_package, package))
    assert [line for line in with_gate if line not in without] == [
        "RuntimeDirectory=warmline",
        "RuntimeDirectoryMode=0751",
        "RuntimeDirectoryPreserve=yes",
        "ReadWritePaths=/var/lib/warmline",
    ]


def test_lintian_finds_no_error_in_the_package_of_a_media_server(media_package: Path) -> None:
    done = subprocess.run(["lintian", "--fail-on", "error,warning", media_package], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_media_server_runs_by_the_package_and_is_gone_after_it(debian: DebianRoot, media_package: Path) -> None:
    """Its gate answers, the media process listens, and no unit of its own is written beside those of the package."""
    (debian.folder / "root" / media_package.name).write_bytes(media_package.read_bytes())
    debian.type(f"apt-get install --yes asterisk ./{media_package.name}")
    debian.type(f"warmline install --yes --gate {GATE} --from-trunk from-trunk")
    assert debian.run("ls /etc/systemd/system | grep warmline").stdout == ""
    debian.type("asterisk -rx 'core reload' && systemctl enable --now warmline-guard warmline-media")
    limit = "for _ in $(seq 100); do test -e /run/warmline/media && break; sleep 0.2; done"
    debian.type(f'{limit}; /usr/bin/python3 -c "{MEDIA}"')
    debian.type("for _ in $(seq 50); do warmline doctor --only gate >/dev/null && exit 0; sleep 0.2; done; exit 1")
    assert "the highest epoch is 0" in debian.type("warmline doctor --only gate")
    debian.type(f"dpkg --install {media_package.name}")  # an upgrade to the same version
    assert debian.type("systemctl is-active warmline-guard warmline-media").split() == ["active", "active"]
    assert not (debian.folder / "var/lib/warmline/warmline.db").exists()
    told = debian.type("apt-get purge --yes warmline-media")
    assert RECORDINGS in told or "recording below Asterisk's astspooldir" in told
    assert debian.run("grep -l warmline /etc/asterisk/*.conf; ls -d /etc/warmline /var/lib/warmline").stdout == ""
