"""The demo of several servers: two Asterisks under one app, and transfers on both, judged by their sound."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console

from lab import demo_evidence, demo_lab, demo_story
from lab.demo_checklist import Checklist, StoryEnded
from lab.demo_scene import DemoScene
from lab.description import Lab
from lab.servers import servers_claims, servers_story
from lab.servers.servers_story import CROSSED, FIRST, KILLED, OTHER, at
from lab.sip import Parties
from warmline.core.messages.values.server_action import MAIN_SERVER

CHANGES = Path(__file__).with_name("servers.toml")
SERVERS = 2

# Administrator's commands about the servers; each with the claim that is true if it ends with 0.
COMMANDS = {
    "server list": "the app reaches both servers",
    f"audit calls --server {OTHER}": f"the audit lists the calls of {OTHER}",
    "audit verify": "no record was changed or removed",
    "doctor orphans": "nothing is left over on either server",
}


def play(directory: Path | None, *, as_json: bool) -> dict[str, Any]:
    """Play the story and judge it; return the JSON document.

    Its `holds` is whether every claim is true. `adopted_seconds` has the time from the kill until the calls of each
    server were adopted. `directory` is as in `demo.play`. With `as_json` the progress goes to the standard error
    output. Raises LabError, OSError, CancelledError.
    """
    checklist = Checklist(Console(highlight=False, stderr=as_json))
    adopted: dict[str, float] = {}

    async def story(folder: Path) -> None:
        adopted.update(await _run(checklist, folder))

    holds = demo_lab.play(checklist, directory, story)
    return {"holds": holds, "claims": checklist.as_dicts(), "adopted_seconds": adopted}


async def _run(checklist: Checklist, directory: Path) -> dict[str, float]:
    checklist.console.print(
        f"One app has two Asterisk servers, {MAIN_SERVER} and {OTHER}. An agent leaves a call on each, and then the "
        "app's call process is killed. Each party plays its own tone, so the demo can measure who hears whom.\n"
    )
    adopted: dict[str, float] = {}
    async with Parties(turning=True) as parties:
        peer = await parties.peer(servers_story.THIRDS.get)
        async with demo_lab.running(checklist, directory, peer, CHANGES, SERVERS) as lab:
            with suppress(StoryEnded):
                adopted = await _play(DemoScene(lab, parties, peer, checklist))
            checklist.place = ""
            await asyncio.to_thread(_show_records, lab, checklist)
    return adopted


async def _play(scene: DemoScene) -> dict[str, float]:
    """Play the story, and judge each part when it ends; return the adoptions. Raises StoryEnded."""
    checklist = scene.checklist
    beside = await servers_story.open_talks_beside(scene)
    with at(scene, "").checklist.claim(f"agent {demo_story.AGENT} is READY; their phone has an account on each server"):
        phone = await servers_story.log_in(scene, demo_story.AGENT)
    first = await servers_story.three_way(at(scene, MAIN_SERVER), MAIN_SERVER, phone, FIRST)
    _judge(await servers_story.leave(scene, first, beside[MAIN_SERVER]), checklist)
    await demo_story.wrap_up(scene)
    crossed = await servers_story.three_way(at(scene, OTHER), OTHER, phone, CROSSED)
    _judge(await servers_story.leave(scene, crossed, beside[OTHER]), checklist)
    await demo_story.wrap_up(scene)
    third = await servers_story.three_way(at(scene, MAIN_SERVER), MAIN_SERVER, phone, KILLED)
    talks = [first, crossed, third]
    kill = await servers_story.kill_call_process(at(scene, ""), talks, beside)
    servers_claims.judge_restart(kill, checklist)
    _judge(
        await servers_story.leave(at(scene, f"{MAIN_SERVER}, after the restart"), third, beside[MAIN_SERVER]), checklist
    )
    await demo_story.wrap_up(scene)
    await servers_story.hang_up(at(scene, ""), talks)
    with checklist.claim("the calls for comparison end") as claim:
        for ear in beside.values():
            await ear.parties["customer"].hang_up()
            await ear.parties["agent"].ended()
        claim.measured = ", ".join(beside)
    return kill.adopted


def _judge(left: demo_story.DemoLeave, checklist: Checklist) -> None:
    checklist.console.print("", demo_evidence.hearing_table(left), "", sep="\n")
    demo_evidence.judge_hearing(left, checklist)


def _show_records(lab: Lab, checklist: Checklist) -> None:
    demo_evidence.judge_journal(lab, checklist)
    demo_lab.show_records(lab, checklist, COMMANDS)
