"""Loopback ports of one lab: a block that no other lab on this machine uses."""

import random
import re
import socket
from ipaddress import AddressValueError, IPv4Address
from typing import NamedTuple

from lab.lab_error import LabError

# Below the kernel's range of ports for outgoing connections.
FIRST, LAST, BLOCK = 20000, 32500, 500


class Ports(NamedTuple):
    """SIP and RTP are UDP; http (Asterisk's), api and fastagi (the app's), gate (the guard's) TCP; all on 127.0.0.1."""

    sip: int
    http: int
    api: int
    fastagi: int
    rtp_first: int
    rtp_last: int
    gate: int


def reserve(sip: int = 0) -> tuple[Ports, socket.socket]:
    """Return a free block, and the socket that reserves it as long as any process has it open.

    The block is that of the SIP port `sip`, of an earlier lab, if it is free. Raises LabError.
    """
    blocks = list(range(FIRST, LAST, BLOCK))
    random.shuffle(blocks)
    blocks.sort(key=lambda base: base + 1 != sip)
    for base in blocks:
        keeper = _bound(base, socket.SOCK_DGRAM)
        if keeper is None:
            continue
        ports = Ports(base + 1, base + 2, base + 3, base + 4, base + 10, base + BLOCK - 1, base + 5)
        if is_free(ports.sip, socket.SOCK_DGRAM) and all(
            map(is_free, (ports.http, ports.api, ports.fastagi, ports.gate))
        ):
            return ports, keeper
        keeper.close()
    raise LabError(
        "lab_ports_taken",
        "all loopback ports from {first} to {last} are taken; stop a lab: warmline lab down",
        first=FIRST,
        last=LAST,
    )


def reserve_again(sip: int) -> socket.socket:
    """Return a new socket that reserves the block of that SIP port, after the previous process died.

    Raises LabError.
    """
    keeper = _bound(sip - 1, socket.SOCK_DGRAM)
    if keeper is None:
        raise LabError(
            "lab_port_taken", "port 127.0.0.1:{port} is taken by another program; stop that program first", port=sip - 1
        )
    return keeper


def is_free(port: int, kind: socket.SocketKind = socket.SOCK_STREAM) -> bool:
    """Return whether 127.0.0.1:port is free."""
    if (bound := _bound(port, kind)) is None:
        return False
    bound.close()
    return True


def loopback(peer: str) -> str:
    """Return a peer's HOST:PORT with the host as an address. Raises LabError if it is not on loopback."""
    host, _, port = peer.rpartition(":")
    try:
        address = IPv4Address("127.0.0.1" if host == "localhost" else host)
    except AddressValueError:
        address = IPv4Address(0)
    if address.is_loopback and re.fullmatch("[1-9][0-9]{0,4}", port) and int(port) < 65536:
        return f"{address}:{port}"
    raise LabError(
        "lab_trunk_invalid",
        "--trunk cannot be {trunk}; allowed: HOST:PORT on loopback, such as 127.0.0.1:5080",
        trunk=peer,
    )


def _bound(port: int, kind: socket.SocketKind) -> socket.socket | None:
    tried = socket.socket(socket.AF_INET, kind)
    if kind == socket.SOCK_STREAM:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # old connections do not matter
    try:
        tried.bind(("127.0.0.1", port))
    except OSError:
        tried.close()
        return None
    return tried
