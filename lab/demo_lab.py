"""The lab of a demo: it is started for the story, its records are shown, and it ends in any case."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from lab import instance, process
from lab.demo_checklist import Checklist
from lab.description import Lab
from lab.sip import TrunkPeer


def play(checklist: Checklist, directory: Path | None, story: Callable[[Path], Awaitable[None]]) -> bool:
    """Play a story in a folder, and print the summary; return whether every claim is true.

    `directory` is a new folder for the lab, which stays; None for a temporary one. Raises LabError, OSError,
    CancelledError.
    """
    console = checklist.console
    folder = directory or Path(tempfile.mkdtemp(prefix="warmline-demo-"))
    try:
        asyncio.run(_run(story, folder))
    finally:
        if directory is None and not checklist.failed:
            shutil.rmtree(folder, ignore_errors=True)
    console.print(checklist.summary())
    if directory is None and not checklist.failed:
        console.print("The lab is removed. --dir FOLDER keeps its recordings and logs.")
    if checklist.failed:
        console.print(f"The lab's folder, with its logs, stays: {folder}", soft_wrap=True)
    return not checklist.failed


async def _run(story: Callable[[Path], Awaitable[None]], folder: Path) -> None:
    process.end_on_signals()
    await story(folder)


@asynccontextmanager
async def running(
    checklist: Checklist, directory: Path, peer: TrunkPeer, changes: Path, servers: int = 1
) -> AsyncIterator[Lab]:
    """Provide a lab with so many Asterisk servers for the time of the block, and end it in any case."""
    starting = asyncio.create_task(asyncio.to_thread(instance.up, directory, peer.trunk, changes, servers=servers))
    asterisk = "a private Asterisk" if servers == 1 else f"{servers} private Asterisk servers"
    try:
        with checklist.claim(f"{asterisk} and Warmline run on loopback") as claim:
            lab = await asyncio.shield(starting)
            claim.measured = f"below {lab.dir}"
        yield lab
    finally:
        await asyncio.wait({starting})
        if not starting.exception():
            await asyncio.to_thread(instance.down, directory)


def show_records(lab: Lab, checklist: Checklist, commands: Mapping[str, str]) -> None:
    """Run the administrator's commands; each has a claim that is true if it ends with 0."""
    warmline = Path(sys.executable).with_name("warmline")
    environment = os.environ | {"WARMLINE_CONFIG": f"{lab.dir}/warmline.toml"}
    for command, claim in commands.items():
        checklist.console.print(f"\n$ warmline {command}", style="bold")
        said = subprocess.run([warmline, *command.split()], env=environment, check=False, stdout=checklist.console.file)
        checklist.judge(claim, said.returncode == 0)
    checklist.console.print()
