"""Readers of events: each has a queue of its own, with a limit, so that a slow script cannot fill the memory."""

from asyncio import Event as Signal
from collections import deque
from collections.abc import AsyncIterator
from typing import TypeVar

from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.events import Event
from warmline.ari.outcomes import Reconnected, UnknownEvent
from warmline.text.coded_error import CodedError

MAX_WAITING_EVENTS = 10_000  # events that wait for a script

ScriptEvent = Event | Reconnected | UnknownEvent
T = TypeVar("T", bound=ScriptEvent)


class EventsLost(CodedError):
    """The script read too slowly, and events were left out; the reader goes on with the next ones."""


class EventReader(AsyncIterator[T]):
    """An asynchronous iterator over the events of some types, from the moment at which it was made.

    It raises EventsLost once for each gap, and ConnectionLost at the end.
    """

    def __init__(self, kinds: tuple[type[T], ...], max_events: int = MAX_WAITING_EVENTS) -> None:
        self._kinds = kinds
        self._max_events = max_events
        self._waiting_events: deque[T] = deque()
        self._lost_count = 0
        self._failure: ConnectionLost | None = None
        self._wake_up = Signal()
        self._waiter_count = 0  # how many wait for the next event

    def put(self, event: ScriptEvent) -> None:
        """Take an event, if it is of the types of this reader. With a full queue, it is only counted."""
        if not isinstance(event, self._kinds):
            return
        if self._lost_count or len(self._waiting_events) >= self._max_events:  # one gap, which is reported at its place
            self._lost_count += 1
        else:
            self._waiting_events.append(event)
        if self._waiter_count:
            self._wake_up.set()

    def fail(self, failure: ConnectionLost) -> None:
        """End the reader with this error, after the events that wait."""
        self._failure = failure
        self._wake_up.set()

    async def __anext__(self) -> T:
        """Return the next event. Raises EventsLost once for each gap, ConnectionLost."""
        while not self._waiting_events:
            if self._lost_count:
                lost_count, self._lost_count = self._lost_count, 0
                raise EventsLost(
                    "ari_events_lost",
                    "{count} events were left out: the script reads fewer than arrive",
                    count=lost_count,
                )
            if self._failure:
                raise self._failure
            self._wake_up.clear()
            self._waiter_count += 1
            try:
                await self._wake_up.wait()
            finally:
                self._waiter_count -= 1
        return self._waiting_events.popleft()
