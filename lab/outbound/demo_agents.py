"""The agents of the outbound demo: each one hears the beep and a lead, talks, hangs up and gives a code."""

import asyncio
import time

from lab import demo_scene
from lab.demo_scene import DemoScene
from lab.description import Lab
from lab.outbound.demo_leads import MACHINE, SALE
from lab.sip import Hearing, SipCall, tones

TONES = {"1000": tones.AGENT, "1001": tones.CLOSER, "1002": tones.CONTROL_A, "1003": tones.CONTROL_B}
TALK = 3.0  # seconds
PAUSE = 0.3  # seconds between two beeps at least
NEXT_LEAD = 60.0  # seconds until the next lead at most


async def log_in(scene: DemoScene) -> dict[str, SipCall]:
    """Log in the agents; return their lines by agent."""
    seats = await asyncio.gather(*(demo_scene.log_in(scene, user, tone) for user, tone in TONES.items()))
    return dict(zip(TONES, seats, strict=True))


async def work(lab: Lab, user: str, seat: SipCall, talk: float = TALK) -> None:
    """Take leads until cancelled, and talk so many seconds to each: the beep announces them. Raises WaitTimeout."""
    ear, since = Hearing({user: seat}), time.monotonic()
    while True:
        beep = await ear.heard(seat, tones.BEEP, since, NEXT_LEAD)
        await ear.listen(talk)
        code = SALE if ear.first(seat, tones.MACHINE_BEEP, beep) is None else MACHINE
        since = time.monotonic()
        await demo_scene.ask(lab, user, "external_hangup", value="1")
        await demo_scene.ask(lab, user, "external_status", value=code)


def beeps(seat: SipCall) -> int:
    """Count the beeps that an agent heard: packets of the beep with pauses between them."""
    packets = seat.audio.between(0.0, seat.audio.captured_until)
    times = [one.time for one in packets if tones.packet_has_tone(one.payload, tones.BEEP)]
    return sum(at - before > PAUSE for before, at in zip([0.0, *times], times, strict=False))
