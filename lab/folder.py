"""A lab's folder: all files of the lab are in it, and only its owner can read them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.lab_error import LabError
from warmline.core.messages.values.server_action import MAIN_SERVER

FOLDERS = ("etc", "agi", "asterisk", "asterisk/keys", "asterisk/recording", "music", "log", "run", "spool")
SETTINGS = "warmline.toml"
RECORDINGS = "asterisk/recording"
SERVERS = "servers"  # the folder of the folders of further servers
SERVER_FOLDERS = ("etc", "asterisk", "asterisk/keys", "asterisk/recording", "log", "run", "spool")
# Asterisk opens a socket in the folder, and a socket's path has at most 107 bytes.
LONGEST_PATH = 80
OF_SERVER = len(f"/{SERVERS}/b")  # bytes


def claim(directory: Path, several: bool = False) -> Path:
    """Create the folder, or reuse one of a previous lab; return its absolute path.

    With `several` servers, the path must be shorter, because some of them have folders below it. Raises LabError.
    """
    lab = directory.expanduser().resolve()
    most = LONGEST_PATH - OF_SERVER if several else LONGEST_PATH
    if len(os.fsencode(lab)) > most:
        raise LabError(
            "lab_path_too_long",
            "the path {folder} is longer than {most} bytes; choose a shorter --dir",
            folder=lab,
            most=most,
        )
    try:
        if lab.exists() and not (lab / SETTINGS).exists() and any(lab.iterdir()):
            raise LabError(
                "lab_folder_not_empty", "{folder} is not empty and not a lab; choose a new folder as --dir", folder=lab
            )
        lab.mkdir(mode=0o700, parents=True, exist_ok=True)
        lab.chmod(0o700)
        for name in FOLDERS:
            (lab / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LabError(
            "lab_folder_unusable",
            "the folder {folder} cannot be used: {why}; choose another --dir",
            folder=lab,
            why=error.strerror,
        ) from None
    return lab


def of_server(lab: Path, name: str) -> Path:
    """Return the folder of the server of this name: that of `main` is the lab's own."""
    return lab if name == MAIN_SERVER else lab / SERVERS / name


def settings_of(lab: Path, server: str) -> Path:
    """Return the settings file of the guard of a server."""
    return of_server(lab, server) / SETTINGS


def claim_server(lab: Path, server: Path) -> None:
    """Create the folder of a further server below the lab's folder, if it does not exist."""
    for made in (lab / SERVERS, server, *(server / name for name in SERVER_FOLDERS)):
        made.mkdir(mode=0o700, exist_ok=True)


def every_server(lab: Path) -> list[Path]:
    """Return the folders of all servers that the lab ever had, that of `main` first."""
    return [lab, *sorted((lab / SERVERS).glob("*"))]


def has_several(lab: Path) -> bool:
    """Return whether the lab has, or once had, several servers."""
    return (lab / SERVERS).exists()


DATABASES = "LAB_DATABASES"  # the variable with the folder of the database


def existing(directory: Path) -> Path:
    """Return the absolute path of an existing lab. Raises LabError."""
    lab = directory.expanduser().resolve()
    if not (lab / SETTINGS).exists():
        raise LabError(
            "lab_missing", "there is no lab in {folder}; start one: warmline lab up --dir {folder}", folder=lab
        )
    return lab


def database(lab: Path) -> Path:
    """Return the path of the lab's database. A test puts it on a file system of its own with DATABASES."""
    return Path(os.environ.get(DATABASES, lab)) / "warmline.db"


@contextmanager
def locked(lab: Path) -> Iterator[None]:
    """Allow only one command at a time to start or stop a lab's programs. Raises LabError if another one runs."""
    with open(lab / "run/lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LabError(
                "lab_busy", "another lab command works in {folder}; try again when it has ended", folder=lab
            ) from None
        yield


def write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, because many contain a password; a reader sees all of it or none."""
    new = path.with_name(path.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(path)
