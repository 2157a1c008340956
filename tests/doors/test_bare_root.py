"""The package's files in a clean Debian: their modes and owners, and the exposure of each unit."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.door_table import found
from tests.package import conftest as packaged
from tests.package.debian_root import DebianRoot

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and boot a Debian")

package = packaged.package
UNITS = ("warmline", "warmline-api", "warmline-agi", "warmline-workers", "warmline-guard")
PLACE = "/usr/lib/warmline/systemd"
MOST_EXPOSURE = 1.5  # of 10; the guard, the app and the processes of strangers' requests had 1.2 to 1.4
INSTALL = "warmline install --yes --user asterisk --from-trunk from-trunk --login 700@from-phones"
# The files and folders that `warmline install` makes.
MADE = "find /etc/warmline /var/lib/warmline /run/warmline /var/lib/asterisk/agi-bin -name '*' 2>/dev/null"
SECRET = ("/etc/warmline/secrets.toml", "/var/lib/warmline/warmline.db")


@pytest.fixture
def installed(short_path: Path, package: Path) -> Iterator[DebianRoot]:
    """Return a clean Debian with the archive's Asterisk and the package, connected to it."""
    with DebianRoot(short_path / "debian") as debian:
        shutil.copy(package, debian.folder / "root")
        debian.type(f"apt-get install --yes --no-install-recommends asterisk ./{package.name}")
        debian.type(INSTALL)
        yield debian


def listed(debian: DebianRoot, names: str) -> dict[str, tuple[str, str]]:
    """Return mode and owner of files, by their names; `names` is a command that prints these."""
    told = debian.type(f"{names} | sort -u | xargs -d '\\n' stat --format '%A %U:%G %n'")
    rows = [line.split(" ", 2) for line in told.splitlines()]
    return {name: (mode, owner) for mode, owner, name in rows}


def test_files_of_the_package_belong_to_root_and_no_other_user_writes_them(installed: DebianRoot) -> None:
    files = listed(installed, "dpkg -L warmline")
    kinds = Counter(f"{mode} {owner}" for mode, owner in files.values())
    found("package", f"{len(files)} files", ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))
    assert {name: owner for name, (_, owner) in files.items() if owner != "root:root"} == {}
    writable = {
        name: mode for name, (mode, _) in files.items() if mode[0] != "l" and (mode[5] == "w" or mode[8] == "w")
    }
    assert writable == {}
    assert {name: mode for name, (mode, _) in files.items() if set("sS") & set(mode)} == {}
    made = listed(installed, MADE)
    found("package", "files of an installation", ", ".join(f"{name} {' '.join(one)}" for name, one in made.items()))
    assert not [name for name, (mode, _) in made.items() if mode[0] != "l" and mode[8] == "w"]
    assert [made[name][0][7:] for name in SECRET] == ["---"] * len(SECRET)


def test_each_unit_has_little_exposure(installed: DebianRoot) -> None:
    scores = {}
    for unit in UNITS:
        told = installed.run(f"systemd-analyze security --offline=yes --no-pager {PLACE}/{unit}.service").stdout
        scores[unit] = float(re.findall(r"exposure level for .*: ([0-9.]+)", told)[-1])
    found("package", "exposure by systemd-analyze", ", ".join(f"{unit} {score}" for unit, score in scores.items()))
    assert {unit: score for unit, score in scores.items() if score > MOST_EXPOSURE} == {}
