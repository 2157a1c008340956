"""Compares a call with Asterisk after its turn failed, as all calls are compared at a connection."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from ari_app.asterisk import snapshot_differences
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.switchboard.switchboard import Switchboard
from warmline.ari.client.ari_errors import AriError
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import CallsReconciled, ReconcileCalls
from warmline.core.world import turn_scope

log = logging.getLogger("warmline.calls")

SETTLES = 2.0  # seconds for requests in progress; later effects arrive as events
LOOKS = 5  # snapshots at most, while events of these calls arrive
AGAIN = 1.0  # seconds until Asterisk is queried again after an error


class CallReconciliation:
    """Compares calls of one server with snapshots while events continue. Other servers have their own comparison.

    `settled` returns when no request to a server is in progress; `picture` reads a snapshot.
    """

    def __init__(
        self,
        server: str,
        board: Switchboard,
        settled: Callable[[str], Awaitable[None]],
        picture: Callable[[], Awaitable[AsteriskSnapshot]],
    ) -> None:
        self._server = server
        self._board = board
        self._settled = settled
        self._picture = picture
        self._asked: asyncio.Queue[ReconcileCalls] = asyncio.Queue()
        self._concerns: Callable[[Event], bool] = lambda _: False
        self._changed = False

    def ask(self, action: ReconcileCalls) -> None:
        """Queue a comparison of these calls and legs."""
        self._asked.put_nowait(action)

    def heard(self, event: Event) -> None:
        """Mark the current snapshot as outdated if `event` concerns its calls."""
        self._changed = self._changed or self._concerns(event)

    async def run(self) -> None:
        """Handle queued comparisons without end; those that are queued together are handled together."""
        while True:
            asked = [await self._asked.get()]
            while not self._asked.empty():
                asked.append(self._asked.get_nowait())
            await self._reconcile(asked)

    async def _reconcile(self, asked: list[ReconcileCalls]) -> None:
        """Compare the calls, unless the connection is lost: the next connection compares all calls."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLES):
                await self._settled(self._server)
        board = self._board
        while self._server in board.reached:
            try:
                now = await self._undisturbed(asked)
            except AriError as error:
                log.warning("the channels of %d calls cannot be read from Asterisk: %s", len(asked), error.text)
                await asyncio.sleep(AGAIN)  # no event reports that Asterisk answers requests again
                continue
            calls, legs = _all(asked)
            ours = turn_scope.make_event_filter(board.world, calls, legs)
            for event in filter(ours, snapshot_differences.differences(now, board.world)):
                board.post(event)
            for one in asked:
                board.post(CallsReconciled(one.calls, one.legs))
            return

    async def _undisturbed(self, asked: list[ReconcileCalls]) -> AsteriskSnapshot:
        """Return a snapshot read while no event of the calls arrived, or the last of LOOKS. Raises AriError."""
        board = self._board
        for _ in range(LOOKS):
            self._concerns, self._changed = turn_scope.make_event_filter(board.world, *_all(asked)), False
            now = await self._picture()
            await board.turned()
            if not self._changed:
                break
        self._concerns = lambda _: False
        return now


def _all(asked: list[ReconcileCalls]) -> tuple[list[str], list[str]]:
    return [call for one in asked for call in one.calls], [leg for one in asked for leg in one.legs]
