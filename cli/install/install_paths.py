"""The folders and users of an installation: Asterisk's, and Warmline's own."""

import os
import pwd
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cli.client import asterisk_conf
from cli.client.asterisk_conf import Conf
from cli.install import InstallError, install_manifest
from warmline.system.database_address import folder_of, is_address
from warmline.system.settings import Settings, secrets_beside

RUN = "/var/run/asterisk"
DEBIAN = {
    "astagidir": "/usr/share/asterisk/agi-bin",
    "astspooldir": "/var/spool/asterisk",
    "astrundir": RUN,
}
SOURCE = {
    "astagidir": "/var/lib/asterisk/agi-bin",
    "astspooldir": "/var/spool/asterisk",
    "astrundir": RUN,
}


@dataclass(frozen=True, slots=True)
class InstallPaths:
    """The places of an installation.

    `file`: Warmline's settings file, which may not exist yet. `units`: systemd's folder, None without systemd.
    `command`: the folder that gets the command `warmline`, None if it is not writable. `user`, `group`: the numbers of
    Asterisk's user, whose name is `name`; -1 if this process cannot change owners. `api_user`: the name of the user of
    the API process, "" if that process runs as Asterisk's user. `media`: the app is on another machine, so there is no
    database and no unit of the app.
    """

    etc: Path
    agi: Path
    recordings: Path
    settings: Settings
    file: Path
    units: Path | None
    command: Path | None
    user: int
    group: int
    name: str
    api_user: str = ""
    media: bool = False

    @property
    def secrets(self) -> Path:
        """Return the path of the file with secrets."""
        return Path(secrets_beside(str(self.file)))

    @property
    def record(self) -> Path:
        """Return the path of the record of changes, beside the database."""
        return folder_of(self.settings.db) / install_manifest.NAME

    @property
    def root(self) -> int:
        """Return root's number; -1 if this process cannot change owners."""
        return 0 if self.user >= 0 else -1


def find(
    settings: Settings,
    file: Path,
    etc: Path,
    units: Path | None,
    name: str = "",
    command: Path | None = None,
    api_user: str = "",
) -> InstallPaths:
    """Return the places, from asterisk.conf in `etc` or Asterisk's defaults. Raises InstallError, OSError.

    `name`: Asterisk's user; "" for the owner of the database's folder, without a database for the user of `runs_as`.
    """
    try:
        (etc / "extensions.conf").stat()
    except (FileNotFoundError, NotADirectoryError):
        raise InstallError(
            "etc_not_asterisk",
            "{folder} has no extensions.conf; give the folder of Asterisk's configuration with --etc",
            folder=etc,
        ) from None
    name = name or _installed_for(settings.db) or runs_as(etc)
    user, group = _owner(name)
    spool = directory(etc, "astspooldir")
    recordings, command = spool / "recording", _writable(command)
    agi = directory(etc, "astagidir")
    units = _existing(units)
    apis = api_user if units and user >= 0 else ""
    return InstallPaths(etc, agi, recordings, settings, file, units, command, user, group, name, apis)


def directory(etc: Path, key: str) -> Path:
    """Return one of Asterisk's folders. Raises InstallError."""
    if named := _conf(etc).value("directories", key):
        return Path(named)
    return Path(next((defaults[key] for defaults in (DEBIAN, SOURCE) if Path(defaults[key]).is_dir()), DEBIAN[key]))


def runs_as(etc: Path) -> str:
    """Return the name of Asterisk's user. Raises InstallError.

    The first source that has it counts: asterisk.conf, the running process, the package's user, the current user.
    """
    if named := _conf(etc).value("options", "runuser"):
        return named
    with suppress(OSError, KeyError):
        process = Path("/proc", (directory(etc, "astrundir") / "asterisk.pid").read_text().strip())
        if (process / "comm").read_text() == "asterisk\n":
            return process.owner()
    try:
        return pwd.getpwnam("asterisk").pw_name
    except KeyError:
        return pwd.getpwuid(os.geteuid()).pw_name


def _installed_for(db: str) -> str:
    """Return the owner of a database's folder; the file itself could have been placed there by another user."""
    try:
        return folder_of(db).owner() if is_address(db) or Path(db).exists() else ""
    except (OSError, KeyError):
        return ""


def _conf(etc: Path) -> Conf:
    try:
        return asterisk_conf.read(etc, "asterisk.conf")
    except OSError as error:
        hint = "; run this as root" if isinstance(error, PermissionError) and os.geteuid() else ""
        raise InstallError(
            "conf_unreadable", "{file} cannot be read: {why}{hint}", file=error.filename, why=error.strerror, hint=hint
        ) from None


def _existing(folder: Path | None) -> Path | None:
    return folder if folder and folder.is_dir() else None


def _writable(folder: Path | None) -> Path | None:
    return folder if folder and folder.is_dir() and os.access(folder, os.W_OK) else None


def _owner(name: str) -> tuple[int, int]:
    """Return the user and group that Asterisk runs as. Raises InstallError."""
    if os.geteuid() != 0:
        return -1, -1
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise InstallError(
            "system_user_unknown", "there is no user {user}; give the user that Asterisk runs as with --user", user=name
        ) from None
    return found.pw_uid, found.pw_gid
