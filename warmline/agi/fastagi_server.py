"""A FastAGI server for scripts of one's own: AGI(agi://127.0.0.1:4574/NAME,ARGUMENTS) calls a function in this process.

It saves the start of a process for each call. A thread serves each call, for as long as its script lasts.
"""

import socket
import socketserver
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from warmline.agi import AGI, AGIException, attempt, refuse
from warmline.system.loopback import is_local
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_OPEN_CALLS = 300  # parallel calls; one more is refused, and its dialplan continues


class AddressError(CodedError, ValueError):
    """An address at which scripts cannot be served."""


def serve(address: str, scripts: "Mapping[str, tuple[Callable[..., None], tuple[str, ...]]]") -> None:
    """Serve scripts at HOST:PORT forever; HOST is an address of this machine, because FastAGI has no password.

    `scripts` maps the name in the URL to a function and the names of its arguments, as `run` takes them. After any
    error the dialplan continues, and WARMLINE_REASON has the reason. Raises CodedError (the address), OSError.
    """
    with open_server(address, scripts) as server:
        server.serve_forever()


def open_server(
    address: str, scripts: "Mapping[str, tuple[Callable[..., None], tuple[str, ...]]]"
) -> socketserver.ThreadingTCPServer:
    """Return the server of `serve`, which listens already. Raises CodedError, OSError."""
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or not int(port) < 65536 or not is_local(host):
        raise AddressError(
            "script_address_invalid",
            "scripts cannot be served at {address!r}; allowed: an address of this machine, such as 127.0.0.1:4574",
            address=address,
        )
    return _Server((host.strip("[]"), int(port)), scripts)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = (
        MAX_OPEN_CALLS  # the calls of one moment; Asterisk gives up after 2 s, and a refused SYN waits 1 s
    )

    def __init__(
        self, server_address: tuple[str, int], scripts: "Mapping[str, tuple[Callable[..., None], tuple[str, ...]]]"
    ) -> None:
        self.scripts = scripts
        self.call_slots = threading.BoundedSemaphore(MAX_OPEN_CALLS)
        self.address_family = socket.AF_INET6 if ":" in server_address[0] else socket.AF_INET
        super().__init__(server_address, _Call)


class _Call(socketserver.StreamRequestHandler):
    server: _Server
    rbufsize = 0

    def handle(self) -> None:
        """Run the script that the URL names."""
        if not self.server.call_slots.acquire(blocking=False):
            return
        try:
            with suppress(AGIException, OSError, SystemExit):  # the connection, the caller or the script has ended
                self._run_script(AGI(self.connection.makefile("rb", buffering=0), self.wfile, sighup=False))
        finally:
            self.server.call_slots.release()

    def _run_script(self, agi: AGI) -> None:
        name = agi.env.get("agi_network_script", "")
        if name not in self.server.scripts:
            refuse(agi, f"FastAGI has no {name[:40]!r}; there are: {', '.join(self.server.scripts)}")
            return
        function, argument_names = self.server.scripts[name]
        arguments = [
            agi.env[f"agi_arg_{number}"] for number in range(1, len(agi.env)) if f"agi_arg_{number}" in agi.env
        ]
        attempt(agi, function, argument_names, command_line=[name, *arguments])
