"""A conversation that is listened to during each round, beside a control in a bridge unknown to Warmline."""

import itertools
from typing import NamedTuple

from lab.sip import Hearing, SipCall, tones
from tools.bench.tools.bench_dialplan import DID
from tools.bench.tools.bench_lab import BenchLab
from tools.proofs.chaos import bare_control
from tools.proofs.chaos.heard_gaps import all_hear, missed
from tools.proofs.restarts.command_clients import CommandClient
from tools.proofs.restarts.keyed_commands import agent_api

AGENT = "1000"
HEARD = 10.0  # seconds until a new customer and the agent hear each other


class HeardRound(NamedTuple):
    """The packets of each other that the two parties never heard in a round, and those that the control never heard.

    `deaf` names parties who do not hear each other at the end.
    """

    lost: int
    control: int
    deaf: str


class ListenedCall:
    """The agent and the customer, who talk in a recorded call."""

    def __init__(self, here: BenchLab, sender: CommandClient) -> None:
        self._here, self._sender = here, sender
        self._control = bare_control.Control(here)
        self._numbers = itertools.count(1)
        self._seat: SipCall
        self._customer: SipCall

    async def open(self) -> None:
        """Bring the control and the agent on the line. Raises CannotMeasureError, WaitTimeout, CallRefused."""
        lab = self._here.lab
        await self._control.open()
        account = lab.phones[AGENT]
        phone = await self._here.parties.phone(AGENT, account["password"], lab.sip, tones.AGENT)
        self._seat = await phone.call(account["login"])
        await self._seat.answered()

    async def begin(self) -> None:
        """Let a new customer call the agent. Raises WaitTimeout, CallRefused."""
        number = f"555888{next(self._numbers):04}"
        customer = await self._here.parties.customer(self._here.lab.sip, number, tones.CUSTOMER)
        self._customer = await customer.call(DID)
        since = await self._customer.answered()
        ear = Hearing({})
        await ear.heard(self._customer, self._seat, since, HEARD)
        await ear.heard(self._seat, self._customer, since, HEARD)
        await self._control.begin(2)

    async def end(self) -> None:
        """Let the customer hang up, and the agent give a disposition. Raises WaitTimeout, CallRefused."""
        await self._customer.hang_up()
        await self._sender.give(agent_api(f"listened-{next(self._numbers)}", AGENT, "external_status", "SALE"))

    def is_control(self, name: str) -> bool:
        """Return whether this channel or bridge belongs to the control."""
        return self._control.has(name)

    async def heard(self, since: float) -> HeardRound:
        """Return what was heard since then."""
        people = {"agent": self._seat, "customer": self._customer}
        deaf = await all_hear(lambda: people, "ac")
        ours, control = await missed([(self._seat, self._customer), self._control.pair], since)
        return HeardRound(ours.lost, control.lost, deaf)
