"""A minimal ARI client: requests, and events with their time of arrival."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, NamedTuple, Self

import aiohttp

from lab.description import Lab
from tools.bench.tools.result import CannotMeasureError

APP = "bench"
WITHIN = 10.0  # seconds until an awaited event must come


class TimedEvent(NamedTuple):
    """An event, and when it came in seconds of CLOCK_MONOTONIC."""

    at: float
    body: dict[str, Any]


class AriScript:
    """The benchmark's own Stasis application in a lab's Asterisk, beside Warmline's; an async context manager.

    With `everything`, it gets the events of all channels and bridges, also of other applications.
    """

    def __init__(self, lab: Lab, app: str = APP, *, everything: bool = False) -> None:
        self._app = app
        self._everything = "true" if everything else "false"
        self._url = lab.ari["url"]
        self._login = {"Authorization": aiohttp.encode_basic_auth(lab.ari["user"], lab.ari["password"])}
        self._wanted: list[tuple[str, Callable[[dict[str, Any]], bool], asyncio.Future[TimedEvent]]] = []
        self._each: dict[str, Callable[[dict[str, Any]], None]] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            self._session = await stack.enter_async_context(aiohttp.ClientSession(headers=self._login))
            query = {"app": self._app, "subscribeAll": self._everything}
            events = self._session.ws_connect(f"{self._url}/events", params=query)
            self._socket = await stack.enter_async_context(events)
            reader = asyncio.create_task(self._read())
            stack.callback(reader.cancel)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def request(self, method: str, path: str, document: Any = None, **query: str | int) -> Any:
        """Request `path` below /ari, and return the answer, None if it is empty. Raises CannotMeasureError."""
        async with self._session.request(method, f"{self._url}/{path}", params=query, json=document) as response:
            body = await response.read()
        if response.status >= 400:
            raise CannotMeasureError(f"{method} {path}: {response.status} {body.decode(errors='replace')}")
        return json.loads(body) if body else None

    async def bridge_of(self, leg: str) -> str:
        """Return the bridge of any channel, also of other applications. Raises CannotMeasureError."""
        bridges = await self.request("GET", "bridges")
        found = next((str(bridge["id"]) for bridge in bridges if leg in bridge["channels"]), "")
        if not found:
            raise CannotMeasureError(f"channel {leg} is in no bridge")
        return found

    async def watch(self, source: str) -> None:
        """Subscribe to a bridge or endpoint of another application, such as `bridge:ID`."""
        await self.request("POST", f"applications/{self._app}/subscription", eventSource=source)

    async def only(self, *kinds: str) -> None:
        """Get events of these types alone. Raises CannotMeasureError."""
        allowed = {"allowed": [{"type": kind} for kind in kinds]}
        await self.request("PUT", f"applications/{self._app}/eventFilter", allowed)

    def each(self, kind: str, take: Callable[[dict[str, Any]], None]) -> None:
        """Call `take` with every event of this type from now on."""
        self._each[kind] = take

    def next(self, kind: str, matches: Callable[[dict[str, Any]], bool]) -> "asyncio.Future[TimedEvent]":
        """Return a future of the next matching event of this type; call this before you cause the event.

        The future raises CannotMeasureError if no event comes in time.
        """
        loop = asyncio.get_running_loop()
        event: asyncio.Future[TimedEvent] = loop.create_future()
        self._wanted.append((kind, matches, event))
        timer = loop.call_later(WITHIN, _give_up, event, kind)
        event.add_done_callback(lambda _: timer.cancel())
        return event

    async def _read(self) -> None:
        async for message in self._socket:
            at = time.monotonic()
            body = json.loads(message.data)
            if take := self._each.get(body["type"]):
                take(body)
            for kind, matches, event in self._wanted:
                if body["type"] == kind and not event.done() and matches(body):
                    event.set_result(TimedEvent(at, body))
            self._wanted = [wanted for wanted in self._wanted if not wanted[2].done()]


def _give_up(event: "asyncio.Future[TimedEvent]", kind: str) -> None:
    if not event.done():
        event.set_exception(CannotMeasureError(f"no {kind} within {WITHIN:g} s"))
