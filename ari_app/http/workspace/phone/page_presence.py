"""Tells the call process which page with a browser phone is gone, and which is there again.

The pages are those of the open feeds. A page loaded again has lost its phone, also if it kept its id. After a start of
this process, pages have some time to connect again before they count as gone.
"""

import asyncio
import logging

from ari_app.http.workspace.open_pages import OpenPage, OpenPages
from ari_app.link.call_control import CallControl, CallProcessAway
from ari_app.link.phone_requests import CallProcessPhones
from warmline.core.model.leg import Leg

CONNECT_WITHIN = 10.0  # seconds after the start of this process
RETRY = 1.0  # seconds until news that the call process did not take are sent again

log = logging.getLogger("warmline.phones")


class PagePresence:
    """Follows `pages`. `run` tells the news, and goes on while the call process is away."""

    def __init__(self, board: CallControl, pages: OpenPages, phones: CallProcessPhones) -> None:
        self._board, self._pages, self._phones = board, pages, phones
        self._open: dict[str, tuple[OpenPage, ...]] = {}  # by agent
        self._left: dict[str, str] = {}  # by agent, the leg whose page was loaded again without it
        self._changed: dict[str, None] = {}  # agents with news
        self._news = asyncio.Event()
        pages.followers.append(self.changed)

    def changed(self, user: str, pages: tuple[OpenPage, ...]) -> None:
        """Note the open pages of an agent."""
        loaded = {one.page for one in set(pages) - set(self._open.get(user, ())) if not one.phone}
        self._open[user] = pages
        if not pages:
            del self._open[user]
        leg = self._leg(user)
        if leg and leg.page in loaded:
            self._left[user] = leg.id
        self._tell(user)

    async def run(self) -> None:
        """Tell the news, without end."""
        first = asyncio.get_running_loop().call_later(CONNECT_WITHIN, self._look_at_all)
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                while self._changed:
                    user = next(iter(self._changed))
                    if await self._told(user):
                        self._changed.pop(user, None)
                    else:
                        await asyncio.sleep(RETRY)
        finally:
            first.cancel()

    def _look_at_all(self) -> None:
        for session in list(self._board.world.sessions.values()):
            if session.browser:
                self._tell(session.agent)

    def _tell(self, user: str) -> None:
        self._changed[user] = None
        self._news.set()

    async def _told(self, user: str) -> bool:
        """Tell what has changed for the page that brought the agent's leg; return whether that was possible."""
        leg = self._leg(user)
        if leg is None or not leg.page:
            self._left.pop(user, None)
            return True
        here = leg.page in {one.page for one in self._open.get(user, ())} and self._left.get(user) != leg.id
        away_since = self._board.world.sessions[user].phone_loss.page_away_since
        if here is not bool(away_since):  # it is known already
            return True
        try:
            await self._phones.tell(user, leg.page, here=here)
        except CallProcessAway as away:
            log.info("the page of agent %s: %s", user, away)
            return False
        return True

    def _leg(self, user: str) -> Leg | None:
        """Return the leg of the agent's phone, or None."""
        session = self._board.world.sessions.get(user)
        return self._board.world.legs.get(session.leg or "") if session else None
