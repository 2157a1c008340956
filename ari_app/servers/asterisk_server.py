"""An Asterisk beside the app: the connection, and the parts that look after its channels and phones."""

from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from ari_app.asterisk import event_decoding
from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.calls.adopted_legs import join_at_once
from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.no_audio_repair import NoAudioRepair
from ari_app.servers import script_sweep
from ari_app.servers.asterisk_sync import AsteriskSync
from ari_app.servers.hold_check import HoldCheck
from ari_app.servers.orphan_sweep import OrphanSweep
from ari_app.servers.phone_reachability import ReachabilityMonitor
from ari_app.servers.rtp_watchdog import RtpWatchdog
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.event_stream import AriEventStream
from warmline.core.messages.events import Event
from warmline.core.world.world import World


class Shared(NamedTuple):
    """The parts that all servers have in common.

    `status` receives in a few words whether the app takes calls. `spool` is the folder of that setting. `heard`
    receives each event, and `lag` how long one of a server was on its way, in seconds.
    """

    board: Switchboard
    performer: ActionPerformer
    clock: Clock
    browsers: BrowserPhones
    status: Callable[[str], None]
    spool: str
    heard: Callable[[Event], None]
    lag: Callable[[float, str], None]


class Server:
    """One Asterisk. Nothing here concerns the legs, calls and recordings of another one."""

    def __init__(self, client: AriClient, shared: Shared) -> None:
        board = shared.board

        def world() -> World:
            return board.world

        self.client = client
        self._shared = shared
        self._held_lines = HoldCheck(client, world, board.post)
        sync = (board, shared.performer, shared.clock, self._held_lines, shared.browsers, shared.status, shared.spool)
        self.sync = AsteriskSync(client, *sync)
        self.phones = RtpWatchdog(client, world)
        self._sweep = OrphanSweep(client.server, self.sync.orphans, shared.performer.perform)
        self._reachable = ReachabilityMonitor(client, world, board.post)
        self._hears_nothing = NoAudioRepair(client, world, board.post, board.turned)

    def works(self) -> list[Coroutine[Any, Any, None]]:
        """Return what must run, each without end."""
        sync = self.sync
        stream = AriEventStream(
            self.client, event_decoding.MEANINGS, self.hear, sync.made, on_lag=self._lag, on_lost=sync.lost
        )
        return [
            stream.run(),
            self._sweep.run(),
            script_sweep.run(self.client, self._shared.spool),
            self.phones.watch(),
            self._reachable.run(),
        ]

    def _lag(self, seconds: float) -> None:
        self._shared.lag(seconds, self.client.server)

    def hear(self, text: str) -> None:
        """Pass on the core events of the text of an event."""
        shared = self._shared
        for event in event_decoding.decode(text, self.client.server):
            join_at_once(event, shared.board.world, shared.performer.perform)
            shared.board.post(shared.browsers.redeemed(event))
            self._hears_nothing.heard(event)
            shared.heard(event)

    def done(self, event: Event) -> None:
        """Take the result of an action."""
        self._sweep.heard(event)
        self._hears_nothing.heard(event)

    def close(self) -> None:
        """Cancel a check in progress."""
        self._held_lines.close()
