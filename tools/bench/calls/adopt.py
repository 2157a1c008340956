"""Measures what it costs a conversation of Queue() or Dial() to be adopted: the packets lost, in both directions.

Warmline checks, stores and moves; the bare scripts only move. All move the same kind of conversation, in turn. A packet
is lost if one party spoke it and the other never heard it. The time around the move counts too.
"""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from lab.sip import Hearing, SipPhone, TrunkCustomer, WaitTimeout, tones
from tools.bench.tools.bare_move import BareMove
from tools.bench.tools.bench_dialplan import DIAL_CALL, MEMBER, QUEUE_CALL
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, times

COUNT = 30
BEFORE, AFTER = 0.5, 0.7  # seconds of the conversation before the request and after the move
CALLS = {"Queue()": QUEUE_CALL, "Dial()": DIAL_CALL}
WARMLINE, REDIRECT, MANAGER = "warmline", "redirect", "manager"
MOST = 1  # packets that one adoption may cost in one direction

Move = Callable[[dict[str, Any], dict[str, Any]], Awaitable[None]]


class Moved(NamedTuple):
    """One move: packets that customer and agent missed of each other, the longest pause, and its duration (ms)."""

    by_customer: int
    by_agent: int
    pause: float
    took: float


class Talk(NamedTuple):
    """The stage of the conversations: the two parties, and the ways to move them."""

    here: BenchLab
    customer: TrunkCustomer
    phone: SipPhone
    ways: dict[str, Move]
    bare: BareMove


async def measure(count: int, step: Step) -> BenchResult:
    """Move `count` conversations of each application in each way, in turn. Raises CannotMeasureError."""
    found: dict[tuple[str, str], list[Moved]] = defaultdict(list)
    async with stage(turning=True) as here, aiohttp.ClientSession() as session, BareMove(here) as bare:
        account = here.lab.phones[MEMBER]
        phone = await here.parties.phone(account["user"], account["password"], sip=here.lab.sip, tone=tones.AGENT)
        customer = await here.parties.customer(here.lab.sip, number="15551230003")
        ways = {WARMLINE: _adopt(here, session), REDIRECT: bare.redirect, MANAGER: bare.manager}
        talk = Talk(here, customer, phone, ways, bare)
        for n in range(count + 1):
            for application in CALLS:
                for way in ways:
                    moved = await _one(talk, application, way)
                    if n:  # the first round is a warm-up
                        found[application, way].append(moved)
            if n:
                step()
    return BenchResult("adopt", "bare move", [row for application in CALLS for row in _rows(application, found)])


def _rows(application: str, found: dict[tuple[str, str], list[Moved]]) -> list[ResultRow]:
    ours, theirs, manager = (found[application, way] for way in (WARMLINE, REDIRECT, MANAGER))
    return [
        _lost(f"{application}: lost by the customer", [one.by_customer for one in ours], theirs, "by_customer"),
        _lost(f"{application}: lost by the agent", [one.by_agent for one in ours], theirs, "by_agent"),
        _lost(f"{application}: lost by both, beside AMI", [_both(one) for one in ours], manager, ""),
        times(f"{application}: longest pause", [one.pause for one in ours], [one.pause for one in theirs]),
        times(f"{application}: request → both in the bridge", [one.took for one in ours], [one.took for one in theirs]),
        times(f"{application}: the same, beside AMI", [one.took for one in ours], [one.took for one in manager]),
    ]


def _lost(what: str, ours: Sequence[int], theirs: Sequence[Moved], field: str) -> ResultRow:
    """Return the row of lost packets in one direction, which is judged, or in both."""
    base = [getattr(one, field) if field else _both(one) for one in theirs]
    goal, met = (f"{MOST} a call or fewer", max(ours) <= MOST) if field else ("", None)
    return ResultRow(what, "packets", _counted(ours), _counted(base), goal, met)


def _both(moved: Moved) -> int:
    return moved.by_customer + moved.by_agent


def _counted(lost: Sequence[int]) -> Figures:
    return {"all": sum(lost), "largest": max(lost), "n": len(lost)}


async def _one(talk: Talk, application: str, way: str) -> Moved:
    """Let the two talk, move them, and hang up."""
    call = await talk.customer.call(CALLS[application])
    seat = await talk.phone.next_call()
    ear = Hearing({"customer": call, "agent": seat})
    await ear.heard(call, seat, since=call.began)
    await ear.heard(seat, call, since=call.began)
    await ear.listen(BEFORE)
    customer, agent = await _channels(talk.here)
    asked = time.monotonic()
    await talk.ways[way](customer, agent)
    took = time.monotonic() - asked
    await ear.listen(AFTER)
    since, end = asked - BEFORE, asked + took + AFTER / 2
    moved = Moved(
        ear.unheard(call, seat, since, end),
        ear.unheard(seat, call, since, end),
        max(ear.spacing(call, seat, since, end), ear.spacing(seat, call, since, end)),
        took * 1000,
    )
    await call.hang_up()
    with suppress(WaitTimeout):
        await seat.hang_up()
    if way != WARMLINE:
        await talk.bare.finish()
    await _quiet(talk.here)
    return moved


async def _channels(here: BenchLab) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the channels of the customer and the agent, as ARI lists them."""
    listed = await here.ari.request("GET", "channels")
    agents = [one for one in listed if one["name"].startswith(f"PJSIP/{MEMBER}-")]
    customers = [one for one in listed if one["name"].startswith("PJSIP/trunk-")]
    if len(agents) != 1 or len(customers) != 1:
        raise CannotMeasureError(f"not two channels talk: {', '.join(one['name'] for one in listed)}")
    return customers[0], agents[0]


async def _quiet(here: BenchLab) -> None:
    async def look() -> bool | None:
        return not await here.ari.request("GET", "channels") or None

    await until(look, "a channel stays")


def _adopt(here: BenchLab, session: aiohttp.ClientSession) -> Move:
    """Return the move by Warmline's JSON API."""
    token = (Path(here.lab.dir) / "run/token").read_text().strip()

    async def adopt(_customer: dict[str, Any], agent: dict[str, Any]) -> None:
        address, headers = f"{here.lab.api}/api/v1/adoptions", {"Authorization": f"Bearer {token}"}
        async with session.post(address, headers=headers, json={"channel": agent["name"]}) as answer:
            if answer.status != 201:
                raise CannotMeasureError(f"adopt: {answer.status} {await answer.text()}")

    return adopt
