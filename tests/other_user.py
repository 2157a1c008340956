"""Another user of the machine, who owns nothing: as root, a test becomes this user for a while."""

import os
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def who_may_nothing() -> Iterator[None]:
    """Root can read everything, so the test changes its user."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """Provide a folder that every user can enter; those of pytest are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def as_user(user: int, do: Callable[[], object], group: int | None = None) -> str:
    """Run `do` in a child process as that user, for good; return "" or its traceback. Only root can do this."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(*[user if group is None else group] * 3)
            os.setresuid(user, user, user)
            do()
        except BaseException:
            os.write(writes, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as text:
        told = text.read()
    os.waitpid(child, 0)
    return told


def as_nobody(do: Callable[[], object]) -> str:
    """Run `do` as the user who owns nothing."""
    return as_user(NOBODY, do)
