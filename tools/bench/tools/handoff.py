"""Warmline's side of a benchmark, from outside: a phone, callers, the agent API."""

from pathlib import Path
from typing import Any

import aiohttp

from lab.sip import Hearing, SipCall, tones
from tools.bench.tools.bench_dialplan import DID
from tools.bench.tools.bench_lab import BenchLab, until
from tools.bench.tools.conversation import Conversation
from tools.bench.tools.result import CannotMeasureError

AGENT = "1000"
NUMBER = "4930111"


class HandoffSide:
    """An agent of Warmline at a nailed-up phone, and the agent's program. An async context manager."""

    def __init__(self, stage: BenchLab) -> None:
        self._stage = stage

    async def __aenter__(self) -> "HandoffSide":
        lab = self._stage.lab
        self._begin()
        account = lab.phones[AGENT]
        phone = await self._stage.parties.phone(account["user"], account["password"], sip=lab.sip, tone=tones.AGENT)
        self.seat: SipCall = await phone.call(account["login"])
        await self.seat.answered()
        self.someone = await self._stage.parties.customer(lab.sip, number="15551230001")
        await self.ready()
        self.leg = await self._channel()
        return self

    def _begin(self) -> None:
        """Prepare the requests of the agent's program."""
        self._session = aiohttp.ClientSession(base_url=self._stage.lab.api)
        self._token = (Path(self._stage.lab.dir) / "run/token").read_text().strip()

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, function: str, value: str, **fields: str) -> None:
        """Call the agent API and wait for its answer. Raises CannotMeasureError if that is not SUCCESS."""
        query = {"source": "bench", **self._stage.lab.api_user, "agent_user": AGENT, "function": function}
        async with self._session.get("/agc/api.php", params=query | {"value": value} | fields) as response:
            answer = (await response.text()).strip()
        if not answer.startswith("SUCCESS"):
            raise CannotMeasureError(f"{function} {value}: {answer}")

    async def ready(self) -> None:
        """Wait until the agent can take a call. Raises CannotMeasureError."""

        async def look() -> bool | None:
            agents = await self._live("agents")
            return any(agent["user"] == AGENT and agent["state"] == "READY" for agent in agents) or None

        await until(look, f"agent {AGENT} is not READY")

    async def call_in(self, number: str = DID) -> SipCall:
        """Let a customer call; return when customer and agent have heard each other."""
        call = await self.someone.call(number)
        ear = Hearing({"customer": call, "agent": self.seat})
        await ear.heard(call, self.seat, since=call.began)
        await ear.heard(self.seat, call, since=call.began)
        return call

    async def three_way(self) -> Conversation:
        """Let a customer reach the agent, who dials a third party; return when all three hear all others."""
        return await self.with_third(await self.call_in())

    async def with_third(self, customer: SipCall) -> Conversation:
        """Let the agent dial a third party; return when all three hear all others."""
        await self.ask("transfer_conference", "DIAL_WITH_CUSTOMER", phone_number=NUMBER)
        third = await self._stage.peer.next_call()
        answered = await third.answered()
        room = Conversation(customer, self.seat, third, self.leg)
        await room.all_hear_all(answered)
        return room

    async def leave(self) -> None:
        """Give LEAVE_3WAY_CALL; return when it has been answered with SUCCESS."""
        await self.ask("transfer_conference", "LEAVE_3WAY_CALL")

    async def finish(self, customer: SipCall) -> None:
        """Let the customer hang up, and the agent give a disposition and become READY again."""
        await customer.hang_up()
        await self.ask("external_status", "SALE")
        await self.ready()

    async def _channel(self) -> str:
        for channel in await self._stage.ari.request("GET", "channels"):
            if channel["name"].startswith(f"PJSIP/{AGENT}-"):
                return str(channel["id"])
        raise CannotMeasureError(f"agent {AGENT} is READY, but has no channel")

    async def _live(self, what: str) -> Any:
        login = {"Authorization": f"Bearer {self._token}"}
        async with self._session.get(f"/api/v1/{what}", headers=login) as response:
            if response.status != 200:
                raise CannotMeasureError(f"/api/v1/{what}: {response.status}")
            return await response.json()
