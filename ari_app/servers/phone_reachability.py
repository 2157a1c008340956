"""Finds agents' phones that cannot be reached, so that no call is offered to them.

Asterisk reports whether a phone is registered and answers (`qualify_frequency`). A phone whose leg sends packets is
reachable, whatever its registration says. A phone is unreachable if its registration changed and its leg sends nothing.
"""

import asyncio
import time
from collections.abc import Callable, Mapping

from ari_app.asterisk.endpoints import EndpointChange, EndpointMonitor
from ari_app.asterisk.rtp_statistics import packets
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import PhoneReachable, PhoneUnreachable
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.session import Session
from warmline.core.world.world import World

EVERY = 1.0  # seconds between two checks of doubtful phones; a working phone sends 50 packets in this time
SELDOM = 15.0  # seconds between two checks of a leg that sends packets although its phone is not registered
OFFLINE = "offline"


class ReachabilityMonitor:
    """Reports by `post` when the phone of a logged-in agent becomes unreachable, and when it is reachable again."""

    def __init__(self, client: AriClient, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._client = client
        self._world = world
        self._post = post
        self._endpoints = EndpointMonitor(client, self._phones, self.picture, self.changed, self.lost)
        self._known = False  # a snapshot was read, and changes arrive
        self._offline: frozenset[str] = frozenset()
        self._doubtful: set[str] = set()  # phones whose registration changed
        self._counted: dict[str, int] = {}  # packets received on a leg at the last check
        self._next: dict[str, float] = {}  # legs with a later time of their next check

    async def run(self) -> None:
        """Listen and check without end."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._endpoints.run())
            both.create_task(self._watch())

    def picture(self, states: Mapping[str, str]) -> None:
        """Take over the phones' states. A phone that Asterisk does not know counts as reachable."""
        self._offline = frozenset(name for name, state in states.items() if state == OFFLINE)
        self._known = True

    def changed(self, change: EndpointChange) -> None:
        """Note a changed registration. A new one lets the core dial an agent at once who is due to be called back."""
        self._doubtful.add(change.phone)
        if change.endpoint:
            self._offline = self._offline - {change.phone} if change.reachable else self._offline | {change.phone}
        if change.reachable and any(_is_called(one) for one in self._on(change.phone)):
            self._post(PhoneReachable(change.phone))

    def lost(self) -> None:
        """Forget the states: until the next snapshot, phones without a leg stay as they were."""
        self._known, self._offline = False, frozenset()

    async def look(self) -> None:
        """Check every doubtful phone and report changes."""
        world = self._world()
        told = {one.phone for one in world.sessions.values() if one.phone_loss.away_since}
        lines = set()
        for phone in sorted(self._offline | self._doubtful | told):
            sessions = self._on(phone)
            for session in sessions:
                leg = world.legs.get(session.leg or "")
                if leg:
                    lines.add(leg.id)
                self._tell(session, await self._is_there(session, leg))
            if not sessions:
                self._doubtful.discard(phone)
        self._counted = {leg: counted for leg, counted in self._counted.items() if leg in lines}
        self._next = {leg: at for leg, at in self._next.items() if leg in lines}

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    def _tell(self, session: Session, there: bool | None) -> None:
        """Report a known state that differs from the reported one."""
        if there is True:
            self._doubtful.discard(session.phone)
        if there is True and session.phone_loss.away_since:
            self._post(PhoneReachable(session.phone))
        elif there is False and not session.phone_loss.away_since:
            self._post(PhoneUnreachable(session.phone))

    async def _is_there(self, session: Session, leg: Leg | None) -> bool | None:
        """Return whether the phone is reachable; None if this is not known, or not yet."""
        if leg is None or leg.phase is not Phase.UP or leg.hangup_requested:
            return session.phone not in self._offline if self._known else None
        if leg.held or time.monotonic() < self._next.get(leg.id, 0.0):
            return None
        found = await packets(self._client, leg.id)
        if found is None:  # Asterisk does not count this leg's packets
            return True
        before, self._counted[leg.id] = self._counted.get(leg.id), found.rxcount
        if before is None:
            return None
        if found.rxcount > before:
            del self._counted[leg.id]
            self._next[leg.id] = time.monotonic() + SELDOM
            return True
        return False

    def _on(self, phone: str) -> list[Session]:
        world = self._world()
        return [world.sessions[user] for user in world.session_index.on_phone(phone)]

    def _phones(self) -> frozenset[str]:
        return frozenset(one.phone for one in self._world().rules.agents.values() if one.phone)


def _is_called(session: Session) -> bool:
    return bool(session.phone_loss.rescue_until or session.phone_loss.recall_until)
