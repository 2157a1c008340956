"""The Debian package on a clean Debian with the archive's Asterisk: to a first leave, and gone again."""

import asyncio
import os
import subprocess
import time
from pathlib import Path

import pytest

from lab.sip import Hearing
from tests.package import kept_release
from tests.package.deb_machine import DIAL, LEAVE, deb_machine, hear_each_other, typed_lines
from tests.package.debian_root import DebianRoot, files_with_asterisk

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and boot a Debian")

LINES, SECONDS = 12, 600  # from nothing to a leave
RECORDINGS = "/var/spool/asterisk/recording"


@pytest.fixture(scope="module")
def with_asterisk(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the files of a Debian on which only Asterisk was installed."""
    return files_with_asterisk(tmp_path_factory.mktemp("asterisk") / "debian")


def test_lintian_finds_no_error(package: Path) -> None:
    done = subprocess.run(["lintian", "--fail-on", "error,warning", package], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_version_in_development_sorts_between_the_releases(package: Path) -> None:
    version = package.name.split("_")[1]
    for other, order in ((kept_release.with_source()[-1].name, "gt"), (version.split("~")[0], "le")):
        assert subprocess.run(["dpkg", "--compare-versions", version, order, other]).returncode == 0


def test_from_nothing_to_a_leave_and_back(debian: DebianRoot, package: Path, with_asterisk: set[str]) -> None:
    asyncio.run(a_first_leave(debian, package))
    assert "customer" in debian.type("warmline audit call last")
    debian.type("warmline doctor --only installation")
    debian.type("apt-get remove --yes warmline")
    assert "/var/lib/warmline/warmline.db" in debian.files()
    told = debian.type("apt-get purge --yes warmline && apt-get autoremove --purge --yes")
    assert RECORDINGS in told
    assert "AGI(" not in debian.type("asterisk -rx 'dialplan show'")  # Asterisk has read its dialplan without Warmline
    left = debian.files() - with_asterisk
    assert {name for name in left if not name.startswith(RECORDINGS)} == set()
    assert any(name.endswith(".wav") for name in left)
    assert with_asterisk - debian.files() == set()
    ours = "grep -l warmline /etc/passwd /etc/asterisk/ari.conf /etc/asterisk/http.conf /etc/asterisk/extensions.conf"
    assert debian.run(ours).stdout == ""


async def a_first_leave(debian: DebianRoot, package: Path) -> None:
    """Type the lines of the page; at the leave, customer and third party hear each other, and the agent neither."""
    lines, began = typed_lines(), time.monotonic()
    async with deb_machine(debian, package) as machine:
        for line in lines[: lines.index(DIAL)]:
            await machine.type(line)
        agent = await machine.agent_logs_in()
        customer = await machine.customer_calls()
        third = await machine.third_comes()
        ear = Hearing({"agent": agent, "customer": customer, "third": third})
        await hear_each_other(ear, agent, customer, third)
        await machine.type(LEAVE)
        seconds = time.monotonic() - began
        since, until = await ear.listen(1.0)
        assert ear.hears(customer, third, since, until) and ear.hears(third, customer, since, until)
        assert ear.silent_of(customer, agent, since, until) and ear.silent_of(third, agent, since, until)
    print(f"from nothing to a leave: {len(lines)} lines, {seconds:.0f} s")
    assert len(lines) <= LINES and seconds < SECONDS
