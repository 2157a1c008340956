"""At each connection to Asterisk its picture and ours become the same, and the events go on from there."""

import asyncio
from collections.abc import Callable, Sequence

from ari_app.asterisk import event_decoding, reconcile, snapshot
from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.asterisk.ari_client import AriClient
from ari_app.calls.call_reconciliation import CallReconciliation
from ari_app.calls.hold_check import HoldCheck
from ari_app.calls.no_audio_repair import NoAudioRepair
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.model.actions import DestroyBridge
from warmline.core.model.events import AsteriskConnected, Reconciling
from warmline.core.model.server import MAIN

TAKES, WAITS, UNSEEN = "takes calls", "waits for Asterisk", "callers go to the fallback until the beat can be seen"


class AsteriskSync:
    """`status` is told whether calls are taken, in a few words."""

    def __init__(
        self,
        client: AriClient,
        board: Switchboard,
        performer: ActionPerformer,
        clock: Clock,
        held_lines: HoldCheck,
        status: Callable[[str], None],
    ) -> None:
        self._client = client
        self._board = board
        self._performer = performer
        self._clock = clock
        self._held_lines = held_lines
        self._status = status
        self.known = asyncio.Event()  # Asterisk's picture and ours have been the same, since we began
        self._beats = False  # the dialplan sees that we turn; before, it may see the beat of one that has died

    async def made(self, started: int) -> None:
        """Tell the core each difference; `started` is when this Asterisk was. Raises AriError."""
        server = self._client.server
        await self._board.post_and_wait(Reconciling(server))
        await self._board.post_and_wait(AsteriskConnected(started, server))
        await self._performer.settled()  # what is still under way would look like a difference
        now = await self.picture_with_held()
        *missed, reconciled = reconcile.differences(now, self._board.world)
        for event in missed:
            self._board.post(event)
        await self._board.post_and_wait(reconciled)
        for bridge in reconcile.abandoned(now, self._board.world):
            self._performer.perform(bridge, DestroyBridge(bridge, server=server))
        self._held_lines.look()
        self._board.connected = True
        self.known.set()
        self._status(TAKES if self._beats else UNSEEN)

    def beaten(self) -> None:
        """The beat has been given, so the dialplan sends us callers."""
        if not self._beats and self._board.connected:
            self._beats = True
            self._status(TAKES)

    def lost(self) -> None:
        """Events do not come any more: nobody knows what happens in Asterisk until they do."""
        if self._board.connected:
            self._board.lost_at = self._clock.now()
        self._board.connected = False
        self._status(WAITS)

    async def orphans(self) -> reconcile.Orphans:
        """What is in Asterisk under our name and belongs to nobody. Raises AriError."""
        return reconcile.orphans(await self._picture(), self._board.world)

    async def picture_with_held(self) -> snapshot.AsteriskSnapshot:
        """What Asterisk has, and which phones that held their lines still do. Raises AriError."""
        legs = self._board.world.legs.values()
        return await self._picture([leg.id for leg in legs if leg.held and leg.server == self._client.server])

    async def _picture(self, held: Sequence[str] = ()) -> snapshot.AsteriskSnapshot:
        files, server = self._board.world.recordings.values(), self._client.server
        open_files = [file.id for file in files if file.ended is None and file.server == server]
        return await snapshot.read(self._client, open_files, self._clock.now(), held)


def hear(
    text: str,
    board: Switchboard,
    hears_nothing: NoAudioRepair,
    failed_calls: CallReconciliation,
    server: str = MAIN,
) -> None:
    """Hand over what the text of an event of that server means."""
    for event in event_decoding.decode(text, server):
        board.post(event)
        hears_nothing.heard(event)
        failed_calls.heard(event)
