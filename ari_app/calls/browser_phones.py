"""Browser phones in the call process: the one-time token of each offer, and the news of pages.

A token names an agent, a page and perhaps a supervisor for TOKEN_SECONDS and one leg. It is known here alone: the
journal has these names in its place. A token that is lost with this process is not valid, and its page offers its phone
again.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.core.model.session import BROWSER_PHONE

TOKEN_SECONDS = 5.0
TOKENS = 1000  # that wait at the same time; an older one is dropped
OFFER_SECONDS = 60.0  # in which an offer that is made again is known; a browser repeats a request at once


class Ticket(NamedTuple):
    """The arguments of a token's leg, and the end of its time on the monotonic clock in seconds."""

    args: tuple[str, ...]
    ends: float


class BrowserPhones:
    """The tokens of offers; `post` takes events for the core."""

    def __init__(self, post: Callable[[Event], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._post, self._clock = post, clock
        self._tickets: dict[str, Ticket] = {}
        self._offers: dict[tuple[str, ...], float] = {}  # with the end of their time

    async def tell(self, agent: str, page: str, *, here: bool) -> None:
        """Tell the core that a page is gone, or that it is there again."""
        self._post((PageBack if here else PageAway)(agent, page))

    def new_token(self, agent: str, page: str, offer: str, supervisor: str = "") -> str:
        """Return a token for one leg of this agent, or of their supervisor, which this page brings.

        Return "" for an offer that was made before. A browser sends a request again by itself if the API process dies
        before it answers. The connection behind the offer may then have messages of the first leg, and DTLS fails.
        """
        now = self._clock()
        self._offers = {made: ends for made, ends in self._offers.items() if ends > now}
        made_before = (agent, page, offer, supervisor) in self._offers
        self._offers[agent, page, offer, supervisor] = now + OFFER_SECONDS
        if made_before:
            return ""
        self._tickets = {token: one for token, one in self._tickets.items() if one.ends > now}
        if len(self._tickets) >= TOKENS:
            del self._tickets[next(iter(self._tickets))]
        made = secrets.token_hex(16)
        self._tickets[made] = Ticket((agent, page, *filter(None, [supervisor])), now + TOKEN_SECONDS)
        return made

    def knows(self, token: str) -> bool:
        """Return whether a token is good for a leg that has not come."""
        found = self._tickets.get(token)
        return found is not None and found.ends > self._clock()

    def redeemed(self, event: Event) -> Event:
        """Return the event with the owner of a token in place of the token, which is used up. Others stay as they are.

        Without a valid token, only the kind stays. The core hangs such a leg up.
        """
        if not isinstance(event, LegArrived) or event.args[:1] != (BROWSER_PHONE,):
            return event
        ticket = self._tickets.pop("".join(event.args[1:2]), None)
        valid = ticket.args if ticket and ticket.ends > self._clock() else ()
        return replace(event, args=(BROWSER_PHONE, *valid), dialled="")
