"""The loop of a part, in a process of its own."""

import signal
import subprocess
import sys

FAULT = """
import os, signal
from types import SimpleNamespace

from ari_app.process import part_loop
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier


async def begins_with_a_fault(settings, stack):
    os.kill(os.getpid(), signal.SIGSEGV)


settings = SimpleNamespace(db="", log="logfmt")
part_loop.run_or_exit(begins_with_a_fault, lambda: settings, PassedSockets(), SystemdNotifier())
"""


def test_a_fault_of_the_interpreter_says_where_it_was() -> None:
    done = subprocess.run([sys.executable, "-c", FAULT], capture_output=True, text=True, timeout=30)
    assert done.returncode == -signal.SIGSEGV
    assert "Segmentation fault" in done.stderr and "begins_with_a_fault" in done.stderr
