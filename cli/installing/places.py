"""Where an installation finds what it joins: Asterisk's folders and user, Warmline's own."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from warmline.cli import asterisk_conf
from warmline.cli.installing import record
from warmline.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
DEBIAN = {
    "astagidir": "/usr/share/asterisk/agi-bin",
    "astspooldir": "/var/spool/asterisk",
}
SOURCE = {
    "astagidir": "/var/lib/asterisk/agi-bin",
    "astspooldir": "/var/spool/asterisk",
}


class InstallError(Exception):
    """It cannot be installed as things are; the text says what is in the way, and the way out."""


@dataclass(frozen=True, slots=True)
class Places:
    """`file`: where Warmline's settings are or will be; `units`: systemd's folder, None where there is no systemd.

    `user`, `group`: whom Asterisk runs as, by his `name`; -1 where we cannot give files away.
    """

    etc: Path
    agi: Path
    recordings: Path
    settings: Settings
    file: Path
    units: Path | None
    user: int
    group: int
    name: str

    @property
    def record(self) -> Path:
        """Where it is written down what was changed: beside the database."""
        return Path(self.settings.db).parent / record.NAME


def find(settings: Settings, file: Path, etc: Path, units: Path | None, name: str) -> Places:
    """The places, as asterisk.conf in `etc` says or its package's defaults. Raises InstallError."""
    if not (etc / "extensions.conf").is_file():
        raise InstallError(f"{etc} has no extensions.conf: --etc names the folder of Asterisk's configuration")
    for folder in ("agi-bin", "dialplan"):
        if not (PROJECT / folder).is_dir():
            raise InstallError(f"{PROJECT} has no {folder}: install from a clone of the whole project")
    user, group = _owner(name)
    spool = directory(etc, "astspooldir")
    return Places(
        etc, directory(etc, "astagidir"), spool / "recording", settings, file, _existing(units), user, group, name
    )


def directory(etc: Path, key: str) -> Path:
    """One of Asterisk's folders. Raises InstallError."""
    try:
        named = asterisk_conf.read(etc, "asterisk.conf").value("directories", key)
    except OSError as error:
        raise InstallError(f"{error.filename} cannot be read: {error.strerror}") from None
    if named:
        return Path(named)
    return Path(next((defaults[key] for defaults in (DEBIAN, SOURCE) if Path(defaults[key]).is_dir()), DEBIAN[key]))


def _existing(folder: Path | None) -> Path | None:
    return folder if folder and folder.is_dir() else None


def _owner(name: str) -> tuple[int, int]:
    """Whom Asterisk runs as. Raises InstallError."""
    if os.geteuid() != 0:
        return -1, -1
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise InstallError(f"there is no user {name}: --user names whom Asterisk runs as") from None
    return found.pw_uid, found.pw_gid
