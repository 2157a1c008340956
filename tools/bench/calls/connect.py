"""Measures how soon caller and agent hear each other: a nailed-up agent, and app_queue with one idle member.

All calls run the same lines of Warmline's dialplan, with AGI, up to the last line. There one call enters Stasis(), and
the other enters Queue() after Answer(), as Queue's manual recommends. A third one enters Queue() without Answer(). In
the line before, Asterisk stores the time of entering in a variable, in microseconds; it is read after the two hear each
other.

Phones send a packet every 20 ms, so up to 20 ms of a time is a wait for the next packet. All calls of a round begin at
the same phase of that rhythm, and the rounds cover the rhythm evenly.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

from lab.sip import SipCall, SipPhone, TrunkCustomer, tones
from tools.bench.tools.bench_dialplan import ENTERED, MARKED, MEMBER, QUEUED, UNANSWERED
from tools.bench.tools.bench_lab import WITHIN, BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import BenchResult, CannotMeasureError, times

COUNT = 100
TALK = 0.5  # seconds; the beep to the agent takes 0.43
GOLDEN = 0.618034  # the fractions of its multiples are distributed evenly


class ConnectTimes(NamedTuple):
    """Milliseconds until both have heard each other, from entering and from the INVITE."""

    entered: float
    invited: float


async def measure(count: int, step: Step) -> BenchResult:
    """Connect `count` calls each way, in turn. Raises CannotMeasureError."""
    ours, queued, unanswered = [], [], []
    async with stage() as here, HandoffSide(here) as desk:
        account = here.lab.phones[MEMBER]
        member = await here.parties.phone(account["user"], account["password"], sip=here.lab.sip, tone=tones.AGENT)
        caller = await here.parties.customer(here.lab.sip, number="15551230003")
        for n in range(count + 1):
            await phase(n)
            ours.append(await by_warmline(here, desk))
            await phase(n)
            queued.append(await by_queue(here, caller, QUEUED, member))
            await phase(n)
            unanswered.append(await by_queue(here, caller, UNANSWERED, member))
            if n:  # the first round is a warm-up
                step()
    return _judge(ours[1:], queued[1:], unanswered[1:])


def _judge(
    ours: Sequence[ConnectTimes], queued: Sequence[ConnectTimes], unanswered: Sequence[ConnectTimes]
) -> BenchResult:
    entered, invited = zip(*ours, strict=True)
    queue_entered, queue_invited = zip(*queued, strict=True)
    rows = [
        times("entering → both hear each other", entered, queue_entered, ratio=1),
        times("the same, Queue() without Answer() before it", entered, [call.entered for call in unanswered]),
        times("INVITE → both hear each other", invited, queue_invited),
    ]
    return BenchResult("connect", "app_queue", rows)


async def phase(n: int) -> None:
    """Wait for the n-th of many moments that cover the rhythm of the phones' packets evenly."""
    moment = n * GOLDEN % 1 * tones.PACKET_SECONDS
    await asyncio.sleep((moment - time.monotonic()) % tones.PACKET_SECONDS)


async def by_warmline(here: BenchLab, desk: HandoffSide) -> ConnectTimes:
    """Connect a caller with Warmline's agent. Raises CannotMeasureError."""
    customer = await desk.someone.call(MARKED)
    found = await connected(here, customer, desk.seat)
    await asyncio.sleep(TALK)
    await desk.finish(customer)
    return found


async def by_queue(here: BenchLab, caller: TrunkCustomer, number: str, member: SipPhone) -> ConnectTimes:
    """Connect a caller with the member of app_queue. Raises CannotMeasureError."""
    customer = await caller.call(number)
    found = await connected(here, customer, await member.next_call())
    await asyncio.sleep(TALK)
    await customer.hang_up()
    await until(lambda: _idle(here), f"phone {MEMBER} is not idle")
    return found


async def _idle(here: BenchLab) -> bool | None:
    """Return whether Asterisk counts the member as idle, because the queue calls no other."""
    device = await here.ari.request("GET", f"deviceStates/PJSIP%2F{MEMBER}")
    return device["state"] == "NOT_INUSE" or None


async def connected(here: BenchLab, customer: SipCall, agent: SipCall) -> ConnectTimes:
    """Return the times of a call to MARKED, when both have heard each other. Raises CannotMeasureError."""
    heard = max(await first_heard(customer, agent, customer.began), await first_heard(agent, customer, customer.began))
    entered = await _entered(here, customer) - (time.time() - time.monotonic())
    return ConnectTimes((heard - entered) * 1000, (heard - customer.began) * 1000)


async def _entered(here: BenchLab, customer: SipCall) -> float:
    """Return when the call entered, in seconds UTC.

    The variable is read only now, so that the request does not delay the connection.
    """
    number = customer.caller.uri.user
    for channel in await here.ari.request("GET", "channels"):
        if channel["caller"]["number"] == number:
            path = f"channels/{channel['id']}/variable"
            return float((await here.ari.request("GET", path, variable=ENTERED))["value"])
    raise CannotMeasureError(f"the call of {number} is not there any more")


async def first_heard(listener: SipCall, speaker: SipCall, since: float) -> float:
    """Return when the first packet with the speaker's tone came, even if the agent hears it with a loud beep."""

    def find() -> float | None:
        for packet in listener.audio.between(since, float("inf")):
            samples = [tones.LINEAR[byte] for byte in packet.payload]
            if tones.level(samples, speaker.audio.hz) >= tones.SHARE_OF_AMPLITUDE * speaker.audio.amplitude:
                return packet.time
        return None

    return await listener.audio.until(find, WITHIN, f"{listener}: {speaker.party.name} not heard")
