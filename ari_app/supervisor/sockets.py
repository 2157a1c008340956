"""The listening sockets of `warmline serve`. The supervisor holds them, so they stay open while a part starts again."""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from ari_app.link import unix_sockets
from ari_app.link.unix_sockets import CannotBind
from ari_app.process.listening_sockets import listen
from ari_app.process.passed_sockets import PassedSocket, PassedSockets
from warmline.system import link_sockets
from warmline.system.link_sockets import LinkSocket
from warmline.system.loopback import is_local
from warmline.system.settings import Settings

Open = Callable[[Settings, PassedSockets], list[socket.socket]]


def _http(settings: Settings, passed: PassedSockets) -> list[socket.socket]:
    where = settings.listen_host, settings.listen_port
    return passed.take(*where) or listen(*where)


def _fastagi(settings: Settings, passed: PassedSockets) -> list[socket.socket]:
    host, _, port = settings.fastagi.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal() or not is_local(host):
        return []
    return passed.take(host, int(port)) or listen(host, int(port))


def _unix(one: LinkSocket, settings: Settings, passed: PassedSockets) -> list[socket.socket]:
    return [passed.take_unix(one.name) or unix_sockets.bind(one.path(settings.run), one.mode)]


# A name is also the FileDescriptorName in the socket units.
SOCKETS: dict[str, Open] = {
    "http": _http,
    "fastagi": _fastagi,
    **{one.name: partial(_unix, one) for one in link_sockets.ALL},
}


class HeldSockets:
    """The sockets that the supervisor holds: those that systemd passed, and others that it opens itself."""

    def __init__(self, settings: Settings, passed: PassedSockets) -> None:
        self._settings, self._passed = settings, passed
        self._held: dict[str, list[socket.socket]] = {}

    def open(self, names: Iterable[str]) -> None:
        """Open the sockets of these names that are not open yet.

        A socket that cannot be opened is left to its part, whose error says why: the settings are wrong, or another
        program has the port.
        """
        for name in names:
            if not self._held.get(name):
                self._held[name] = []
                with suppress(OSError, OverflowError, CannotBind):
                    self._held[name] = SOCKETS[name](self._settings, self._passed)

    def keep_only(self, names: Iterable[str]) -> PassedSockets:
        """Close all other sockets, in the process of a part; return the part's own."""
        wanted = set(names)
        given: list[PassedSocket] = []
        for name, held in self._held.items():
            for one in held:
                if name in wanted:
                    given.append(PassedSocket(name, one))
                else:
                    one.close()
        return PassedSockets({}, given)
