"""Client, listener and performer on one Asterisk, with all core events that they produce."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.asterisk.dtmf_sender import DtmfSender
from ari_app.asterisk.event_decoding import MEANINGS, decode
from ari_app.recordings import recording_measurement
from tests.asterisk import private
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.ari_event_stream import AriEventStream
from warmline.core.messages.actions import Action
from warmline.core.messages.commands import Reply
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import DialRefused, FindLead, OriginateToDialplan
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.process_messages import ReconcileCalls
from warmline.core.messages.recording_messages import ConvertRecording, MeasureRecording
from warmline.core.messages.webhook_messages import SendWebhook
from warmline.core.model.ids import encode

LIMIT = 5.0


class Bench:
    """A minimal switchboard: `events` in the order in which they came."""

    def __init__(self, client: AriClient, folder: Path) -> None:
        self.client = client
        self.events: list[Event] = []
        self.told: list[Reply] = []
        self.digits: dict[str, str] = {}  # by receipt
        self.handed_out: list[SendWebhook | ConvertRecording] = []
        self.finds: list[FindLead] = []
        self.reconciles: list[ReconcileCalls] = []
        self.checks: list[FindDialFacts] = []
        self.connected = asyncio.Event()
        self._changed = asyncio.Event()
        self.performer = ActionPerformer(
            {client.server: client},
            self.post,
            self.told.append,
            self._hand_out,
            DtmfSender({client.server: client}, lambda receipt: self.digits.pop(receipt), lambda leg: True).press,
            self.finds.append,
            self.reconciles.append,
            self.checks.append,
            self._look,
        )

        self._folder = folder

    async def _look(self, _: OriginateToDialplan) -> DialRefused | None:
        return None

    def _hand_out(self, action: SendWebhook | MeasureRecording | ConvertRecording) -> None:
        if isinstance(action, MeasureRecording):
            self.post(recording_measurement.measure(self._folder, action.name))
        else:
            self.handed_out.append(action)

    def post(self, event: Event) -> None:
        self.events.append(event)
        self._changed.set()

    def do(self, *actions: Action, lane: str = "lane") -> None:
        for action in actions:
            self.performer.perform(lane, action)

    async def until(self, *wanted: Event) -> None:
        """Wait until all of these events have come, in any order."""
        await self.until_true(lambda: all(event in self.events for event in wanted), str(wanted))

    async def until_true(self, holds: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(LIMIT):
                while not holds():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited for {what}; came: {self.events}") from None

    async def connection(self) -> None:
        """Wait until the listener has connected."""
        async with asyncio.timeout(LIMIT):
            await self.connected.wait()

    async def arriving(self) -> LegArrived:
        """Bring a leg through the dialplan into the application."""
        query = {"endpoint": "Local/arrive@parties/n", "extension": "answer", "context": "parties"}
        await self.client.request("POST", "channels", query=query | {"callerId": "5551234567"})

        def arrived() -> list[LegArrived]:
            return [event for event in self.events if isinstance(event, LegArrived) and "ingroup" in event.args]

        await self.until_true(lambda: bool(arrived()), "a leg that arrives")
        return arrived()[0]


@asynccontextmanager
async def bench(asterisk: private.Private) -> AsyncIterator[Bench]:
    """Provide a bench that listens; at its end, it removes all that it created."""
    async with AriClient(asterisk.url, private.USER, private.PASSWORD, private.APP) as client:
        made = Bench(client, asterisk.recordings)

        async def on_connect(_: int) -> None:
            made.connected.set()

        def on_message(text: str) -> None:
            for event in decode(text):
                made.post(event)

        listening = asyncio.create_task(AriEventStream(client, MEANINGS, on_message, on_connect).run())
        try:
            await made.connection()
            yield made
        finally:
            await made.performer.settled()
            await _clean(client)
            listening.cancel()
            await asyncio.wait([listening])


async def _clean(client: AriClient) -> None:
    for kind in ("channels", "bridges"):
        for one in msgspec.json.decode(await client.request("GET", kind)):
            try:
                await client.request("DELETE", kind, one["id"])
            except AriError as error:  # it has already ended
                print(kind, one["id"], error)


def fresh_id() -> str:
    """Return a ULID, as the core creates it."""
    return encode(int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big"))
