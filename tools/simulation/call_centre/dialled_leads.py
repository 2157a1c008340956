"""Leads who are dialled into `[warmline-answered]` on a real Asterisk, by ARI alone: no app needs to run."""

from contextlib import suppress

import aiohttp

from lab.sip import IncomingCall, silence
from tools.simulation.call_centre import prompt_hearing
from tools.simulation.call_centre.far_ends import FarEnd
from tools.simulation.call_centre.lab_site import LabSite
from warmline.agi import new_id

MESSAGE, KEY = "vm-nobodyavail", "9"
RINGS_FOR = 25  # seconds
SHOWN = "4930999"  # the caller id that a lead sees


async def dial(site: LabSite, number: str, does: FarEnd) -> IncomingCall:
    """Dial a lead as the app does, and return the call at the lead's phone."""
    site.far_ends[number] = does
    query: dict[str, str | int] = {
        "endpoint": f"PJSIP/{number}@trunk",
        "context": "warmline-answered",
        "extension": "s",
        "priority": 1,
        "timeout": RINGS_FOR,
        "channelId": (call := new_id()),
        "callerId": SHOWN,
    }
    variables = {
        "WARMLINE_CALL": call,
        "WARMLINE_NUMBER": number,
        "WARMLINE_HARBOUR": MESSAGE,
        "WARMLINE_OPTOUT": KEY,
    }
    ari = site.lab.ari
    login = {"Authorization": aiohttp.encode_basic_auth(ari["user"], ari["password"])}
    request = site.http.post(f"{ari['url']}/channels", params=query, json={"variables": variables}, headers=login)
    async with request as answer:
        assert answer.status == 200, await answer.text()
    while (came := await site.peer.next_call()).number != number:
        pass
    return came


async def hears_message(site: LabSite, lead: IncomingCall, within: float) -> float:
    """Return the seconds from the answer to the message's first sound; fail if the lead does not hear its words."""
    answered = await lead.answered()
    audio = lead.audio

    def first() -> float | None:
        return silence.first_sound(audio.between(answered, audio.captured_until))

    def words() -> bool | None:
        packets = audio.between(answered, audio.captured_until)
        return MESSAGE in prompt_hearing.heard(packets, site.sounds, (MESSAGE,)) or None

    began = await audio.until(first, within, f"{lead} hears a sound")
    await audio.until(words, 5.0, f"{lead} hears {MESSAGE}")
    return began - answered


async def ends(lead: IncomingCall, within: float = 10.0) -> float:
    """Return when the lead's call ended."""
    with suppress(TimeoutError):
        await lead.ended(within)
    assert lead.ended.at is not None, f"{lead} is still on the line: {lead.story()}"
    return lead.ended.at
