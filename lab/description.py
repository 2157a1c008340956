"""The description of a lab for SIP clients, programs and people: written to its folder, printed as JSON."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lab import demo_config, folder, music, programs
from lab.asterisk import AsteriskProgram
from lab.lab_error import LabError
from lab.ports import Ports

FILE = "lab.json"


@dataclass(frozen=True)
class Lab:
    """A running lab. The fields are the keys of the JSON."""

    dir: str
    api: str
    ari: dict[str, str]
    sip: str
    db: str
    recordings: str
    asterisk_cli: list[str]
    pids: dict[str, int]
    api_user: dict[str, str]
    phones: dict[str, dict[str, str]]
    dids: dict[str, str]
    numbers: dict[str, str]
    music_hz: int
    users: dict[str, dict[str, str]] = field(default_factory=dict)  # a lab of Warmline 0.9.0 had none

    def to_json(self) -> str:
        """Return the lab as JSON text."""
        return json.dumps(asdict(self), indent=1)


def describe(
    lab: Path,
    program: AsteriskProgram,
    ports: Ports,
    passwords: dict[str, str],
    ari: str,
    user_passwords: dict[str, str],
) -> Lab:
    """Return the description of a lab that is not started yet.

    `passwords` are those of the phones, `ari` is that of ARI, `user_passwords` are those of the workspace's users.
    """
    login = demo_config.LOGIN
    return Lab(
        dir=str(lab),
        api=f"http://127.0.0.1:{ports.api}",
        ari={"url": f"http://127.0.0.1:{ports.http}/ari", "user": "warmline", "password": ari},
        sip=f"127.0.0.1:{ports.sip}",
        db=str(folder.database(lab)),
        recordings=str(lab / "asterisk/recording"),
        asterisk_cli=programs.console(program, lab),
        pids={},
        api_user=demo_config.API_USER,
        users={
            user: {"role": demo_config.USERS[user]["role"], "password": word} for user, word in user_passwords.items()
        },
        phones={user: {"user": user, "password": word, "login": login} for user, word in passwords.items()},
        dids=demo_config.DIDS,
        numbers=demo_config.NUMBERS,
        music_hz=music.HZ,
    )


def save(lab: Lab) -> Lab:
    """Write `lab.json` into the lab's folder; return the lab."""
    folder.write(Path(lab.dir) / FILE, lab.to_json())
    return lab


def user_passwords(lab: Path) -> dict[str, str]:
    """Return the passwords of the workspace's users: those of the folder's last start, new ones for others."""
    known = _last(lab).get("users", {})
    return {user: known[user]["password"] if user in known else secrets.token_hex(5) for user in demo_config.USERS}


def phone_passwords(lab: Path) -> dict[str, str]:
    """Return the passwords of the phones: those of the folder's last start, so that softphones can register again."""
    known = _last(lab).get("phones", {})
    return {user: known[user]["password"] if user in known else secrets.token_hex(12) for user in demo_config.AGENTS}


def ari_password(lab: Path) -> str:
    """Return the password of ARI: that of the folder's last start, otherwise a new one."""
    return str(_last(lab).get("ari", {}).get("password", "")) or secrets.token_hex(16)


def last_sip_port(lab: Path) -> int:
    """Return the SIP port of the folder's last start, 0 if there was none."""
    port = str(_last(lab).get("sip", "")).rpartition(":")[2]
    return int(port) if port.isdecimal() else 0


def _last(lab: Path) -> dict[str, Any]:
    try:
        known = json.loads((lab / FILE).read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def read(directory: Path) -> Lab:
    """Return the lab in `directory` as it was last started. Raises LabError."""
    file = folder.existing(directory) / FILE
    try:
        return Lab(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        raise LabError(
            "lab_description_unreadable",
            "{file} cannot be read; start the lab: warmline lab up --dir {folder}",
            file=file,
            folder=directory,
        ) from None
