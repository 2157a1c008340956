"""Whose program listens at ARI's address: the password is sent to Asterisk, never to a program that took its port.

The kernel names each listener's user by sock_diag, for which the units allow AF_NETLINK. Where that is not to be had,
`/proc/self/net/tcp` says the same, more slowly; the units' `ProcSubset=pid` hides `/proc/net`, but not that.
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
from warmline.system.settings import Settings
from warmline.system.socket_diag import Address

TABLES = ("/proc/self/net/tcp", "/proc/self/net/tcp6")
LISTENS = b"0A"  # the state of a listener; the kernel lists these first
LOCALHOST = ("127.0.0.1", "::1")
PORTS = {"http": 80, "https": 443}


class StrangerError(Exception):
    """The program at ARI's address is not Asterisk, or has just gone; the text says whose it is and the way out."""


def asterisks_users(settings: Settings) -> frozenset[int]:
    """The user numbers whose program may be Asterisk: root, our own, `asterisk`, the owners of recordings and database.

    Asterisk writes into the folder of recordings, and the app runs as Asterisk's user.
    """
    found = {0, os.geteuid()}
    with suppress(KeyError):
        found.add(pwd.getpwnam("asterisk").pw_uid)
    for folder in (Path(settings.recordings), Path(settings.db).parent):
        with suppress(OSError):
            found.add(folder.stat().st_uid)
    return frozenset(found)


class AriListener:
    """Who listens at the address of `url`, which may belong to the users with the numbers `trusted`.

    `trusted`: None means root and our own user. An address of another machine is not looked at.
    """

    def __init__(self, url: str, trusted: Collection[int] | None = None) -> None:
        parts = urlsplit(url)
        self._trusted = frozenset((0, os.geteuid()) if trusted is None else trusted)
        self._port = parts.port or PORTS.get(parts.scheme, 80)
        self._where = f"{parts.hostname}:{self._port}"
        self._addresses = list(_loopback(parts.hostname or ""))

    def check(self) -> None:
        """Look before a connection is made, and again before anything is sent on it.

        Raises StrangerError if a stranger listens, and ConnectionRefusedError if no program does.
        """
        if not self._addresses or (owners := self._owners()) is None:
            return
        if not owners:
            raise ConnectionRefusedError(f"no program listens on {self._where}")
        if strangers := sorted(set(owners) - self._trusted):
            raise StrangerError(
                f"a program of user {', '.join(map(_name, strangers))} listens on {self._where}, not Asterisk: ARI's "
                "password is not sent; end that program, then start Asterisk again"
            )

    def _owners(self) -> list[int] | None:
        """The user number of each listener; None if the kernel does not tell."""
        try:
            found = socket_diag.listeners(self._port)
        except OSError:  # a unit that forbids netlink, or a kernel without sock_diag
            if (told := _listed(self._port)) is None:
                return None
            found = told
        return [user for address, user in found if self._reaches(address)]

    def _reaches(self, bound: Address) -> bool:
        """Whether what is bound there may get our connection."""
        plain = (isinstance(bound, IPv6Address) and bound.ipv4_mapped) or bound
        return plain.is_unspecified or plain in self._addresses


def _loopback(host: str) -> Iterator[Address]:
    """The addresses of a host of this machine alone; none of another's."""
    for text in LOCALHOST if host == "localhost" else (host,):
        with suppress(ValueError):
            if (address := ip_address(text)).is_loopback:
                yield address


def _listed(port: int) -> list[tuple[Address, int]] | None:
    """The same as `socket_diag.listeners`, more slowly; None if the kernel does not tell."""
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
    """What the kernel wrote: words of 32 bits, each in the order of this machine's bytes."""
    words = (int(text[n : n + 8], 16).to_bytes(4, sys.byteorder) for n in range(0, len(text), 8))
    packed = b"".join(words)
    return IPv4Address(packed) if len(packed) == 4 else IPv6Address(packed)


def _name(user: int) -> str:
    try:
        return f"{pwd.getpwuid(user).pw_name} ({user})"
    except KeyError:
        return str(user)
