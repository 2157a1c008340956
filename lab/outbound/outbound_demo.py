"""The outbound demo: a predictive campaign calls leads of every kind, judged by their sound and the records."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from lab import demo_evidence, demo_lab, demo_scene
from lab.demo_checklist import Checklist, StoryEnded
from lab.demo_scene import DemoScene
from lab.outbound import demo_agents, demo_leads, lead_story, outbound_claims
from lab.outbound.demo_leads import DemoLead
from lab.outbound.lead_story import LeadStory
from lab.sip import IncomingCall, Parties, SipCall
from warmline.store.leads import leads as lead_store
from warmline.store.reports.drop_windows import drop_windows
from warmline.system import contrib_table

CHANGES = Path(__file__).with_name("outbound.toml")
CAMPAIGN, LIST, WHO = "TESTCAMP", "200", "demo"
MOST, FEWEST = len(demo_leads.KINDS), len(demo_leads.EACH_KIND)
LASTS = 60.0  # seconds in which the campaign calls every lead
BEGINS = 15.0  # seconds until the first call; the dialler waits for 10 s after a start of the app

START = {f"campaign start {CAMPAIGN}": "the campaign is started"}
# Administrator's commands about the calls; each with the claim that is true if it ends with 0.
COMMANDS = {
    f"dial status {CAMPAIGN}": "the view of the dialler shows the drop budget",
    "audit drops": "no window has more drops than its limit",
    "audit compliance": "the records break no claim of the law",
    "audit verify": "no record was changed or removed",
    "doctor orphans": "nothing is left over in Asterisk",
}
OF_CONTRIB = {"audit compliance"}
ADDED = {f"{row['group']} {row['name']}" for row in contrib_table.COMMANDS}


def play(directory: Path | None, count: int, *, as_json: bool) -> dict[str, Any]:
    """Play the campaign with `count` leads and judge it; return the JSON document.

    Its `holds` is whether every claim is true. `directory` is as in `demo.play`. With `as_json` the progress goes to
    the standard error output. Raises LabError, OSError, CancelledError.
    """
    checklist = Checklist(Console(highlight=False, stderr=as_json))
    stories: list[LeadStory] = []

    async def story(folder: Path) -> None:
        stories.extend(await _run(checklist, folder, demo_leads.leads(count)))

    holds = demo_lab.play(checklist, directory, story)
    return {"holds": holds, "claims": checklist.as_dicts(), "leads": [_document(one) for one in stories]}


async def _run(checklist: Checklist, directory: Path, wanted: list[DemoLead]) -> list[LeadStory]:
    checklist.console.print(
        f"A predictive campaign calls {len(wanted)} leads on a private Asterisk. Each phone plays its own tone, so the "
        "demo can measure who hears whom, and when.\n"
    )
    stories: list[LeadStory] = []
    behaviours = {lead.number: lead.kind.behaves(lead.tone) for lead in wanted}
    async with Parties() as parties:
        peer = await parties.peer(behaviours.get)
        async with demo_lab.running(checklist, directory, peer, CHANGES) as lab:
            scene = DemoScene(lab, parties, peer, checklist)
            with suppress(StoryEnded):
                stories += await _campaign(scene, wanted)
            await asyncio.to_thread(demo_evidence.judge_journal, lab, checklist)
            commands = {line: claim for line, claim in COMMANDS.items() if line not in OF_CONTRIB - ADDED}
            await asyncio.to_thread(demo_lab.show_records, lab, checklist, commands)
    return stories


async def _campaign(scene: DemoScene, wanted: list[DemoLead]) -> list[LeadStory]:
    """Let the campaign call all leads, and judge it. Raises StoryEnded."""
    for lead in wanted:
        lead_store.create(scene.lab.db, LIST, {"phone_number": f"+{lead.number}"}, who=WHO)
    with scene.checklist.claim(f"{len(demo_agents.TONES)} agents log in from SIP phones and are READY"):
        seats = await demo_agents.log_in(scene)
    await asyncio.to_thread(demo_lab.show_records, scene.lab, scene.checklist, START)
    working = [asyncio.create_task(demo_agents.work(scene.lab, user, seat)) for user, seat in seats.items()]
    try:
        calls = await _all_called(scene, wanted)
        stories = await _on_record(scene, calls, seats)
    finally:
        for task in working:
            task.cancel()
        await asyncio.wait(working)
    scene.checklist.console.print("", _table(wanted, stories), "", sep="\n")
    beeps = {user: demo_agents.beeps(seat) for user, seat in seats.items()}
    windows = list(drop_windows(scene.lab.db, CAMPAIGN))
    outbound_claims.judge(scene.checklist, wanted, stories, beeps, windows)
    return stories


async def _all_called(scene: DemoScene, wanted: list[DemoLead]) -> list[IncomingCall]:
    """Wait until each lead's phone has been called, and every call is over."""
    with scene.checklist.claim(f"every lead is called within {LASTS:.0f} s") as claim:
        calls = [await scene.peer.next_call(BEGINS)]
        limit = calls[0].began + LASTS
        while {call.number for call in calls} < {lead.number for lead in wanted}:
            calls.append(await scene.peer.next_call(limit - time.monotonic()))
        for call in calls:
            await call.ended(max(0.0, limit - time.monotonic()))
        claim.measured = f"{max(call.ended.at or 0.0 for call in calls) - calls[0].began:.1f} s"
    return [call for call in scene.peer.calls if isinstance(call, IncomingCall)]


async def _on_record(scene: DemoScene, calls: list[IncomingCall], seats: dict[str, SipCall]) -> list[LeadStory]:
    """Wait until the end of each call, with the agent's code, is on record."""

    def find() -> list[LeadStory] | None:
        stories = lead_story.read(scene.lab.db, CAMPAIGN, calls, seats)
        done = len(stories) == len(calls) and all(one.row["ended"] and one.row["status"] for one in stories)
        return stories if done else None

    with scene.checklist.claim("every call has an end and a status on record"):
        return await demo_scene.until(find, demo_agents.TALK + 5, "a call has no end or no status")


def _table(wanted: list[DemoLead], stories: list[LeadStory]) -> Table:
    """Return a line for each lead: what its phone did, and what came of it."""
    drawn = Table(title="The leads, by their own phones; s: seconds", title_justify="left")
    for name in ("lead", "phone", "rang s", "hears after s", "agent", "status"):
        drawn.add_column(name, justify="right" if name.endswith(" s") else "left")
    found = {one.call.number: one for one in stories}
    for lead in wanted:
        if one := found.get(lead.number):
            drawn.add_row(
                lead.number,
                lead.kind.name,
                _seconds(one.rang),
                _seconds(one.sound_after),
                ", ".join(one.heard),
                one.row["status"],
            )
    return drawn


def _document(story: LeadStory) -> dict[str, Any]:
    return {
        "number": story.call.number,
        "status": story.row["status"],
        "ended_by": story.row["ended_by"],
        "agent": "".join(story.heard),
        "rang_seconds": story.rang,
        "sound_after_seconds": story.sound_after,
        "silent_for_seconds": story.silent_for,
        "connected_after_seconds": story.connected_after,
    }


def _seconds(length: float | None) -> str:
    return "" if length is None else f"{length:.2f}"
