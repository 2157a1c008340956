"""An Asterisk beside the app: the connection, and the parts that look after its channels and phones."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, NamedTuple

from ari_app.asterisk import event_decoding
from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.calls.adopted_leg_join import join_at_once
from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.failed_turn_reconciliation import CallReconciliation
from ari_app.calls.no_audio_repair import NoAudioRepair
from ari_app.servers import note_fetch, script_sweep
from ari_app.servers.asterisk_sync import SAME_ID, AsteriskSync
from ari_app.servers.cut_off_legs import CutOffLegs
from ari_app.servers.hold_check import HoldCheck
from ari_app.servers.orphan_sweep import OrphanSweep
from ari_app.servers.rtp_watchdog import RtpWatchdog
from ari_app.servers.same_asterisk import OwnAsterisk
from ari_app.servers.server_loss import ServerLoss
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import HEARTBEAT_SECONDS, AriEventStream, ReplacedError
from warmline.ari.client.preflight import UnusableAsteriskError
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.world.world import World

log = logging.getLogger("warmline.servers")

OFTEN = 0.5  # seconds between two heartbeats of the stream with several servers, so that a frozen one is soon noticed
SILENT_MOST = 2.5  # seconds until a heartbeat without an answer ends a connection; more if the app was stopped, too
# Seconds until a server is tried again that another program took over, or that cannot be used. A server that was frozen
# may carry out connections from that time, which replace the current one; the first try is therefore soon.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
QUIET = 60.0  # seconds of a good connection after which the pause is short again


class Shared(NamedTuple):
    """The parts that all servers have in common.

    `known` is set when the first server is synchronized, and `changed` is called when one is reached or lost. `spool`
    is the folder of that setting, and `db` the database. `heard` receives each event, and `lag` how long one of a
    server was on its way, in seconds. `several`: there is more than one server. A server is lost after `lost_after`
    seconds, 0: never.
    """

    board: Switchboard
    performer: ActionPerformer
    clock: Clock
    browsers: BrowserPhones
    changed: Callable[[], None]
    spool: str
    db: str
    known: asyncio.Event
    heard: Callable[[Event], None]
    lag: Callable[[float, str], None]
    several: bool = False
    lost_after: float = 0.0


class Server:
    """One Asterisk. Nothing here concerns the legs, calls and recordings of another one."""

    def __init__(self, client: AriClient, shared: Shared, before: Sequence[AriClient] = ()) -> None:
        """Make the parts of the server of `client`; `before` are the clients of those before it in the settings."""
        board = shared.board

        def world() -> World:
            return board.world

        self.client = client
        self._shared = shared
        self._own = OwnAsterisk(client, before)
        self._held_lines = HoldCheck(client, world, board.post)
        sync = (board, shared.performer, shared.clock, self._held_lines, shared.browsers)
        self._cut_off = CutOffLegs(client.server, shared.db, world)
        cut_off = self._cut_off if shared.several else None
        fetch = partial(note_fetch.fetch_all, client, shared.spool) if client.server != MAIN_SERVER else None
        self.sync = AsteriskSync(client, *sync, shared.changed, shared.spool, shared.known, cut_off, fetch)
        beat = OFTEN if shared.several else HEARTBEAT_SECONDS
        self._stream = AriEventStream(
            client,
            event_decoding.MEANINGS,
            self.hear,
            self._connected,
            heartbeat_seconds=beat,
            on_lag=self._lag,
            on_lost=self._lost,
            may_connect=self._may_connect,
        )
        self._loss = ServerLoss(client.server, shared.lost_after, board.post, self._cut_off.lose, self._has_calls)
        self.phones = RtpWatchdog(client, world)
        self._sweep = OrphanSweep(client.server, self.sync.orphans, shared.performer.perform)
        self._hears_nothing = NoAudioRepair(client, world, board.post, board.turned)
        self.failed_calls = CallReconciliation(
            client.server, board, shared.performer.settled, self.sync.picture_with_held
        )

    def works(self) -> list[Coroutine[Any, Any, None]]:
        """Return what must run, each without end."""
        works = [self._listen(), self._sweep.run(), self.phones.watch(), self.failed_calls.run()]
        if self._shared.several and self._shared.lost_after:
            works.append(self._loss.run())
        if self.client.server == MAIN_SERVER:  # the one that scripts connect to
            works.append(script_sweep.run(self.client, self._shared.spool))
        return works

    async def _listen(self) -> None:
        """Listen to the server without end. With several servers, one that the app cannot use ends no call elsewhere.

        Raises ReplacedError, or UnusableAsteriskError, if there is one server.
        """
        pause = FIRST_PAUSE
        while True:
            begun = time.monotonic()
            try:
                await self._stream.run()
            except (ReplacedError, UnusableAsteriskError) as error:
                if not self._shared.several:
                    raise
                pause = FIRST_PAUSE if time.monotonic() - begun > QUIET else pause
                log.error("server %s: %s; the next try is in %g s", self.client.server, error, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _may_connect(self) -> None:
        """Ask the database whether this app leads. Raises AnotherLeadsError, UnusableAsteriskError, AriError."""
        if self.client.check_leads:
            self._loss.asks()
            await self.client.check_leads()
            self._loss.leads()
        await self._own.check()

    async def _connected(self, started: int) -> None:
        self._loss.reads()
        await self.sync.made(started)
        self._cut_off.forget()
        self._loss.reached()

    def _lost(self) -> None:
        self.sync.lost()
        now = time.monotonic()
        self._loss.ended(max(self._stream.heartbeat_requested_at or now, now - SILENT_MOST))

    def _has_calls(self) -> bool:
        return any(call.server == self.client.server for call in self._shared.board.world.calls.values())

    def _lag(self, seconds: float) -> None:
        self._shared.lag(seconds, self.client.server)

    def hear(self, text: str) -> None:
        """Pass on the core events of the text of an event."""
        shared = self._shared
        for event in event_decoding.decode(text, self.client.server):
            if shared.several and self._is_elsewhere(event):
                continue
            join_at_once(event, shared.board.world, shared.performer.perform)
            shared.board.post(shared.browsers.redeemed(event))
            self._hears_nothing.heard(event)
            self.failed_calls.heard(event)
            shared.heard(event)

    def _is_elsewhere(self, event: Event) -> bool:
        """Return whether the event's leg is on another server, whose call it would change. A caller is hung up here."""
        name = getattr(event, "leg", "")
        known = self._shared.board.world.legs.get(name) if name else None
        if known is None or known.server == self.client.server:
            return False
        if isinstance(event, LegArrived):
            log.error(SAME_ID, name, self.client.server, known.server)
            self._shared.performer.end_stranger(name, self.client.server)
        return True

    def done(self, event: Event) -> None:
        """Take the result of an action."""
        self._sweep.heard(event)
        self._hears_nothing.heard(event)

    def close(self) -> None:
        """Cancel a check in progress."""
        self._held_lines.close()
