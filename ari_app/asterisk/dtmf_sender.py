"""Sends DTMF keys one by one, because Asterisk does nothing else with a leg while it sends a key."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from ari_app.asterisk.server_clients import client_of
from ari_app.process.logs import about
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.messages.audio_messages import SendDtmf

DOWN, UP = 0.12, 0.1  # seconds: how long each key is pressed, and the pause after it
WAIT, WAITS = "W", 1.0  # "W" sends no key, but waits this many seconds
TOO_FEW = "leg %s: %d of %d keys were sent: %s"

log = logging.getLogger("warmline.keys")


class DtmfSender:
    """Sends the keys of a command to a leg. `clients` are those of the servers, by name.

    `digits` returns keys by the receipt of their command, or by the id of a key press; they are never logged. `lives`
    returns whether a leg still exists, so that no key is sent to a leg that does not.
    """

    def __init__(
        self, clients: Mapping[str, AriClient], digits: Callable[[str], str], lives: Callable[[str], bool]
    ) -> None:
        self._clients = clients
        self._digits = digits
        self._lives = lives
        self._last: dict[str, asyncio.Task[None]] = {}  # by leg
        self._running: set[asyncio.Task[None]] = set()

    def press(self, action: SendDtmf, call: str) -> None:
        """Begin to send keys in this call and return at once. Earlier keys for the same leg are sent first."""
        leg = action.leg
        before = self._last.get(leg)
        task = asyncio.create_task(self._press(action, action.keys or self._digits(action.receipt), call, before))
        self._last[leg] = task
        self._running.add(task)
        task.add_done_callback(lambda done: self._ended(leg, done))

    async def close(self) -> None:
        """Cancel all keys that are not sent yet."""
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(set(self._running))

    async def _press(self, action: SendDtmf, digits: str, call: str, before: "asyncio.Task[None] | None") -> None:
        leg = action.leg
        if before:
            await asyncio.wait([before])
        for pressed, key in enumerate(digits):
            if not self._lives(leg):
                log.warning(TOO_FEW, leg, pressed, len(digits), "the leg has ended", extra=about(call))
                return
            if key == WAIT:
                await asyncio.sleep(WAITS)
                continue
            query: dict[str, str | int] = {"dtmf": key, "duration": round(DOWN * 1000)}
            try:
                client = client_of(self._clients, action)
                await client.request("POST", "channels", leg, "dtmf", query=query)
            except AriError as error:
                log.warning(TOO_FEW, leg, pressed, len(digits), error, extra=about(call))
                return
            await asyncio.sleep(DOWN + UP)

    def _ended(self, leg: str, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if self._last.get(leg) is task:
            del self._last[leg]
        if not task.cancelled():
            task.result()  # reports a bug to the event loop
