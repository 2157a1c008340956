"""How soon caller and agent hear each other: Warmline's nailed-up agent beside app_queue with one idle member.

Both calls run the same lines of Warmline's dialplan, AGI included, up to the last: there one enters Stasis(), the
other is answered, as queues are set up, and enters Queue(). The time of entering is written by Asterisk itself, in
microseconds, into a variable in the line before; only its value is read from the event that tells of it.
"""

import time
from typing import NamedTuple

from bench.dialplan import ENTERED, MARKED, MEMBER, QUEUED
from bench.handoff import Desk
from bench.progress import Step
from bench.result import Result, times
from bench.stage import Stage, stage, until
from warmline.lab.parties import Call, Customer, Hearing, Phone, tones

COUNT = 100


class Connection(NamedTuple):
    """Milliseconds until both have heard each other, from entering and from the INVITE."""

    entered: float
    invited: float


async def measure(count: int, step: Step) -> Result:
    """Connect `count` calls each, in turn. Raises CannotMeasureError."""
    ours, theirs = [], []
    async with stage() as here, Desk(here) as desk:
        account = here.lab.phones[MEMBER]
        member = await here.parties.phone(account["user"], account["password"], sip=here.lab.sip, tone=tones.AGENT)
        caller = await here.parties.customer(here.lab.sip, number="15551230003")
        await here.ari.watch("endpoint:PJSIP/trunk")
        for n in range(count + 1):
            ours.append(await _warmline(here, desk))
            theirs.append(await _queue(here, caller, member))
            if n:  # the first of each only warms up
                step()
    return _judge(ours[1:], theirs[1:])


def _judge(ours: list[Connection], theirs: list[Connection]) -> Result:
    entered, invited = zip(*ours, strict=True)
    base_entered, base_invited = zip(*theirs, strict=True)
    rows = [
        times("entering → both hear each other", entered, base_entered, ratio=1),
        times("INVITE → both hear each other", invited, base_invited),
    ]
    return Result("connect", "app_queue", rows)


async def _warmline(here: Stage, desk: Desk) -> Connection:
    entered = here.ari.next("ChannelVarset", lambda event: event["variable"] == ENTERED)
    customer = await desk.someone.call(MARKED)
    found = await _connected(customer, desk.seat, float((await entered).body["value"]))
    await desk.finish(customer)
    return found


async def _queue(here: Stage, caller: Customer, member: Phone) -> Connection:
    entered = here.ari.next("ChannelVarset", lambda event: event["variable"] == ENTERED)
    customer = await caller.call(QUEUED)
    found = await _connected(customer, await member.next_call(), float((await entered).body["value"]))
    await customer.hang_up()
    await until(lambda: _idle(here), f"phone {MEMBER} is not idle")
    return found


async def _idle(here: Stage) -> bool | None:
    """The queue calls only a member whom Asterisk takes for idle."""
    device = await here.ari.request("GET", f"deviceStates/PJSIP%2F{MEMBER}")
    return device["state"] == "NOT_INUSE" or None


async def _connected(customer: Call, agent: Call, entered: float) -> Connection:
    """`entered` in seconds UTC."""
    ear = Hearing({"customer": customer, "agent": agent})
    there = await ear.heard(customer, agent, since=customer.began)
    back = await ear.heard(agent, customer, since=customer.began)
    heard = max(there, back)
    entered -= time.time() - time.monotonic()
    return Connection((heard - entered) * 1000, (heard - customer.began) * 1000)
