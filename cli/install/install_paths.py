"""Where an installation finds what it joins: Asterisk's folders and user, Warmline's own."""

import os
import pwd
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cli.client import asterisk_conf
from cli.client.asterisk_conf import Conf
from cli.install import InstallError, install_manifest
from warmline.system.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
DIALPLAN = PROJECT / "dialplan/warmline.conf"
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
    """`file`: where Warmline's settings are or will be; `units`: systemd's folder, None where there is no systemd.

    `command`: the folder where `warmline` becomes a command, None where we may not write.
    `user`, `group`: whom Asterisk runs as, by his `name`; -1 where we cannot give files away.
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

    @property
    def record(self) -> Path:
        """Where it is written down what was changed: beside the database."""
        return Path(self.settings.db).parent / install_manifest.NAME

    @property
    def root(self) -> int:
        """Root's number; -1 where we cannot give files away."""
        return 0 if self.user >= 0 else -1


def find(
    settings: Settings, file: Path, etc: Path, units: Path | None, name: str = "", command: Path | None = None
) -> InstallPaths:
    """The places, as asterisk.conf in `etc` says or its package's defaults. Raises InstallError.

    `name`: whom Asterisk runs as; empty: whose the database's folder is, where there is one, else as it shows.
    """
    if not (etc / "extensions.conf").is_file():
        raise InstallError(
            "etc_not_asterisk",
            "{folder} has no extensions.conf; give the folder of Asterisk's configuration with --etc",
            folder=etc,
        )
    for folder in ("agi-bin", "dialplan"):
        if not (PROJECT / folder).is_dir():
            raise InstallError(
                "project_incomplete",
                "{project} has no {folder}; install from a clone of the whole project",
                project=PROJECT,
                folder=folder,
            )
    name = name or _installed_for(Path(settings.db)) or runs_as(etc)
    user, group = _owner(name)
    spool = directory(etc, "astspooldir")
    recordings, command = spool / "recording", _writable(command)
    agi = directory(etc, "astagidir")
    return InstallPaths(etc, agi, recordings, settings, file, _existing(units), command, user, group, name)


def directory(etc: Path, key: str) -> Path:
    """One of Asterisk's folders. Raises InstallError."""
    if named := _conf(etc).value("directories", key):
        return Path(named)
    return Path(next((defaults[key] for defaults in (DEBIAN, SOURCE) if Path(defaults[key]).is_dir()), DEBIAN[key]))


def runs_as(etc: Path) -> str:
    """Whom Asterisk runs as: by asterisk.conf, else by its process, else its package's user, else ours.

    Raises InstallError.
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


def _installed_for(db: Path) -> str:
    """Whose the folder of a database is: the file in it could be somebody else's that he has put there."""
    try:
        return db.parent.owner() if db.exists() else ""
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
    """Whom Asterisk runs as. Raises InstallError."""
    if os.geteuid() != 0:
        return -1, -1
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise InstallError(
            "system_user_unknown", "there is no user {user}; give the user that Asterisk runs as with --user", user=name
        ) from None
    return found.pw_uid, found.pw_gid
