"""A probe for the sandbox of the worker process: prints which actions it may do, and the error numbers of the others.

Runs alone on a bare Debian: it imports nothing of Warmline.
"""

import ctypes
import json
import mmap
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

NEW_USERS = 0x10000000  # CLONE_NEWUSER
OWN = Path("/var/lib/warmline")
libc = ctypes.CDLL(None, use_errno=True)


def called(result: int) -> None:
    """Raise the error of a call of the C library."""
    if result:
        raise OSError(ctypes.get_errno(), "refused")


def write(path: str) -> None:
    Path(path).write_text("a probe was here")


def set_user_bit() -> None:
    file = OWN / "program"
    file.write_text("")
    file.chmod(0o4755)


TRIES: dict[str, Callable[[], object]] = {
    "write below /var/lib/warmline": lambda: write(f"{OWN}/written"),
    "write beside the recordings": lambda: write("/var/spool/asterisk/recording/written"),
    "connect on loopback": lambda: socket.socket(socket.AF_INET).bind(("127.0.0.1", 0)),
    "write in an open folder": lambda: write("/srv/open/written"),
    "write below /etc": lambda: write("/etc/warmline-open/written"),
    "read a home": lambda: Path("/home/somebody/letter").read_text(),
    "read /tmp of others": lambda: Path("/tmp/of-others").read_text(),  # noqa: S108 - whether it is private
    "see the first process": lambda: Path("/proc/1/cmdline").read_bytes(),
    "read the kernel's tables": lambda: Path("/proc/meminfo").read_text(),
    "make namespaces": lambda: called(libc.unshare(NEW_USERS)),
    "open a netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "make code writable": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "set a program's user bit": set_user_bit,
    "mount": lambda: called(libc.mount(b"none", b"/srv/open", b"tmpfs", 0, None)),
    "set the clock": lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()),
    "name the machine": lambda: socket.sethostname("other"),
}


def told() -> dict[str, int]:
    """Try everything; return 0 or the error number, by name."""
    results = {}
    for name, do in TRIES.items():
        try:
            do()
            results[name] = 0
        except OSError as error:
            results[name] = error.errno or -1
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    return results | {"no new privileges": int(status["NoNewPrivs"]), "capabilities": int(status["CapBnd"], 16)}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(told()))
    os._exit(0)
