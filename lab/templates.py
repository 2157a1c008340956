"""Asterisk's configuration and Warmline's settings, filled in from the templates in `lab/conf`."""

import fcntl
import secrets
import shlex
import socket
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from string import Template

from lab import demo_config, folder
from lab.asterisk import AsteriskProgram
from lab.lab_front import LabFront
from lab.planned_server import PlannedServer
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system.program_files import DIALPLAN, TALK_DIALPLAN, agi_scripts
from warmline.system.settings import secrets_beside

SIOCGIFADDR = 0x8915  # the request for the address of an interface (netdevice(7))
TEMPLATES = Path(__file__).resolve().parent / "conf"

# Modules of Asterisk that stay loaded and log an error if their file is missing; an empty file means defaults.
EMPTY = (
    "acl.conf",
    "ccss.conf",
    "cdr.conf",
    "cel.conf",
    "confbridge.conf",
    "features.conf",
    "pjproject.conf",
    "queuerules.conf",
    "queues.conf",
    "udptl.conf",
    "websocket_client.conf",
)


def write(
    lab: Path,
    program: AsteriskProgram,
    servers: Sequence[PlannedServer],
    trunk: str,
    passwords: Mapping[str, str],
    front: LabFront | None,
) -> None:
    """Write a lab's configuration files.

    `trunk` is the peer that gets outgoing calls ("" for the built-in numbers), `passwords` are those of the phones.
    With a `front`, the servers find the phones there. Raises LabError.
    """
    common = {
        "home": lab,
        "database": folder.database(lab),
        "own_directories": program.directories(),
        "dialplan": DIALPLAN,
        "talk_dialplan": TALK_DIALPLAN,
        "login": demo_config.LOGIN,
        "browser_password": secrets.token_hex(16),
        "second_factor_key": secrets.token_hex(32),
        "ice_addresses": "".join(f"{address} => 127.0.0.1\n" for address in _own_addresses()),
        "app": servers[0].ports.api,
        "trunk_from": "" if trunk else "from_user = lab-numbers",
        "phones": "".join(_phone(user, password, front) for user, password in passwords.items()),
    }
    several, settings = len(servers) > 1, ""
    for server in servers:
        console = _console(program, server)
        values = common | server.ports._asdict()
        values |= {"lab": server.folder, "ari_password": server.password, "trunk": trunk or server.sip}
        values |= {"console": console, "system_name": f"\nsystemname = {server.name}" if several else ""}
        _write_server(server.folder, values)
        gate = f'gate = "{server.gate}"\n' if several else ""
        if server.name == MAIN_SERVER:
            settings = _filled(folder.SETTINGS, values) + gate
        else:
            folder.write(folder.settings_of(lab, server.name), _filled("server.toml", values) + gate)
    _link_scripts(lab / "agi")
    tables, secret_tables = _tables(servers, program) if several or front else ("", "")
    settings += f'front = "{front.link}"\n' if front else ""
    if several or folder.has_several(lab):  # otherwise a file with secrets is the user's own
        folder.write(Path(secrets_beside(str(lab / folder.SETTINGS))), secret_tables)
    folder.write(lab / folder.SETTINGS, settings + tables)


def _phone(user: str, password: str, front: LabFront | None) -> str:
    contact = f"contact = sip:{user}@{front.sip}\n" if front else ""
    return _filled("phone.conf", {"user": user, "password": password, "contact": contact})


def _write_server(place: Path, values: Mapping[str, object]) -> None:
    """Write the configuration of one Asterisk, and the command for its console."""
    for template in sorted((TEMPLATES / "etc").iterdir()):
        folder.write(place / "etc" / template.name, _filled(f"etc/{template.name}", values))
    for name in EMPTY:
        folder.write(place / "etc" / name, "")
    folder.write(place / "console", f'#!/bin/sh\nexec {values["console"]} "$@"\n')
    (place / "console").chmod(0o700)


def _tables(servers: Sequence[PlannedServer], program: AsteriskProgram) -> tuple[str, str]:
    """Return the tables of the servers for the settings file, and those for the file with secrets."""
    tables, secret_tables = [], []
    for server in servers:
        values = {"sip": server.sip}
        if server.name != MAIN_SERVER:  # the settings without a table are those of main
            values |= {"ari_url": f"http://{server.gate}/ari", "ari_user": server.ari["user"]}
            values |= {"browser_sip": server.sip, "recordings": str(server.folder / folder.RECORDINGS)}
            values["asterisk"] = _console(program, server)
            secret_tables.append(_table(server.name, {"ari_password": server.password}))
        tables.append(_table(server.name, values))
    return "".join(tables), "".join(secret_tables)


def _console(program: AsteriskProgram, server: PlannedServer) -> str:
    """Return the command of a server's console."""
    return shlex.join([*program.command, "-C", str(server.folder / "etc/asterisk.conf")])


def _table(name: str, values: Mapping[str, str]) -> str:
    return "".join([f"\n[server.{name}]\n", *(f'{key} = "{value}"\n' for key, value in values.items())])


def _own_addresses() -> list[str]:
    """Return the IPv4 addresses of this machine's network interfaces but loopback, one of each."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # it has none
                told = fcntl.ioctl(any_socket, SIOCGIFADDR, struct.pack("256s", name.encode()))
                found.append(socket.inet_ntoa(told[20:24]))
    return [address for address in found if not address.startswith("127.")]


def _link_scripts(agi: Path) -> None:
    """Link the AGI scripts in the lab's own folder, where scripts of recipes can be added."""
    for script in agi_scripts():
        link = agi / script.name
        link.unlink(missing_ok=True)
        link.symlink_to(script)


def _filled(template: str, values: Mapping[str, object]) -> str:
    return Template((TEMPLATES / template).read_text()).substitute(values)
