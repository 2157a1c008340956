"""Checks which user's program listens at ARI's address, so that only Asterisk receives the password.

The kernel reports the user of each listener by sock_diag, for which the units allow AF_NETLINK. Without sock_diag,
`/proc/self/net/tcp` has the same facts, but is slower; `ProcSubset=pid` in the units hides only `/proc/net`.
"""

import os
import pwd
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

from warmline.system import socket_diag
from warmline.system.database_address import folder_of
from warmline.system.settings import Settings
from warmline.system.socket_diag import Address
from warmline.text.coded_error import CodedError

TABLES = ("/proc/self/net/tcp", "/proc/self/net/tcp6")
LISTENS = b"0A"  # the state of a listener; the kernel lists listeners first
LOCALHOST = ("127.0.0.1", "::1")
PORTS = {"http": 80, "https": 443}


class StrangerError(CodedError):
    """The program at ARI's address is not Asterisk; the text names its user and the fix."""


def asterisks_users(settings: Settings) -> frozenset[int]:
    """Return the user numbers that Asterisk may run as.

    These are root, the own user, `asterisk`, and the owners of recordings and database. Asterisk writes into the folder
    of recordings, and the app runs as Asterisk's user.
    """
    found = {0, os.geteuid()}
    with suppress(KeyError):
        found.add(pwd.getpwnam("asterisk").pw_uid)
    for folder in (Path(settings.recordings), *([folder_of(settings.db)] if settings.db else ())):
        with suppress(OSError):
            found.add(folder.stat().st_uid)
    return frozenset(found)


class AriListener:
    """The listener at the address of `url`, which must run as one of the user numbers in `trusted`.

    `trusted` is None for root and the own user. An address of another machine is not checked.
    """

    def __init__(self, url: str, trusted: Collection[int] | None = None) -> None:
        parts = urlsplit(url)
        self._trusted = frozenset((0, os.geteuid()) if trusted is None else trusted)
        self._port = parts.port or PORTS.get(parts.scheme, 80)
        self._where = f"{parts.hostname}:{self._port}"
        self._addresses = list(_loopback(parts.hostname or ""))

    def check(self) -> None:
        """Check the listener; call this before connecting, and again before sending.

        Raises:
            StrangerError: a program of another user listens.
            ConnectionRefusedError: no program listens.
        """
        if not self._addresses or (owners := self._owners()) is None:
            return
        if not owners:
            raise ConnectionRefusedError(f"no program listens on {self._where}")
        if strangers := sorted(set(owners) - self._trusted):
            raise StrangerError(
                "stranger_listens",
                "a program of user {users} listens on {where}, not Asterisk: ARI's password is not sent; end that "
                "program, then start Asterisk again",
                users=", ".join(map(_name, strangers)),
                where=self._where,
            )

    def _owners(self) -> list[int] | None:
        """Return the user number of each listener; None if the kernel does not report it."""
        try:
            found = socket_diag.listeners(self._port)
        except OSError:  # the unit forbids netlink, or the kernel has no sock_diag
            if (told := _listed(self._port)) is None:
                return None
            found = told
        return [user for address, user in found if self._reaches(address)]

    def _reaches(self, bound: Address) -> bool:
        """Return whether a listener bound to this address may accept the connection."""
        plain = (isinstance(bound, IPv6Address) and bound.ipv4_mapped) or bound
        return plain.is_unspecified or plain in self._addresses


def _loopback(host: str) -> Iterator[Address]:
    """Yield the loopback addresses of a host; none for another machine."""
    for text in LOCALHOST if host == "localhost" else (host,):
        with suppress(ValueError):
            if (address := ip_address(text)).is_loopback:
                yield address


def _listed(port: int) -> list[tuple[Address, int]] | None:
    """Return the same as `socket_diag.listeners`, more slowly; None if the kernel does not report it."""
    found, seen = [], False
    for table in TABLES:
        with suppress(OSError), open(table, "rb") as lines:
            seen = True
            next(lines, b"")
            for line in lines:
                words = line.split()
                if words[3] != LISTENS:
                    break
                address, _, its_port = words[1].partition(b":")
                if int(its_port, 16) == port:
                    found.append((_address(address), int(words[7])))
    return found if seen else None


def _address(text: bytes) -> Address:
    """Return an address from the kernel's text: words of 32 bits, each in this machine's byte order."""
    words = (int(text[n : n + 8], 16).to_bytes(4, sys.byteorder) for n in range(0, len(text), 8))
    packed = b"".join(words)
    return IPv4Address(packed) if len(packed) == 4 else IPv6Address(packed)


def _name(user: int) -> str:
    try:
        return f"{pwd.getpwuid(user).pw_name} ({user})"
    except KeyError:
        return str(user)
