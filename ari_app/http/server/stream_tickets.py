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
KEPT = 10_000  # tickets


@dataclass(slots=True)
class _Ticket:
    token: str
    ends: float
    ends_at_last: float


class StreamTickets:
    """The tickets of one process. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tickets: dict[str, _Ticket] = {}  # the oldest comes first

    def make(self, token: str) -> str:
        """Return a new ticket for a token."""
        now, ticket = self._clock(), secrets.token_urlsafe(32)
        self._tickets[ticket] = _Ticket(token, now + UNUSED, now + LONGEST)
        while len(self._tickets) > KEPT:
            del self._tickets[next(iter(self._tickets))]
        return ticket

    def token_of(self, ticket: str) -> str:
        """Return the token that a ticket stands for, and begin its minute again; "" if it has ended."""
        found, now = self._tickets.get(ticket), self._clock()
        if found is None:
            return ""
        if now >= found.ends:
            del self._tickets[ticket]
            return ""
        found.ends = min(now + UNUSED, found.ends_at_last)
        return found.token
