"""Tickets for event streams: a browser's EventSource cannot send a token, so it sends a ticket in the address.

A ticket stands for a token. It is valid for a minute, as long as its stream is open, and for a minute after that.
EventSource reconnects to the same address, so a ticket is not used up. Tickets are in memory only, and never logged.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

UNUSED = 60.0  # seconds until the first use, and between two uses
LONGEST = 12 * 3600.0  # seconds from its making; then the page needs another one
KEPT = 100  # tickets of one client; then the least recently used one ends


@dataclass(slots=True)
class _Ticket:
    client: str
    token: str
    ends: float
    ends_at_last: float


class StreamTickets:
    """The tickets of one process. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tickets: dict[str, _Ticket] = {}
        self._of_client: dict[str, dict[str, _Ticket]] = {}  # the least recently used comes first

    def make(self, token: str, client: str) -> str:
        """Return a new ticket for the token of a client."""
        now, ticket = self._clock(), secrets.token_urlsafe(32)
        made = _Ticket(client, token, now + UNUSED, now + LONGEST)
        of_client = self._of_client.setdefault(client, {})
        self._tickets[ticket] = of_client[ticket] = made
        if len(of_client) > KEPT:
            self._end(next(iter(of_client)))
        return ticket

    def token_of(self, ticket: str) -> str:
        """Return the token that a ticket stands for, and begin its minute again; "" if it has ended."""
        found, now = self._tickets.get(ticket), self._clock()
        if found is None:
            return ""
        if now >= found.ends:
            self._end(ticket)
            return ""
        of_client = self._of_client[found.client]
        of_client[ticket] = of_client.pop(ticket)
        found.ends = min(now + UNUSED, found.ends_at_last)
        return found.token

    def _end(self, ticket: str) -> None:
        del self._of_client[self._tickets.pop(ticket).client][ticket]
