"""Asks Asterisk's AMD() whether a machine has answered. The party stays in the script meanwhile.

AMD() is an application of the dialplan. A channel that hears the party alone, and that nobody hears, runs it there, in
the context of Warmline's dialplan that the dialler uses too, and comes back with the verdict.
"""

import asyncio
from typing import TYPE_CHECKING

from warmline.ari import media_channels
from warmline.ari.channel import Channel
from warmline.ari.event_reader import EventReader
from warmline.ari.events import StasisStart
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

CONTEXT, EXTENSION = "warmline-amd", "1"
APPLICATION_VARIABLE = "WARMLINE_APP"  # to which the context sends the channel
TIMEOUT_SECONDS = 60.0  # AMD() takes 5 s, unless amd.conf says something else
MACHINES = {"MACHINE": True, "HUMAN": False, "NOTSURE": None, "HANGUP": None}


async def detect_machine(ari: "Ari", channel: Channel) -> bool | None:
    """Return whether a machine speaks: see `Channel.detect_machine`."""
    if await channel.get_variable(f"DIALPLAN_EXISTS({CONTEXT},{EXTENSION},1)") != "1":
        raise CodedError(
            "ari_amd_missing",
            "no machine is detected: Asterisk's dialplan has no [{context}]; include Warmline's dialplan, or add the "
            "lines of the page on ARI scripts",
            context=CONTEXT,
        )
    starts = ari.events(StasisStart)
    detector = await media_channels.make_snoop(ari, channel, spy="in", whisper="none")
    verdict_task = asyncio.create_task(_read_verdict(starts, detector.id))
    try:
        await detector.set_variable(APPLICATION_VARIABLE, ari.name)
        query: dict[str, str | int] = {"context": CONTEXT, "extension": EXTENSION, "priority": 1}
        await ari.request("POST", "channels", detector.id, "continue", query=query)
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await channel.unless_gone(verdict_task)
        verdict = verdict_task.result()
    except TimeoutError:
        verdict = "nothing"
    finally:
        verdict_task.cancel()
        ari.begin(ari.stop("DELETE", "channels", detector.id))
    if verdict not in MACHINES:
        raise CodedError(
            "ari_amd_failed",
            "AMD() did not run, its verdict is {verdict}: check app_amd.so and amd.conf",
            verdict=verdict,
        )
    return MACHINES[verdict]


async def _read_verdict(starts: EventReader[StasisStart], detector_id: str) -> str:
    """Return the verdict with which the detector comes back: Stasis(APPLICATION,amd,EXTENSION,STATUS,CAUSE)."""
    async for event in starts:
        if event.channel.id == detector_id and event.args[:1] == ("amd",):
            return "".join(event.args[2:3])
    raise AssertionError("events never end")
