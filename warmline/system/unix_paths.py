"""Paths of Unix sockets, which the kernel takes only up to 107 bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

PATH_MAX_BYTES = 107


@contextmanager
def shorten_socket_path(path: str) -> Iterator[str]:
    """Yield a path that the kernel takes for the same file. Raises OSError if a long path has no such folder."""
    if len(os.fsencode(path)) <= PATH_MAX_BYTES:
        yield path
        return
    folder = os.open(os.path.dirname(path), os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)  # noqa: PTH120
    try:
        yield f"/proc/self/fd/{folder}/{os.path.basename(path)}"  # noqa: PTH119
    finally:
        os.close(folder)
