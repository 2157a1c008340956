"""The files beside the database, and those among them that the app's user cannot use.

`cp` and `tar x` by root leave files of root. Several checks would report each its own symptom of that.
"""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cli.doctor.facts.check_facts import CheckFacts, FactUnknown
from cli.install import secret_lines
from warmline.store.database import link_key
from warmline.store.notes import note_index
from warmline.system import systemd_service
from warmline.system.database_address import files_of, folder_of, is_address

DATABASE = (
    "",
    "-wal",
    "-shm",
    note_index.ENDING,
    f"{note_index.ENDING}-wal",
    f"{note_index.ENDING}-shm",
)  # for the API
OWN = (".lock", "-spill", "-heads", link_key.ENDING)


class DataOwner(NamedTuple):
    """The numbers of the app's user and of the files' group; `is_read` if the API process reads by that group."""

    user: int
    group: int
    is_read: bool = False


def owner(facts: CheckFacts) -> DataOwner:
    """Return the user of the app's unit and the group of the API process; without units, those of the folder."""
    folder = folder_of(facts.settings.db).stat()
    user, reader = (user_of(name) for name in (systemd_service.CALLS, systemd_service.API))
    own = user.pw_uid if user else folder.st_uid
    return DataOwner(own, reader.pw_gid if reader else folder.st_gid, bool(reader and reader.pw_uid not in (0, own)))


def user_of(service: str) -> pwd.struct_passwd | None:
    """Return the user in the unit of a service; None without a unit or such a user."""
    named = [line for line in systemd_service.lines(service) if line.startswith("User=")]
    try:
        return pwd.getpwnam(named[-1].removeprefix("User=")) if named else None
    except KeyError:
        return None


def readable(facts: CheckFacts) -> list[Path]:
    """Return the files of the database, which the API process reads; none for a server's."""
    begin = files_of(facts.settings.db)
    files = [] if is_address(facts.settings.db) else [Path(f"{begin}{ending}") for ending in DATABASE]
    return [file for file in files if os.path.lexists(file)]


def wrong(facts: CheckFacts) -> list[Path]:
    """Return the files that the app's user does not own, or the API process's group cannot read."""
    return list(_wrong(facts)) if folder_of(facts.settings.db).is_dir() else []


def _wrong(facts: CheckFacts) -> Iterator[Path]:
    wanted, begin = owner(facts), files_of(facts.settings.db)
    own = [Path(f"{begin}{ending}") for ending in OWN]
    places = folders(facts)
    of_database = readable(facts)
    for path in (*places, *of_database, *own):
        if not os.path.lexists(path):
            continue
        found = path.lstat()
        is_shut = path == places[0] and wanted.is_read and not _may_enter(found, wanted.group)
        is_open = found.st_mode & stat.S_IROTH or (found.st_gid == wanted.group and found.st_mode & stat.S_IRGRP)
        if found.st_uid != wanted.user or is_shut or (wanted.is_read and path in of_database and not is_open):
            yield path


def folders(facts: CheckFacts) -> tuple[Path, ...]:
    """Return the folder of the database, the spool, and the folder of its counts of PINs."""
    spool = Path(facts.settings.spool)
    return folder_of(facts.settings.db), spool, spool / "pins"


def let_read_settings(facts: CheckFacts) -> str:
    """Return the command that lets the scripts and the API process read the settings; it shows no secret to others."""
    has_secrets = secret_lines.LINE.search(facts.file.read_text(errors="surrogateescape"))
    return "warmline install" if has_secrets else f"chmod a+r {shlex.quote(str(facts.file))}"


def _may_enter(folder: os.stat_result, group: int) -> bool:
    return bool(folder.st_mode & stat.S_IXOTH or (folder.st_gid == group and folder.st_mode & stat.S_IXGRP))


def need(facts: CheckFacts) -> None:
    """Raise FactUnknown if the owners are wrong, because what a check finds then follows from that."""
    if wrong(facts):
        raise FactUnknown("data_files_wrong", "the files of the database have another owner; see the check data files")
