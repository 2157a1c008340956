"""The app's event stream for a program with an event loop: a thread of its own reads it."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from warmline.centre import event_stream
from warmline.centre.app_answer import AppAway
from warmline.centre.event_stream import AGAIN, StreamPosition
from warmline.centre.place import Place
from warmline.text.coded_error import CodedError

MAX_UNREAD_EVENTS = 1000  # then the thread reads no more until the program has taken one

Event = dict[str, Any]


async def follow(
    place: Place, after: str = "", *, is_patient: bool = True, **asked: str
) -> AsyncGenerator[Event | None, None]:
    """Yield None as soon as no event can be missed any more, then each event; None again after the app was away.

    Events of that time follow. Close the iterator. Raises AppRefused; AppAway if the app is away at the beginning and
    the caller is not patient.
    """
    reader = _Reader(place, StreamPosition(after), asked, is_patient=is_patient)
    async with aclosing(reader.read()) as events:
        async for event in events:
            yield event


class _Reader:
    """Reads the stream in a thread. `position` also stops it."""

    def __init__(self, place: Place, position: StreamPosition, asked: dict[str, str], *, is_patient: bool) -> None:
        self._place, self._position, self._asked = place, position, asked
        self._is_patient = is_patient
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | CodedError | None] = asyncio.Queue()
        self._free = threading.Semaphore(MAX_UNREAD_EVENTS)

    async def read(self) -> AsyncGenerator[Event | None, None]:
        threading.Thread(target=self._run, name="warmline events", daemon=True).start()
        try:
            while True:
                event = await self._events.get()
                self._free.release()
                if isinstance(event, CodedError):
                    raise event
                yield event
        finally:
            self._position.stop()
            self._free.release()

    def _run(self) -> None:
        while not self._position.stopped.is_set():
            try:
                for event in event_stream.events(self._place, self._position, **self._asked):
                    self._is_patient = True
                    self._put(event)
            except CodedError as error:
                if not (self._is_patient and isinstance(error, AppAway)):
                    self._put(error)
                    return
            self._position.stopped.wait(AGAIN)

    def _put(self, event: Event | CodedError | None) -> None:
        self._free.acquire()
        if not self._position.stopped.is_set():
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._events.put_nowait, event)
