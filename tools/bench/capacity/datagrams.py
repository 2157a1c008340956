"""Many datagrams in one system call: one packet to hundreds of addresses, or hundreds of packets with their times.

The kernel's structures of sendmmsg(2) and recvmmsg(2) are laid out once, so that a system call costs Python nothing for
each packet. An address is the kernel's sockaddr_in as bytes, in the form in which it arrives with a packet.
"""

import ctypes
import errno
import os
import socket
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

ADDRESS = 16  # bytes of a sockaddr_in
MOST = 1024  # packets read in one call
SO_TIMESTAMPNS = getattr(socket, "SO_TIMESTAMPNS", 35)  # the kernel's time of arrival
SO_MEMINFO, DROPS = 55, 8  # a socket's counters; the index of packets dropped for lack of space

_LIBC = ctypes.CDLL(None, use_errno=True)


_VECTOR = struct.Struct("@PN")  # struct iovec
_MESSAGE = struct.Struct("@PIPNPNi0PI0P")  # struct mmsghdr: name, vectors, control, each with its length; flags, length


class Outgoing:
    """One packet for all of these addresses; the next call sends what is written into `packet`."""

    def __init__(self, packet: bytearray, addresses: Sequence[bytes]) -> None:
        self._count = len(addresses)
        self._names = ctypes.create_string_buffer(b"".join(addresses))
        self._packet = (ctypes.c_char * len(packet)).from_buffer(packet)
        self._vector = ctypes.create_string_buffer(_VECTOR.pack(ctypes.addressof(self._packet), len(packet)))
        names, vector = ctypes.addressof(self._names), ctypes.addressof(self._vector)
        each = (_MESSAGE.pack(names + ADDRESS * n, ADDRESS, vector, 1, 0, 0, 0, 0) for n in range(self._count))
        self._messages = ctypes.create_string_buffer(b"".join(each))

    def send(self, out: socket.socket) -> None:
        """Send the packet to each address; an address that cannot be reached loses it, as on a network."""
        first = 0
        while first < self._count:
            rest = ctypes.byref(self._messages, first * _MESSAGE.size)
            sent = _LIBC.sendmmsg(out.fileno(), rest, self._count - first, 0)
            first += max(sent, 1)  # the first of the remaining addresses has failed


class Arrived(NamedTuple):
    """A packet: its sender, its first bytes, and when the kernel got it, in ns."""

    sender: bytes
    head: bytes
    time: int


class Incoming:
    """Packets that arrive at a socket, the first `length` bytes of each."""

    def __init__(self, heard: socket.socket, length: int) -> None:
        heard.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket = heard
        self._slot = struct.Struct(f"={ADDRESS}s{length}s16xqq")  # name, data, and a control message with a timespec
        self._slots = ctypes.create_string_buffer(MOST * self._slot.size)
        self._vectors = ctypes.create_string_buffer(MOST * _VECTOR.size)
        self._messages = ctypes.create_string_buffer(MOST * _MESSAGE.size)
        slots, vectors = ctypes.addressof(self._slots), ctypes.addressof(self._vectors)
        for n in range(MOST):
            name, vector = slots + n * self._slot.size, vectors + n * _VECTOR.size
            data = name + ADDRESS
            control = data + length
            rest = name + self._slot.size - control
            _VECTOR.pack_into(self._vectors, n * _VECTOR.size, data, length)
            fields = (name, ADDRESS, vector, 1, control, rest, 0, 0)
            _MESSAGE.pack_into(self._messages, n * _MESSAGE.size, *fields)

    def read(self) -> bytes:
        """Return all packets that have arrived, as one piece for `packets`; b"" if there is none."""
        pieces = []
        got = MOST
        while got == MOST:
            got = _LIBC.recvmmsg(self._socket.fileno(), self._messages, MOST, socket.MSG_DONTWAIT, None)
            if got < 0 and ctypes.get_errno() != errno.EAGAIN:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            pieces.append(ctypes.string_at(self._slots, max(got, 0) * self._slot.size))
        return b"".join(pieces)

    def packets(self, read: bytes) -> Iterator[Arrived]:
        """Yield the packets of a piece that `read` returned."""
        for sender, head, seconds, nanoseconds in self._slot.iter_unpack(read):
            yield Arrived(sender, head, seconds * 1_000_000_000 + nanoseconds)

    @property
    def dropped(self) -> int:
        """Return how many packets were dropped since the socket was created."""
        return int(struct.unpack("9I", self._socket.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36))[DROPS])
