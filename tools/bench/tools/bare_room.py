"""The baseline of a leave: a bridge that a bare script creates with ARI alone, on the same Asterisk."""

from collections.abc import Callable
from typing import Any

from ari_app.asterisk.action_requests import ROOM_TYPE
from lab.sip import SipCall, UserAgent, tones
from tools.bench.tools.bench_dialplan import ROOM, SEAT
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.conversation import Conversation

PHONE = "1002"
NUMBER = "4930222"


async def open_bridge(stage: BenchLab, bridge: str) -> None:
    """Create a bridge like Warmline's."""
    await stage.ari.request("POST", "bridges", type=ROOM_TYPE, bridgeId=bridge)


async def come(stage: BenchLab, party: UserAgent, number: str) -> tuple[SipCall, str]:
    """Let a party call `number`, an extension of the benchmark; return its call and its channel.

    The channel is answered, and in no bridge.
    """
    arrival = stage.ari.next("StasisStart", _came_with("customer", "agent"))
    call = await party.call(number)
    leg = (await arrival).body["channel"]["id"]
    await stage.ari.request("POST", f"channels/{leg}/answer")
    await call.answered()
    return call, leg


class BareRoomScript:
    """Creates three-way calls as Warmline does, from a nailed-up agent's phone and two new calls."""

    def __init__(self, stage: BenchLab) -> None:
        self._stage = stage
        self._rooms = 0

    async def seat(self) -> None:
        """Bring the agent's phone on the line."""
        lab, parties = self._stage.lab, self._stage.parties
        account = lab.phones[PHONE]
        phone = await parties.phone(account["user"], account["password"], sip=lab.sip, tone=tones.AGENT)
        self.agent, self.leg = await come(self._stage, phone, SEAT)
        self._someone = await parties.customer(lab.sip, number="15551230002")

    async def three_way(self) -> Conversation:
        """Connect a customer, the agent and a third party in a new bridge; return when all hear all."""
        self._rooms += 1
        self.bridge = f"bench-room-{self._rooms}"
        await open_bridge(self._stage, self.bridge)
        customer, leg = await come(self._stage, self._someone, ROOM)
        await self._join(f"{leg},{self.leg}")
        third = await self._dial()
        room = Conversation(customer, self.agent, third, self.leg)
        await room.all_hear_all(await third.answered())
        return room

    async def leave(self) -> None:
        """Remove the agent's channel from the bridge, and do nothing else."""
        await self._stage.ari.request("POST", f"bridges/{self.bridge}/removeChannel", channel=self.leg)

    async def finish(self, room: Conversation) -> None:
        """Hang up the two parties who stayed, and destroy their bridge."""
        await room.customer.hang_up()
        await room.third.hang_up()
        await self._stage.ari.request("DELETE", f"bridges/{self.bridge}")

    async def _dial(self) -> SipCall:
        arrival = self._stage.ari.next("StasisStart", _came_with("third"))
        query = {"endpoint": f"PJSIP/{NUMBER}@trunk", "app": "bench", "appArgs": "third"}
        leg = (await self._stage.ari.request("POST", "channels/create", **query))["id"]
        await arrival
        await self._join(leg)
        await self._stage.ari.request("POST", f"channels/{leg}/dial", timeout=10)
        return await self._stage.peer.next_call()

    async def _join(self, legs: str) -> None:
        await self._stage.ari.request("POST", f"bridges/{self.bridge}/addChannel", channel=legs)


def _came_with(*arguments: str) -> Callable[[dict[str, Any]], bool]:
    return lambda event: event["args"][:1] in [[argument] for argument in arguments]
