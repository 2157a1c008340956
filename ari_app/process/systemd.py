"""Notifies systemd of the app's state: ready, running, reloading, stopping. Does nothing without systemd.

A part of `warmline serve` notifies the supervisor in the same words.
"""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress


class SystemdNotifier:
    """Sends messages to the socket NOTIFY_SOCKET of systemd; `watchdog` is the interval that systemd expects.

    A part of `warmline serve` sends them to `supervisor`, a connected socket, instead.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ, supervisor: socket.socket | None = None) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self._supervisor = supervisor
        wanted = environ.get("WATCHDOG_USEC", "")
        ours = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self.watchdog = int(wanted) / 1e6 if wanted.isdigit() and ours else 0.0  # seconds; 0 without a watchdog

    def tell(self, *lines: str) -> None:
        """Send lines such as READY=1. They are lost if systemd is absent or does not listen."""
        if self._supervisor:
            with suppress(OSError):  # the supervisor is stopped or has ended
                self._supervisor.send("\n".join(lines).encode())
            return
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
                channel.setblocking(False)
                channel.sendto("\n".join(lines).encode(), address)
        except OSError:
            return  # systemd restarts, or no file descriptor is free; a later message arrives

    def ready(self) -> None:
        """Report that the app listens for clients and Asterisk; systemd starts the watchdog then."""
        self.tell("READY=1")

    def status(self, text: str) -> None:
        """Set the text that `systemctl status` shows."""
        self.tell(f"STATUS={text}")

    def reloading(self) -> None:
        """Report that the app reads its settings again, until `ready`."""
        self.tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    async def feed(self, turned: Callable[[], Awaitable[None]]) -> None:
        """Feed the watchdog without end, each time after the loop that owns the calls completed a turn."""
        while True:
            await turned()
            self.tell("WATCHDOG=1")
            await asyncio.sleep(self.watchdog / 3)
