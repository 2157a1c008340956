"""Tells systemd how we are: ready, still turning, reloading, stopping. Without systemd it says nothing to nobody."""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable, Mapping


class SystemdNotifier:
    """The socket that systemd gave us in NOTIFY_SOCKET, and how often it wants to hear from us."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        wanted = environ.get("WATCHDOG_USEC", "")
        ours = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self.watchdog = int(wanted) / 1e6 if wanted.isdigit() and ours else 0.0  # seconds; 0: it does not watch

    def tell(self, *lines: str) -> None:
        """Send lines such as READY=1. Nobody hears it where there is no systemd, or it does not listen."""
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
                channel.setblocking(False)
                channel.sendto("\n".join(lines).encode(), address)
        except OSError:
            return  # systemd is being started again, or we have no file number left; the next word reaches it

    def ready(self) -> None:
        """We serve who asks, and listen for Asterisk: from now on the watchdog is fed."""
        self.tell("READY=1")

    def status(self, text: str) -> None:
        """What `systemctl status` shows."""
        self.tell(f"STATUS={text}")

    def reloading(self) -> None:
        """We read our settings again; `ready` ends it."""
        self.tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    async def feed(self, turned: Callable[[], Awaitable[None]]) -> None:
        """Feed the watchdog for ever, each time after the loop that owns the calls has turned once more."""
        while True:
            await turned()
            self.tell("WATCHDOG=1")
            await asyncio.sleep(self.watchdog / 3)
