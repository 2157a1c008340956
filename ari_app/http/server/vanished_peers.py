"""Finds TCP connections whose other end has vanished without closing them, such as after a power cut.

The kernel probes an idle connection. It does not probe while sent bytes are not acknowledged, so their age is checked.
"""

import asyncio
import socket
import struct
from typing import cast

IDLE = 2  # seconds without a packet until the kernel probes
BETWEEN = 1  # seconds between two probes
PROBES = 3  # unanswered, until the kernel ends the connection
ACKNOWLEDGES_WITHIN = 5000  # milliseconds

# Offsets of two fields in the kernel's struct tcp_info (linux/tcp.h).
UNACKNOWLEDGED = 24  # packets
LAST_ACKNOWLEDGEMENT = 56  # milliseconds ago
LENGTH = 60


def probe(transport: asyncio.BaseTransport | None) -> None:
    """Let the kernel probe this connection while it is idle."""
    if connection := _socket(transport):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, IDLE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, BETWEEN)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, PROBES)


def has_gone(transport: asyncio.BaseTransport | None) -> bool:
    """Return whether a connection is closed, or its other end has acknowledged nothing for too long.

    A slow reader acknowledges packets even while it accepts no data.
    """
    if transport is None or transport.is_closing():
        return True
    connection = _socket(transport)
    if connection is None:
        return False
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LENGTH)
    if len(told) < LENGTH:
        return False
    return _number(told, UNACKNOWLEDGED) > 0 and _number(told, LAST_ACKNOWLEDGEMENT) > ACKNOWLEDGES_WITHIN


def _number(told: bytes, offset: int) -> int:
    return int(struct.unpack_from("I", told, offset)[0])


def _socket(transport: asyncio.BaseTransport | None) -> socket.socket | None:
    """Return the connection's socket; None if it is closed or has none over IP."""
    found = cast(socket.socket | None, transport.get_extra_info("socket")) if transport else None
    return found if found and found.family in (socket.AF_INET, socket.AF_INET6) and found.fileno() >= 0 else None
