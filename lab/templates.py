"""Asterisk's configuration and Warmline's settings, filled in from the templates in `lab/conf`."""

import fcntl
import secrets
import shlex
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from string import Template

from lab import demo_config, folder
from lab.asterisk import AsteriskProgram
from lab.ports import Ports
from warmline.system.program_files import DIALPLAN, agi_scripts

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
    lab: Path, program: AsteriskProgram, ports: Ports, trunk: str, passwords: Mapping[str, str], ari: str
) -> None:
    """Write a lab's configuration files.

    `trunk` is the peer that gets outgoing calls ("" for the built-in numbers), `passwords` are those of the phones,
    `ari` is that of ARI. Raises LabError.
    """
    values = {
        **ports._asdict(),
        "lab": lab,
        "database": folder.database(lab),
        "own_directories": program.directories(),
        "dialplan": DIALPLAN,
        "login": demo_config.LOGIN,
        "ari_password": ari,
        "browser_password": secrets.token_hex(16),
        "second_factor_key": secrets.token_hex(32),
        "ice_addresses": "".join(f"{address} => 127.0.0.1\n" for address in _own_addresses()),
        "trunk": trunk or f"127.0.0.1:{ports.sip}",
        "console": shlex.join([*program.command, "-C", str(lab / "etc/asterisk.conf")]),
        "trunk_from": "" if trunk else "from_user = lab-numbers",
        "phones": "".join(_filled("phone.conf", {"user": u, "password": p}) for u, p in passwords.items()),
    }
    for template in sorted((TEMPLATES / "etc").iterdir()):
        folder.write(lab / "etc" / template.name, _filled(f"etc/{template.name}", values))
    for name in EMPTY:
        folder.write(lab / "etc" / name, "")
    _link_scripts(lab / "agi")
    folder.write(lab / folder.SETTINGS, _filled(folder.SETTINGS, values))
    folder.write(lab / "console", f'#!/bin/sh\nexec {values["console"]} "$@"\n')
    (lab / "console").chmod(0o700)


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
