"""The demo: one warm transfer on a private Asterisk, with real SIP parties and measured sound."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from rich.console import Console

from lab import demo_evidence, demo_story, instance, process
from lab.demo_checklist import Checklist, StoryEnded
from lab.description import Lab
from sip_parties import Parties, TrunkPeer, answer, ring

CHANGES = Path(__file__).with_name("demo.toml")
THIRDS = {"answers": answer(after=demo_story.RINGS), "never-answers": ring()}

# Administrator's commands about the call; each with the claim that is true if it ends with 0.
COMMANDS = {
    "audit call last": "the audit tells the call's story",
    "audit verify": "no record was changed or removed",
    "doctor orphans": "nothing is left over in Asterisk",
}


def play(directory: Path | None, third: str) -> bool:
    """Play the story and judge it; return whether every claim is true.

    `directory` is a new folder for the lab, which stays; None for a temporary one. `third` is the behaviour of the
    third party, one of THIRDS. Raises LabError, OSError, CancelledError.
    """
    console = Console(highlight=False)
    folder = directory or Path(tempfile.mkdtemp(prefix="warmline-demo-"))
    checklist = Checklist(console)
    try:
        asyncio.run(_run(checklist, folder, third))
    finally:
        if directory is None and not checklist.failed:
            shutil.rmtree(folder, ignore_errors=True)
    console.print(checklist.summary())
    if directory is None and not checklist.failed:
        console.print("Its folder is removed. To keep the recordings, run: warmline demo --dir demo")
    if checklist.failed:
        console.print(f"The lab's folder, with its logs, stays: {folder}", soft_wrap=True)
    return not checklist.failed


async def _run(checklist: Checklist, directory: Path, third: str) -> None:
    process.end_on_signals()
    checklist.console.print(
        "One warm transfer on a private Asterisk. Each party plays a tone, so the demo can measure who hears whom.\n"
    )
    async with Parties() as parties:
        peer = await parties.peer(lambda number: THIRDS[third])
        async with _lab(checklist, directory, peer) as lab:
            with suppress(StoryEnded):
                await _play(demo_story.DemoScene(lab, parties, peer, checklist))
            await asyncio.to_thread(_show_records, lab, checklist)


@asynccontextmanager
async def _lab(checklist: Checklist, directory: Path, peer: TrunkPeer) -> AsyncIterator[Lab]:
    """Provide a lab for the time of the block, and end it in any case."""
    starting = asyncio.create_task(asyncio.to_thread(instance.up, directory, peer.trunk, CHANGES))
    try:
        with checklist.claim("a private Asterisk and Warmline run on loopback") as claim:
            lab = await asyncio.shield(starting)
            claim.measured = f"below {lab.dir}"
        yield lab
    finally:
        await asyncio.wait({starting})
        if not starting.exception():
            await asyncio.to_thread(instance.down, directory)


async def _play(scene: demo_story.DemoScene) -> None:
    """Play the story, and judge each part when it ends. Raises StoryEnded."""
    beside = await demo_story.open_room_beside(scene)
    agent = await demo_story.log_in(scene)
    customer = await demo_story.call_in(scene, agent)
    third = await demo_story.bring_in(scene, agent, customer)
    left = await demo_story.leave(scene, agent, customer, third, beside)
    scene.checklist.console.print("", demo_evidence.hearing_table(left), "", sep="\n")
    demo_evidence.judge_hearing(left, scene.checklist)
    story = await demo_story.finish(scene, left)
    demo_evidence.judge_recordings(story, scene.checklist)


def _show_records(lab: Lab, checklist: Checklist) -> None:
    demo_evidence.judge_journal(lab, checklist)
    warmline = Path(sys.executable).with_name("warmline")
    environment = os.environ | {"WARMLINE_CONFIG": f"{lab.dir}/warmline.toml"}
    for command, claim in COMMANDS.items():
        checklist.console.print(f"\n$ warmline {command}", style="bold")
        said = subprocess.run([warmline, *command.split()], env=environment, check=False)
        checklist.judge(claim, said.returncode == 0)
    checklist.console.print()
