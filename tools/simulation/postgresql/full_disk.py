"""A small file system in memory for the files of a server, which can be filled. Only root can mount it."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.simulation.postgresql.cluster import DatabaseServer

MEGABYTES = 256  # a new server takes 40, and its log of writes 16 for each segment
# The log of writes then needs no space for a while. The first record of a segment makes its file.
FRESH_SEGMENT = "SELECT pg_switch_wal(); SELECT pg_logical_emit_message(true, 'warmline', 'a new segment')"


def may_mount() -> bool:
    """Return whether this user may mount a file system."""
    return os.geteuid() == 0


@contextmanager
def small_disk() -> Iterator[Path]:
    """Provide the folder of a file system of its own, which is removed after the block."""
    place = Path(tempfile.mkdtemp(prefix="warmline-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=1777", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)
        place.rmdir()


@contextmanager
def full(disk: Path, server: DatabaseServer) -> Iterator[None]:
    """Fill the file system of a server to the last byte in the block: its tables cannot grow, and it goes on."""
    server.run(FRESH_SEGMENT)
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with suppress(OSError):
                    while file.write(bytes(size)):
                        pass
        yield
    finally:
        filler.unlink()
