"""Synchronizes the world with Asterisk at each connection, before further events are handled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack

from ari_app.asterisk import snapshot, snapshot_differences
from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.held_spool import held
from ari_app.link.call_control import Orphans
from ari_app.servers.cut_off_legs import CutOffLegs
from ari_app.servers.hold_check import HoldCheck
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.bridge_messages import DestroyBridge
from warmline.core.messages.dialler_messages import LeadAnsweredAway
from warmline.core.messages.leg_messages import HangUpLeg, LegArrived
from warmline.core.messages.process_messages import AsteriskConnected, Reconciling, ServerAway
from warmline.store.agi import spool

log = logging.getLogger("warmline.servers")

SAME_ID = (
    "channel %s of server %s has the id of a channel of server %s and is hung up; write another systemname into each "
    "asterisk.conf"
)
ERASURE_WITHIN = 5.0  # seconds that the spool's notes wait for an erasure


class AsteriskSync:
    """Synchronizes with one Asterisk; `changed` is called when its state is known, and when it is not any more.

    `notes` is the folder of the setting `spool`. `known` is set after the first synchronization with any server.
    With several servers, `cut_off` knows the calls that were lost with this one. `fetch` brings the notes of another
    machine into the spool.
    """

    def __init__(
        self,
        client: AriClient,
        board: Switchboard,
        performer: ActionPerformer,
        clock: Clock,
        held_lines: HoldCheck,
        browsers: BrowserPhones,
        changed: Callable[[], None],
        notes: str,
        known: asyncio.Event,
        cut_off: CutOffLegs | None = None,
        fetch: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._client = client
        self._board = board
        self._performer = performer
        self._clock = clock
        self._held_lines = held_lines
        self._browsers = browsers
        self._changed = changed
        self._notes = notes
        self._known = known
        self._cut_off = cut_off
        self._fetch = fetch
        self._was_known = False  # synchronized since the start
        # Legs whose move was requested before the start, and not finished.
        self._moving = {leg.id for leg in board.world.legs.values() if leg.target_bridge is not None}
        self._holding: asyncio.Task[None] | None = None  # of the spool, until its notes are written

    async def made(self, started: int) -> None:
        """Synchronize after a connection; `started` is the start time of this Asterisk. Raises AriError."""
        server = self._client.server
        await self._board.post_and_wait(Reconciling(server))
        await self._board.post_and_wait(AsteriskConnected(started, server))
        await self._performer.settled(server)  # requests in progress would look like differences
        now = await self.picture_with_held()
        await self._answered_away()
        over = (
            await self._cut_off.among(snapshot_differences.arrivals(now, self._board.world))
            if self._cut_off
            else set[str]()
        )
        moving = None if self._was_known else self._moving
        *missed, reconciled = snapshot_differences.differences(now, self._board.world, moving)
        for event in missed:
            if not (isinstance(event, LegArrived) and event.leg in over):
                self._board.post(self._browsers.redeemed(event))
        await self._board.post_and_wait(reconciled)
        for leg in over:
            log.warning("leg %s is of a call that was lost with server %s; it is hung up", leg, server)
            self._performer.perform(leg, HangUpLeg(leg, server=server))
        for leg in snapshot_differences.strangers_with_known_ids(now, self._board.world):
            log.error(SAME_ID, leg, server, self._board.world.legs[leg].server)
            self._performer.end_stranger(leg, server)
        ending = over.union(
            snapshot_differences.orphans(now, self._board.world).channels
        )  # the core hangs the others up
        for bridge in snapshot_differences.abandoned(now, self._board.world, ending):
            self._performer.perform(bridge, DestroyBridge(bridge, server=server))
        self._held_lines.look()
        self._board.reaches(server)
        self._was_known = True
        self._known.set()
        self._changed()

    async def _answered_away(self) -> None:
        """Post the notes of leads who answered while the app was away, before the end of their calls is noticed.

        The spool's poller reads a note again, which changes nothing, and reports errors. The spool is held until the
        notes are on disk, but nothing waits for that here.
        """
        if self._fetch:
            await self._fetch()
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(held(self._notes, ERASURE_WITHIN))
            found = await asyncio.to_thread(spool.read_all, self._notes, lambda _: None)
            leads = [note for note in found if isinstance(note, LeadAnsweredAway)]
            written = [await self._board.post_and_wait(note) for note in leads]
            if written:
                self._holding = asyncio.create_task(_until(written, stack.pop_all()))

    def lost(self) -> None:
        """Record that no events arrive, so that the state of Asterisk is unknown until the next connection."""
        server = self._client.server
        self._board.lost(server, self._clock.now())
        if self._board.world.servers and server not in self._board.world.held_servers:
            self._board.post(ServerAway(server))
        self._changed()

    async def orphans(self) -> Orphans:
        """Return Warmline's channels and bridges that belong to no call or agent session. Raises AriError."""
        return snapshot_differences.orphans(await snapshot.read(self._client, (), self._clock.now()), self._board.world)

    async def picture_with_held(self) -> snapshot.AsteriskSnapshot:
        """Read a snapshot, with the phones that still hold their lines. Raises AriError."""
        world, server = self._board.world, self._client.server
        held = [leg.id for leg in world.legs.values() if leg.held and leg.server == server]
        recordings = [file.id for file in world.recordings.values() if file.ended is None and file.server == server]
        return await snapshot.read(self._client, recordings, self._clock.now(), held)


async def _until(written: "Sequence[asyncio.Future[None]]", stack: AsyncExitStack) -> None:
    """Leave the stack when all is written."""
    async with stack:
        await asyncio.gather(*written, return_exceptions=True)
