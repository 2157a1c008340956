"""A lab's folder: everything the lab writes is below it, for its owner alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.lab_error import LabError

FOLDERS = ("etc", "asterisk", "asterisk/keys", "asterisk/recording", "music", "log", "run", "spool")
SETTINGS = "warmline.toml"
# Asterisk opens a socket below the folder, and a socket's path has at most 107 bytes.
LONGEST_PATH = 80


def claim(directory: Path) -> Path:
    """Make the folder, or take one that was a lab before; return its absolute path. Raises LabError."""
    lab = directory.expanduser().resolve()
    if len(os.fsencode(lab)) > LONGEST_PATH:
        raise LabError(f"the path {lab} is longer than {LONGEST_PATH} bytes; choose a shorter --dir")
    try:
        if lab.exists() and not (lab / SETTINGS).exists() and any(lab.iterdir()):
            raise LabError(f"{lab} is not empty and no lab; choose a new folder as --dir")
        lab.mkdir(mode=0o700, parents=True, exist_ok=True)
        lab.chmod(0o700)
        for name in FOLDERS:
            (lab / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LabError(f"the folder {lab} cannot be used: {error.strerror}; choose another --dir") from None
    return lab


def existing(directory: Path) -> Path:
    """The absolute path of a lab that was made before. Raises LabError."""
    lab = directory.expanduser().resolve()
    if not (lab / SETTINGS).exists():
        raise LabError(f"there is no lab in {lab}; start one: warmline lab up --dir {lab}")
    return lab


def database(lab: Path) -> Path:
    """The lab's database file."""
    return lab / "warmline.db"


@contextmanager
def locked(lab: Path) -> Iterator[None]:
    """Only one command at a time starts or stops a lab's programs. Raises LabError where another one does."""
    with open(lab / "run/lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LabError(f"another lab command is at work in {lab}; try again when it is done") from None
        yield


def write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, since many hold a password; a reader sees all of it or none."""
    new = path.with_name(path.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(path)
