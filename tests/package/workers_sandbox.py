"""The sandbox of the worker process under a real systemd: `tools/nightly sandbox`.

The unit of the package starts a probe in place of the process. The same probe outside the unit, as the same user, shows
that it is the sandbox that refuses. The limit of memory is not tried: it needs the memory controller of cgroups v2.
"""

import errno
import json
import os
from pathlib import Path

import pytest

from tests.package.debian_root import DebianRoot
from tests.package.sandbox_probe import TRIES

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and boot a Debian")

HERE = Path(__file__)
UNIT = HERE.parents[2] / "packaging/systemd/warmline-workers.service"
INSTEAD = """[Service]
Type=oneshot
ExecStart=
ExecStart=/usr/bin/python3 /opt/sandbox_probe.py /var/lib/warmline/told.json
ExecReload=
Restart=no
WatchdogSec=0
"""
PLACES = """useradd --system --user-group asterisk
install -d -o asterisk -g asterisk /var/lib/warmline /var/spool/asterisk/recording /etc/warmline-open
install -d -m 777 /srv/open; install -d -m 755 /home/somebody
echo dear >/home/somebody/letter; echo other >/tmp/of-others"""
MAY = ("write below /var/lib/warmline", "write beside the recordings", "connect on loopback")
# Also not without the sandbox; the Debian runs in a chroot, in which the kernel makes no namespaces of users.
NEVER = ("mount", "set the clock", "name the machine", "make namespaces")
REFUSED = {errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EAFNOSUPPORT}


def test_the_process_can_do_what_its_unit_allows_and_no_more(short_path: Path) -> None:
    with DebianRoot(short_path / "debian") as debian:
        debian.type("apt-get install --yes python3")
        debian.type(PLACES)
        (debian.folder / "opt/sandbox_probe.py").write_text(HERE.with_name("sandbox_probe.py").read_text())
        units = debian.folder / "etc/systemd/system"
        (units / UNIT.name).write_text(UNIT.read_text())
        (units / f"{UNIT.name}.d").mkdir()
        (units / f"{UNIT.name}.d/probe.conf").write_text(INSTEAD)
        debian.type(f"systemctl daemon-reload && systemctl start {UNIT.name}")
        told = debian.folder / "var/lib/warmline/told.json"
        inside = json.loads(told.read_text())
        debian.type("rm -rf /var/lib/warmline/* /var/spool/asterisk/recording/*")
        debian.type("runuser -u asterisk -- python3 /opt/sandbox_probe.py /var/lib/warmline/told.json")
        outside = json.loads(told.read_text())
        print(f"inside: {inside}\noutside: {outside}")
    assert {name for name in TRIES if inside[name] == 0} == set(MAY)
    assert {inside[name] for name in TRIES if name not in MAY} <= REFUSED
    assert {name for name in TRIES if outside[name] != 0} == set(NEVER), "the sandbox refuses, not a file's mode"
    assert (inside["no new privileges"], inside["capabilities"]) == (1, 0)
