"""Ends the supervision of a page that has gone. A page loaded again is another page.

Every second, the pages that supervise are compared with the open feeds. A page without a feed for GRACE has gone. After
a start of this process, pages have some time to connect again.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from ari_app.http.workspace.open_pages import OpenPages
from ari_app.link.call_control import CallControl, CallProcessAway
from ari_app.link.phone_requests import CallProcessPhones
from warmline.core.model.leg import Role

CONNECT_WITHIN = 5.0  # seconds after the start of this process until a page counts as away
GRACE = 5.0  # seconds that a page may be away
EVERY = 1.0  # seconds between two comparisons

log = logging.getLogger("warmline.phones")


class SupervisorPresence:
    """Follows `pages`; `clock` is in seconds."""

    def __init__(
        self,
        board: CallControl,
        pages: OpenPages,
        phones: CallProcessPhones,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._board, self._pages, self._phones, self._clock = board, pages, phones, clock
        self._connected = clock() + CONNECT_WITHIN
        self._away: dict[tuple[str, str], float] = {}  # since when, by agent and page

    async def run(self) -> None:
        """Compare, without end."""
        while True:
            await asyncio.sleep(EVERY)
            await self.compare()

    async def compare(self) -> None:
        """Tell which pages have gone. One that cannot be told is told with the next comparison."""
        there, now = self._pages.ids(), max(self._clock(), self._connected)
        supervisors = [leg for leg in self._board.world.legs.values() if leg.role is Role.SUPERVISOR and leg.page]
        missing = [(leg.owner, leg.page) for leg in supervisors if leg.page not in there]
        self._away = {one: self._away.get(one, now) for one in missing}
        for (agent, page), since in list(self._away.items()):
            if now - since >= GRACE:
                try:
                    await self._phones.tell(agent, page, here=False)
                except CallProcessAway as away:
                    log.info("the page of a supervisor of agent %s: %s", agent, away)
