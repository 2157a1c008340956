"""Checks the owners of the database and of the files beside it."""

import grp
import os
import pwd
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cli.doctor.facts import data_files
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, error, few, good


def owners(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the app's user owns the files, and that the group of the API process reads the database."""
    wrong = data_files.wrong(facts)
    if not wrong:
        yield good("data_files_good", f"{facts.settings.db} and the files beside it belong to the app's user")
        return
    user, group = _names(data_files.owner(facts))
    readable = data_files.readable(facts)
    folder, *spools = data_files.folders(facts)
    files = [path for path in wrong if path not in (folder, *spools)]
    commands = []
    if folder in wrong:
        quoted = shlex.quote(str(folder))
        commands.append(f"chown {user}:{group} {quoted} && chmod g+rx {quoted}")
    if files:
        commands.append(_find(folder, files, f"chown --no-dereference {user}:{group}"))
    if of_database := [path for path in files if path in readable]:
        commands.append(_find(folder, of_database, "chmod u=rw,g=r,o="))
    commands += [f"chown {user} {shlex.quote(str(spool))}" for spool in spools if spool in wrong]
    yield error(
        "data_files_of_another",
        f"user {user} must own these, and group {group} read the database: {few([_told(path) for path in wrong])}",
        "the app cannot start, scripts find no route, and the APIs cannot read: a copy by root leaves such files",
        " && ".join(commands),
    )


def _names(wanted: data_files.DataOwner) -> tuple[str, str]:
    """Return the names of user and group, or their numbers without names."""
    user, group = str(wanted.user), str(wanted.group)
    with suppress(KeyError):
        user = pwd.getpwuid(wanted.user).pw_name
    with suppress(KeyError):
        group = grp.getgrgid(wanted.group).gr_name
    return user, group


def _told(path: Path) -> str:
    found = os.lstat(path)
    user, group = _names(data_files.DataOwner(found.st_uid, found.st_gid))
    return f"{path} (of {user}:{group}, mode {found.st_mode & 0o7777:04o})"


def _find(folder: Path, files: list[Path], command: str) -> str:
    """Return the line that runs a command for files of a folder; -wal and -shm may be gone when it runs."""
    names = " -o ".join(f"-name {shlex.quote(file.name)}" for file in files)
    return f"find {shlex.quote(str(folder))} -maxdepth 1 '(' {names} ')' -exec {command} {{}} +"


CHECKS = (Check("data files", owners, "the app's user owns the database, the files beside it, and the spool"),)
