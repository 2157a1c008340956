"""Measures what it costs that an agent of several servers is rung for each call, on the server of its caller.

One lab has one Asterisk and a nailed-up agent. The other lab has two, and an on-hook agent whose phone answers at once
because of a header. Its callers come to both servers in turn. Both labs run all the time; each call goes to the other
lab than the one before, becomes a three-way, and the agent leaves it.
"""

import time
from itertools import cycle
from typing import NamedTuple

from lab.sip import SipCall, SipPhone, TrunkCustomer, tones
from tools.bench.calls.connect import first_heard, phase
from tools.bench.tools.bench_dialplan import DID
from tools.bench.tools.bench_lab import BenchLab, stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import AGENT, HandoffSide
from tools.bench.tools.result import BenchResult, CannotMeasureError, times

COUNT = 100
SLOWER = 30.0  # ms by which a call that rings the agent may connect later
PACKET = 20.0  # ms
ON_HOOK = f"""
[campaign.TESTCAMP]
phone_headers = "Call-Info: <sip:pbx>;answer-after=0"
[agent.{AGENT}]
phone_mode = "on_hook"
"""


class CrossedTimes(NamedTuple):
    """Milliseconds: from INVITE until both hear each other, and from the leave to the agent's last packet."""

    connected: float
    last_packet: float


class RungSide(HandoffSide):
    """An on-hook agent, who is rung by each server. An async context manager."""

    def __init__(self, two: BenchLab) -> None:
        super().__init__(two)
        self._phone: SipPhone
        self._callers: cycle[TrunkCustomer]

    async def __aenter__(self) -> "RungSide":
        self._begin()
        lab, parties = self._stage.lab, self._stage.parties
        main, *others = [one["sip"] for one in lab.servers.values()]
        self._phone = await parties.phone(AGENT, lab.phones[AGENT]["password"], main, tones.AGENT, also=others)
        numbers = ("15551230001", "15551230002")
        callers = [await parties.customer(sip, number) for sip, number in zip((main, *others), numbers, strict=True)]
        self._callers = cycle(callers)
        self.leg = ""  # it is another one in each call
        login = {"Authorization": f"Bearer {self._token}"}
        async with self._session.post(f"/api/v1/agents/{AGENT}/login", json={}, headers=login) as response:
            if response.status != 201:
                raise CannotMeasureError(f"the agent cannot log in: {await response.text()}")
        await self.ready()
        return self

    async def call_in(self, number: str = DID) -> SipCall:
        """Let the next server's customer call; return when customer and agent have heard each other."""
        call = await next(self._callers).call(number)
        self.seat = await self._phone.next_call()
        await first_heard(call, self.seat, call.began)
        await first_heard(self.seat, call, call.began)
        return call


async def measure(count: int, step: Step) -> BenchResult:
    """Let `count` calls each way connect and be left, in turn. Raises CannotMeasureError."""
    rung, nailed = [], []
    async with (
        stage() as one,
        HandoffSide(one) as desk,
        stage(ON_HOOK, servers=2) as two,
        RungSide(two) as side,
    ):
        for n in range(count + 1):
            await phase(n)
            nailed.append(await handled(desk))
            await phase(n)
            rung.append(await handled(side))
            if n:  # the first round is a warm-up
                step()
    return _judge(rung[1:], nailed[1:])


async def handled(side: HandoffSide) -> CrossedTimes:
    """Let a call connect, become a three-way and be left. Raises CannotMeasureError."""
    customer = await side.call_in()
    began = customer.began
    heard = max(await first_heard(customer, side.seat, began), await first_heard(side.seat, customer, began))
    room = await side.with_third(customer)
    asked = time.monotonic()
    await side.leave()
    last = await room.agent_last_heard(asked)
    await side.finish(customer)
    return CrossedTimes(1000 * (heard - began), 1000 * last)


def _judge(rung: list[CrossedTimes], nailed: list[CrossedTimes]) -> BenchResult:
    connected, last = zip(*rung, strict=True)
    base_connected, base_last = zip(*nailed, strict=True)
    rows = [
        times("INVITE → both hear each other", connected, base_connected, beyond=SLOWER),
        times("leave → agent's last packet at the others", last, base_last, beyond=PACKET),
    ]
    return BenchResult("crossed", "nailed up on one server", rows)
