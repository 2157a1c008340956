"""The control: two parties talk in a recorded bridge unknown to Warmline, and a third one comes and goes.

It uses ARI alone, is created again for each scenario that is listened to, and changes when the scenario's bridge does.
Packets that Asterisk's mixer or a busy machine drops at such a moment are missing here too.
"""

import time
from itertools import permutations

from lab.sip import Hearing, SipCall, tones
from tools.bench.tools import bare_room
from tools.bench.tools.bench_dialplan import ROOM
from tools.bench.tools.bench_lab import BenchLab

NUMBER = "4930444"  # the control's third party, at the far end of the trunk
_NAME = "chaos-control"


class Control:
    """Two parties who are always in the bridge; `pair` are their calls."""

    def __init__(self, stage: BenchLab) -> None:
        self.pair: tuple[SipCall, SipCall]
        self._stage = stage
        self._legs: list[str] = []
        self._third = ""
        self._rooms = 0

    @property
    def _room(self) -> str:
        return f"{_NAME}-{self._rooms}"

    def has(self, name: str) -> bool:
        """Return whether this channel or bridge belongs to the control."""
        return name in (*self._legs, self._third, self._room)

    async def open(self) -> None:
        """Bring the two parties on the line, in a first bridge. Raises CannotMeasureError, WaitTimeout, CallRefused."""
        one, other = [await self._come(hz) for hz in (tones.CONTROL_A, tones.CONTROL_B)]
        self.pair = one, other
        await self._furnish()

    async def begin(self, people: int) -> None:
        """Create a new bridge with 2 or 3 parties from the start. Raises CannotMeasureError, WaitTimeout."""
        await self.change(2)
        before = self._room
        self._rooms += 1
        await self._furnish()
        await self._stage.ari.request("DELETE", f"bridges/{before}")
        await self.change(people)
        ear, now = Hearing({}), time.monotonic()
        for listener, speaker in permutations(self.pair):  # a leg joins a moment after Asterisk's answer
            await ear.heard(listener, speaker, now)

    async def change(self, people: int) -> None:
        """Let the third party come or go, until the bridge has 2 or 3 parties. Raises CannotMeasureError."""
        if people == 3 and not self._third:
            await self._third_comes()
        elif people == 2 and self._third:
            gone, self._third = self._third, ""
            await self._stage.ari.request("DELETE", f"channels/{gone}")

    async def _come(self, hz: int) -> SipCall:
        someone = await self._stage.parties.customer(self._stage.lab.sip, f"1555124{hz}", hz)
        call, leg = await bare_room.come(self._stage, someone, ROOM)
        self._legs.append(leg)
        return call

    async def _furnish(self) -> None:
        ari = self._stage.ari
        await bare_room.open_bridge(self._stage, self._room)
        await ari.request("POST", f"bridges/{self._room}/addChannel", channel=",".join(self._legs))
        await ari.request("POST", f"bridges/{self._room}/record", name=self._room, format="wav")

    async def _third_comes(self) -> None:
        ari = self._stage.ari
        arrival = ari.next("StasisStart", lambda event: event["args"] == ["third"])
        query = {"endpoint": f"PJSIP/{NUMBER}@trunk", "app": "bench", "appArgs": "third"}
        leg = self._third = (await ari.request("POST", "channels/create", **query))["id"]
        await arrival
        await ari.request("POST", f"bridges/{self._room}/addChannel", channel=leg)
        answered = ari.next("ChannelStateChange", lambda event: _is_up(event["channel"], leg))
        await ari.request("POST", f"channels/{leg}/dial", timeout=10)
        await answered


def _is_up(channel: dict[str, str], leg: str) -> bool:
    return channel["id"] == leg and channel["state"] == "Up"
