"""Requests of the dialplan: a channel in `[warmline-handoff]` names a channel or a phone whose call is adopted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from ari_app.link.call_control import CommandSwitchboard, CommandTimeout, adoption
from warmline.ari.client.ari_client import AriError
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.values.outside_talk import OutsideTalk

HANDOFF, BY = "handoff", "dialplan"

log = logging.getLogger("warmline.calls")


class HandoffRequests:
    """Turns each request into the command ADOPT. A refusal is logged, and the two parties continue to talk.

    `find` returns the conversation of a channel or a phone on a server, or why there is none. It raises AriError.
    """

    def __init__(
        self, board: Callable[[], CommandSwitchboard], find: Callable[[str, str], Awaitable[OutsideTalk | str]]
    ) -> None:
        self._board = board
        self._find = find
        self._running: set[asyncio.Task[None]] = set()

    def heard(self, event: Event) -> None:
        """Begin to handle the event if it is a request."""
        if isinstance(event, LegArrived) and event.args[:1] == (HANDOFF,):
            task = asyncio.create_task(self._adopt(event.server, "".join(event.args[1:2])))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _adopt(self, server: str, channel: str) -> None:
        try:
            why = await self._ask(server, channel)
        except AriError as error:
            why = error.text
        except CommandTimeout as late:
            why = f"it is not done yet; see receipt {late.receipt}"
        if why:
            log.warning("the dialplan's request to adopt %s: %s", channel, why)

    async def _ask(self, server: str, channel: str) -> str:
        asked = adoption(channel, await self._find(server, channel))
        return (await self._board().ask(asked, BY, BY)).why

    def close(self) -> None:
        """Cancel requests in progress."""
        for task in self._running:
            task.cancel()
