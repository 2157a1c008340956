"""The description of a lab for SIP clients, programs and people: written to its folder, printed as JSON."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypedDict

from lab import demo_config, folder, music, programs
from lab.asterisk import AsteriskProgram
from lab.lab_error import LabError
from lab.planned_server import PlannedServer
from warmline.core.messages.values.server_action import MAIN_SERVER

FILE = "lab.json"


class LabServer(TypedDict):
    """An Asterisk of a lab: `dir` is its folder, `pid` its process, 0 before its start.

    With several servers, the app reaches ARI through `gate` (HOST:PORT), which is the guard with the pid `guard`.
    """

    dir: str
    ari: dict[str, str]
    sip: str
    recordings: str
    asterisk_cli: list[str]
    pid: int
    gate: str
    guard: int


@dataclass(frozen=True)
class Lab:
    """A running lab. The fields are the keys of the JSON; those of one Asterisk are those of the server `main`."""

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
    servers: dict[str, LabServer] = field(default_factory=dict)  # by name; a lab before several servers had none
    front: str = ""  # HOST:PORT of the front for SIP

    def to_json(self) -> str:
        """Return the lab as JSON text."""
        return json.dumps(asdict(self), indent=1)


def describe(
    lab: Path,
    program: AsteriskProgram,
    planned: Sequence[PlannedServer],
    passwords: dict[str, str],
    user_passwords: dict[str, str],
) -> Lab:
    """Return the description of a lab that is not started yet.

    `planned` are its servers, `main` first. `passwords` are those of the phones, `user_passwords` those of the
    workspace's users.
    """
    login = demo_config.LOGIN
    several = len(planned) > 1
    servers = {server.name: _describe(server, program, server.gate if several else "") for server in planned}
    main = servers[MAIN_SERVER]
    return Lab(
        dir=str(lab),
        api=f"http://127.0.0.1:{planned[0].ports.api}",
        ari=main["ari"],
        sip=main["sip"],
        db=str(folder.database(lab)),
        recordings=main["recordings"],
        asterisk_cli=main["asterisk_cli"],
        pids={},
        api_user=demo_config.API_USER,
        users={
            user: {"role": demo_config.USERS[user]["role"], "password": word} for user, word in user_passwords.items()
        },
        phones={user: {"user": user, "password": word, "login": login} for user, word in passwords.items()},
        dids=demo_config.DIDS,
        numbers=demo_config.NUMBERS,
        music_hz=music.HZ,
        servers=servers,
    )


def _describe(server: PlannedServer, program: AsteriskProgram, gate: str) -> LabServer:
    return {
        "dir": str(server.folder),
        "ari": server.ari,
        "sip": server.sip,
        "recordings": str(server.folder / folder.RECORDINGS),
        "asterisk_cli": programs.console(program, server.folder),
        "pid": 0,
        "gate": gate,
        "guard": 0,
    }


def with_pid(lab: Lab, server: str, pid: int) -> Lab:
    """Return the lab with the process of the Asterisk of a server. Only `main` is among the lab's own processes."""
    pids = {**lab.pids, "asterisk": pid} if server == MAIN_SERVER else lab.pids
    servers = dict(lab.servers)
    if server in servers:
        servers[server] = {**servers[server], "pid": pid}
    return replace(lab, pids=pids, servers=servers)


def with_guard(lab: Lab, server: str, pid: int) -> Lab:
    """Return the lab with the process of the guard of a server."""
    pids = {**lab.pids, "guard": pid} if server == MAIN_SERVER else lab.pids
    return replace(lab, pids=pids, servers={**lab.servers, server: {**lab.servers[server], "guard": pid}})


def of_server(lab: Lab, name: str) -> LabServer:
    """Return the description of a server of the lab. Raises LabError if the lab has no server of this name."""
    if (found := lab.servers.get(name)) is None:
        raise LabError(
            "lab_server_missing",
            "the lab in {folder} has no server {name}; its servers: {known}",
            folder=lab.dir,
            name=name,
            known=", ".join(lab.servers) or MAIN_SERVER,
        )
    return found


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


def ari_passwords(lab: Path, names: Sequence[str]) -> dict[str, str]:
    """Return the password of ARI for each server: that of the folder's last start, otherwise a new one."""
    return {
        name: str(_last_server(lab, name).get("ari", {}).get("password", "")) or secrets.token_hex(16) for name in names
    }


def last_sip_ports(lab: Path, names: Sequence[str]) -> dict[str, int]:
    """Return the SIP port of each server at the folder's last start, 0 if there was none."""
    ports = {name: str(_last_server(lab, name).get("sip", "")).rpartition(":")[2] for name in names}
    return {name: int(port) if port.isdecimal() else 0 for name, port in ports.items()}


def last_servers(lab: Path) -> tuple[str, ...]:
    """Return the names of the servers of the folder's last start, `main` alone if there was none."""
    return tuple(_last(lab).get("servers", {})) or (MAIN_SERVER,)


def _last_server(lab: Path, name: str) -> dict[str, Any]:
    """Return what the last start told about a server; a lab before several servers told it of `main` without a name."""
    known = _last(lab)
    found: dict[str, Any] = known if name == MAIN_SERVER else known.get("servers", {}).get(name, {})
    return found


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
