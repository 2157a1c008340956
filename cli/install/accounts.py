"""The account of the API process: a system user with a group of its own, who owns no file."""

import grp
import pwd
import subprocess

from cli.install import InstallError

CREATE = ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")
NO_SHELL = "/usr/sbin/nologin"


def group_of(name: str) -> int | None:
    """Return the number of a user's group; None if there is no such user."""
    try:
        return pwd.getpwnam(name).pw_gid
    except KeyError:
        return None


def create(name: str) -> None:
    """Create the user with its group; an existing user stays as it is. Raises InstallError."""
    if group_of(name) is None:
        _run(*CREATE, "--shell", NO_SHELL, name)


def remove(name: str) -> None:
    """Remove the user and its group, if they exist. Raises InstallError."""
    if group_of(name) is not None:
        _run("userdel", name)
    try:
        grp.getgrnam(name)
    except KeyError:
        return
    _run("groupdel", name)


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
        why = " ".join(done.stderr.split()) if done.returncode else ""
    except OSError as error:
        why = str(error.strerror)
    if why:
        raise InstallError("account_command_failed", "{command}: {why}", command=" ".join(command), why=why)
