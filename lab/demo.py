"""The demo: one warm transfer on a private Asterisk, with real SIP parties and measured sound."""

import asyncio
import errno
import os
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from lab import demo_evidence, demo_lab, demo_scene, demo_story, demo_voices
from lab.demo_checklist import Checklist, StoryEnded
from lab.description import Lab
from lab.sip import Parties, answer, ring

CHANGES = Path(__file__).with_name("demo.toml")
THIRDS = {"answers": answer(after=demo_story.RINGS), "never-answers": ring()}

# Administrator's commands about the call; each with the claim that is true if it ends with 0.
COMMANDS = {
    "audit call last": "the audit tells the call's story",
    "audit verify": "no record was changed or removed",
    "doctor orphans": "nothing is left over in Asterisk",
}


def play(directory: Path | None, third: str) -> bool:
    """Play the story and judge it, then play it with voices; return whether every claim is true.

    `directory` is a new folder for the lab, which stays; None for a temporary one. `third` is the behaviour of the
    third party, one of THIRDS. The voices are written to `sound_file`. Raises LabError, OSError, CancelledError.
    """
    if directory is None and not os.access(Path(), os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(sound_file(directory)))
    checklist = Checklist(Console(highlight=False))
    return demo_lab.play(checklist, directory, lambda folder: _run(checklist, folder, third, sound_file(directory)))


def sound_file(directory: Path | None) -> Path:
    """Return the file for a person's ears: in this folder, or in the current one."""
    return (directory or Path()) / "handoff.wav"


async def _run(checklist: Checklist, directory: Path, third: str, sound: Path) -> None:
    checklist.console.print(
        "One warm transfer on a private Asterisk, in half a minute. First each party plays a tone, so the demo can "
        "measure who hears whom. Then they speak, for your ears.\n"
    )
    async with Parties() as parties:
        peer = await parties.peer(lambda number: THIRDS[third])
        async with demo_lab.running(checklist, directory, peer, CHANGES) as lab:
            with suppress(StoryEnded):
                await _play(demo_scene.DemoScene(lab, parties, peer, checklist), sound)
            await asyncio.to_thread(_show_records, lab, checklist)


async def _play(scene: demo_scene.DemoScene, sound: Path) -> None:
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
    await demo_voices.speak(scene, agent, sound)


def _show_records(lab: Lab, checklist: Checklist) -> None:
    demo_evidence.judge_journal(lab, checklist)
    demo_lab.show_records(lab, checklist, COMMANDS)
