"""The container to try Warmline: its steps on a clean Debian, then a call by what it prints."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from lab.sip import Hearing, Parties
from tests.docs.page_blocks import PROJECT
from tests.package import container_steps
from tests.package.debian_root import LIMIT, DebianRoot

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and boot a Debian")

READY = "warmline lab down --dir /srv/lab\n"  # the last line that the container prints


def test_a_call_works_with_the_printed_data_of_the_container(debian: DebianRoot, package: Path, tmp_path: Path) -> None:
    context = tmp_path / "context"
    shutil.copytree(PROJECT / "packaging/container", context / "packaging/container")
    (context / "dist").mkdir()
    shutil.copy(package, context / "dist")
    command = container_steps.build(debian, context / "packaging/container/Containerfile", context)
    with started(debian, command) as printed, debian.network():
        lab = json.loads((debian.folder / "srv/lab/lab.json").read_text())
        assert lab["phones"]["1000"]["password"] in printed and f"{lab['api']}/agc/api.php" in printed
        with urlopen(f"{lab['api']}/healthz") as answer:  # noqa: S310 - of the app on loopback
            assert answer.status == 200
        asyncio.run(a_call(lab["sip"], lab["phones"]["1000"]))
    assert [one for one in lab["pids"].values() if debian.run(f"kill -0 {one}").returncode == 0] == []


@contextmanager
def started(debian: DebianRoot, command: str) -> Iterator[str]:
    """Start the container, wait until it is ready, and yield what it printed; end it as a builder's program does."""
    line = debian.command(f"echo $$ >/run/container.pid; exec {command}")
    with subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        printed = ""
        while not printed.endswith(READY):
            printed += (more := process.stdout.readline())
            assert more, printed
        yield printed
        debian.type("kill $(cat /run/container.pid)")
        process.wait(LIMIT)


async def a_call(sip: str, account: dict[str, str]) -> None:
    """Log an agent in by the printed account, and let a customer call: they hear each other."""
    async with Parties() as parties:
        phone = await parties.phone(account["user"], account["password"], sip)
        agent = await phone.call(account["login"])
        await agent.answered()
        customer = await (await parties.customer(sip)).call("8005550100")
        since = await customer.answered()
        ear = Hearing({"agent": agent, "customer": customer})
        await ear.heard(agent, customer, since)
        await ear.heard(customer, agent, since)
