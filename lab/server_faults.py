"""Faults of one Asterisk of a lab, by the server's name: it is killed, or it freezes."""

import os
import signal

from lab import process
from lab.description import Lab, of_server


def kill(lab: Lab, server: str) -> None:
    """Send SIGKILL to the Asterisk of a server, and return once it is dead. Raises LabError."""
    process.kill(of_server(lab, server)["pid"])


def freeze(lab: Lab, server: str) -> None:
    """Stop the Asterisk of a server by SIGSTOP: its sockets stay open without an answer. Raises LabError."""
    os.kill(of_server(lab, server)["pid"], signal.SIGSTOP)


def thaw(lab: Lab, server: str) -> None:
    """Let a frozen Asterisk continue. Raises LabError."""
    os.kill(of_server(lab, server)["pid"], signal.SIGCONT)
