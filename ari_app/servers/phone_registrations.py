"""The registrations of agents' phones, as each server knows them."""

import time
from collections.abc import Collection, Iterable, Mapping

from ari_app.asterisk.endpoint_reachability import EndpointChange

OFFLINE = "offline"
AWAY = 10.0  # seconds without the states of a server after which the phones that only it knows are not reachable


class Registrations:
    """The states of phones on one server; `known` while a snapshot was read, and changes arrive."""

    def __init__(self) -> None:
        self.known = False
        self.offline: frozenset[str] = frozenset()
        self.online: frozenset[str] = frozenset()  # or without a report whether they answer
        self._since = time.monotonic()

    @property
    def pending(self) -> bool:
        """Whether the states are not known, and may soon be."""
        return not self.known and time.monotonic() - self._since < AWAY

    def picture(self, states: Mapping[str, str]) -> None:
        """Take over the phones' states."""
        self.offline = frozenset(name for name, state in states.items() if state == OFFLINE)
        self.online = frozenset(states) - self.offline
        self.known = True

    def changed(self, change: EndpointChange) -> None:
        """Note a changed registration."""
        one = {change.phone}
        if change.endpoint and change.reachable:
            self.offline, self.online = self.offline - one, self.online | one
        elif change.endpoint:
            self.offline, self.online = self.offline | one, self.online - one

    def lost(self) -> None:
        """Forget the states until the next snapshot."""
        self.known, self.offline, self.online = False, frozenset(), frozenset()
        self._since = time.monotonic()


def is_registered(phone: str, servers: Collection[Registrations]) -> bool | None:
    """Return whether any server can reach the phone; None if this is not known.

    A phone that no Asterisk knows counts as reachable.
    """
    known = [one for one in servers if one.known]
    if any(phone in one.online for one in known):
        return True
    if not known or any(one.pending for one in servers):
        return None
    return not any(phone in one.offline for one in known)


def offline(servers: Iterable[Registrations]) -> set[str]:
    """Return the phones that a server knows and cannot reach."""
    return {phone for one in servers for phone in one.offline}
