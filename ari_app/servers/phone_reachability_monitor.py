"""Finds agents' phones that cannot be reached, so that no call is offered to them.

Asterisk reports whether a phone is registered and answers (`qualify_frequency`). A phone whose leg sends packets is
reachable, whatever its registration says. A phone is unreachable if its registration changed and its leg sends nothing.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from functools import partial

from ari_app.asterisk.endpoint_reachability import EndpointChange, EndpointMonitor
from ari_app.asterisk.rtp_statistics import packets
from ari_app.servers.phone_registrations import Registrations, is_registered, offline
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.events import Event
from warmline.core.messages.phone_messages import PhoneReachable, PhoneUnreachable
from warmline.core.model.leg import Phase
from warmline.core.model.session import Session
from warmline.core.world.world import World

EVERY = 1.0  # seconds between two checks of doubtful phones; a working phone sends 50 packets in this time
SELDOM = 15.0  # seconds between two checks of a leg that sends packets although its phone is not registered


class ReachabilityMonitor:
    """Reports by `post` when the phone of a logged-in agent becomes unreachable, and when it is reachable again.

    A phone is reachable if any of the servers can reach it. `clients` are those of the servers, by name.
    """

    def __init__(
        self, clients: Mapping[str, AriClient], world: Callable[[], World], post: Callable[[Event], None]
    ) -> None:
        self._clients = clients
        self._world = world
        self._post = post
        self.registrations = {name: Registrations() for name in clients}
        self._doubtful: set[str] = set()  # phones whose registration changed
        self._counted: dict[str, int] = {}  # packets received on a leg at the last check
        self._next: dict[str, float] = {}  # legs with a later time of their next check
        self._checking: dict[str, asyncio.Task[None]] = {}  # by server, so that none waits for another one

    async def run(self) -> None:
        """Listen and check without end."""
        try:
            async with asyncio.TaskGroup() as all_of_them:
                for name, client in self._clients.items():
                    there = self.registrations[name]
                    changed = partial(self.changed, name)
                    endpoints = EndpointMonitor(client, self._phones, there.picture, changed, there.lost)
                    all_of_them.create_task(endpoints.run())
                all_of_them.create_task(self._watch())
        finally:
            for check in self._checking.values():
                check.cancel()

    def changed(self, server: str, change: EndpointChange) -> None:
        """Note a changed registration. A new one lets the core dial an agent at once who is due to be called back."""
        self._doubtful.add(change.phone)
        self.registrations[server].changed(change)
        if change.reachable and any(_is_called(one) for one in self._on(change.phone)):
            self._post(PhoneReachable(change.phone))

    async def look(self) -> None:
        """Check every doubtful phone, and report changes."""
        self._begin()
        await asyncio.gather(*self._checking.values())

    def _begin(self) -> None:
        """Report what registrations say, and begin to check the doubtful legs of each server."""
        world, servers = self._world(), self.registrations.values()
        told = {one.phone for one in world.sessions.values() if one.phone_loss.away_since}
        lines = set()
        on_line: dict[str, list[tuple[str, str]]] = {}  # agent and leg by server
        for phone in sorted(offline(servers) | self._doubtful | told):
            sessions = self._on(phone)
            for session in sessions:
                leg = world.legs.get(session.leg or "")
                if leg:
                    lines.add(leg.id)
                if leg and leg.phase is Phase.UP and not leg.hangup_requested:
                    if phone in self._doubtful | told or is_registered(phone, servers) is not True:
                        on_line.setdefault(leg.server, []).append((session.agent, leg.id))
                else:
                    self._tell(session, is_registered(phone, servers))
            if not sessions:
                self._doubtful.discard(phone)
        self._counted = {leg: counted for leg, counted in self._counted.items() if leg in lines}
        self._next = {leg: at for leg, at in self._next.items() if leg in lines}
        for server, legs in on_line.items():
            if server not in self._checking and server in self._clients:
                self._checking[server] = asyncio.create_task(self._check(server, legs))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            self._begin()

    async def _check(self, server: str, legs: list[tuple[str, str]]) -> None:
        """Check whether these agents' legs on a server send packets."""
        try:
            for agent, name in legs:
                there = await self._sends(server, name)
                if session := self._world().sessions.get(agent):
                    self._tell(session, there)
        finally:
            del self._checking[server]

    def _tell(self, session: Session, there: bool | None) -> None:
        """Report a known state that differs from the reported one."""
        if there is True:
            self._doubtful.discard(session.phone)
        if there is True and session.phone_loss.away_since:
            self._post(PhoneReachable(session.phone))
        elif there is False and not session.phone_loss.away_since:
            self._post(PhoneUnreachable(session.phone))

    async def _sends(self, server: str, name: str) -> bool | None:
        """Return whether the phone of a leg sends packets; None if this is not known, or not yet."""
        leg = self._world().legs.get(name)
        if leg is None or leg.held or time.monotonic() < self._next.get(name, 0.0):
            return None
        found = await packets(self._clients[server], name)
        if found is None:  # Asterisk does not count this leg's packets
            return True
        before, self._counted[name] = self._counted.get(name), found.rxcount
        if before is None:
            return None
        if found.rxcount > before:
            del self._counted[name]
            self._next[name] = time.monotonic() + SELDOM
            return True
        return False

    def _on(self, phone: str) -> list[Session]:
        world = self._world()
        return [world.sessions[user] for user in world.session_index.list_phone_agents(phone)]

    def _phones(self) -> frozenset[str]:
        return frozenset(one.phone for one in self._world().rules.agents.values() if one.phone)


def _is_called(session: Session) -> bool:
    return bool(session.phone_loss.rescue_until or session.phone_loss.recall_until)
