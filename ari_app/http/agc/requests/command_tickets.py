"""The tickets with which the agent API gives commands: the call process makes one for a user's correct password."""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ari_app.link.command_rights import ClientUnknown
from ari_app.records.agent_api_tickets import TicketMaker

MOST = 1000  # tickets that are kept

R = TypeVar("R")


class CommandTickets:
    """The tickets of users whose passwords this process has checked, each by user and password."""

    def __init__(self, maker: TicketMaker) -> None:
        self._maker = maker
        self._key = secrets.token_bytes(32)
        self._tickets: dict[bytes, asyncio.Future[str]] = {}

    async def use(self, user: str, password: str, give: Callable[[str], Awaitable[R]]) -> R:
        """Return what `give` returns for a ticket of the user; one that is no longer known is replaced once.

        Raises LoginRefused, StoreError, ClientUnknown and what `give` raises.
        """
        key = hmac.digest(self._key, f"{user}\0{password}".encode(), "sha256")
        kept = self._tickets.get(key)
        try:
            return await give(await self._ticket(key, user, password))
        except ClientUnknown:  # the call process has begun again, or the ticket is too old
            if kept is None:
                raise
            if self._tickets.get(key) is kept:
                del self._tickets[key]
            return await give(await self._ticket(key, user, password))

    async def _ticket(self, key: bytes, user: str, password: str) -> str:
        """Return the ticket of a user; requests that come at once share one check of the password."""
        if (made := self._tickets.get(key)) is None:
            made = asyncio.ensure_future(self._maker.ticket(user, password))
            self._tickets[key] = made
            while len(self._tickets) > MOST:
                del self._tickets[next(iter(self._tickets))]
        try:
            return await asyncio.shield(made)
        except Exception:
            if self._tickets.get(key) is made:
                del self._tickets[key]
            raise
