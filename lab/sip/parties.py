"""All parties of one test or demonstration, and their orderly end."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self, TypeVar

from lab.sip import tones
from lab.sip.incoming import Behaviour
from lab.sip.rtp_stream import Rtp
from lab.sip.sip_call import SipCall
from lab.sip.sip_messages import address
from lab.sip.user_agents import SipPhone, TrunkCustomer, TrunkPeer, UserAgent

Party = TypeVar("Party", bound=UserAgent)


class Parties:
    """Phones, customers and peers with one RTP engine; an async context manager.

    At its end, every call is hung up, every port is released and the engine's process is gone. With `turning`,
    `Hearing.unheard` can count packets that never arrived.
    """

    def __init__(self, turning: bool = False) -> None:
        self.rtp = Rtp(turning)
        self._parties: list[UserAgent] = []
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.rtp)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await asyncio.gather(*(party.close() for party in self._parties))
        finally:
            await self._stack.aclose()

    async def phone(
        self,
        user: str,
        password: str,
        sip: str,
        tone: int = tones.AGENT,
        behave: Behaviour | None = None,
        register: bool = True,
        also: Iterable[str] = (),
    ) -> SipPhone:
        """Return a phone that is registered at the server `sip` ("127.0.0.1:5060"), which takes its calls.

        It is registered at each server in `also` too, so that these can call it. Raises CallRefused, WaitTimeout,
        ValueError.
        """
        others = [address(one) for one in also]
        phone = await self._open(SipPhone(self.rtp, user, password, address(sip), tone, behave, others))
        if register:
            await phone.register()
        return phone

    async def customer(
        self, sip: str, number: str = "15551230001", tone: int = tones.CUSTOMER, name: str = ""
    ) -> TrunkCustomer:
        """Return a customer who calls over the trunk to the server `sip`, with this number and name."""
        return await self._open(TrunkCustomer(self.rtp, number, address(sip), tone, name))

    async def peer(
        self,
        decide: Callable[[str], Behaviour | None] = lambda number: None,
        tone: int = tones.THIRD,
        port: int = 0,
    ) -> TrunkPeer:
        """Return the trunk's far end, on this port or any free one. Raises OSError if the port is taken."""
        return await self._open(TrunkPeer(self.rtp, tone, decide), port)

    def server_ended(self) -> None:
        """End all calls and registrations without a request, because the server has ended and would not answer."""
        for party in self._parties:
            party.server_ended()

    def calls(self) -> list[SipCall]:
        """Return every call of every party, also those that are over."""
        return [call for party in self._parties for call in party.calls]

    async def _open(self, party: Party, port: int = 0) -> Party:
        await party.endpoint.open(port)
        self._parties.append(party)
        return party
