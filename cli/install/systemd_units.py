"""Warmline's systemd units, with the paths, the users and the ports of this machine."""

import grp
import shlex
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cli.install.install_paths import InstallPaths
from warmline.system import gate_protocol, link_sockets, systemd_service
from warmline.system.database_address import folder_of
from warmline.system.link_sockets import LinkSocket
from warmline.system.program_files import SYSTEMD
from warmline.system.server_settings import every_server
from warmline.system.settings import DEFAULT_FILE, DEFAULTS

PROGRAM = "/opt/warmline/.venv/bin/warmline"  # in the units of the folder
PACKAGED = Path("/usr/lib/systemd/system")  # a unit of the same name in /etc/systemd/system replaces one of this folder
API_USER = "warmline-api"  # in the unit of the APIs; `--api-user` replaces it

FOLDER_OF_RUN = "/usr/bin/install -d"  # creates a missing folder, and gives it its owner
OF_GATE = "#gate: "  # before the lines of a unit that are in effect with the setting gate
RUN_MODE = 0o751  # of the folder `run`, as in the units: other users pass through to the sockets that they may use

Streams = Callable[[InstallPaths, int], list[str]]


class Unit(NamedTuple):
    """A unit of the folder `systemd`.

    `writes` are settings whose folders the service may write, besides `run`. `streams` returns the addresses at which a
    socket unit listens, from the places and the app's port. A unit whose `setting` is empty is not installed. A media
    server has only those without `app`.
    """

    name: str
    writes: tuple[str, ...] = ()
    streams: Streams | None = None
    setting: str = ""
    app: bool = True


def _run(one: LinkSocket, places: InstallPaths, _: int) -> list[str]:
    return [one.path(places.settings.run)]


def _http(places: InstallPaths, port: int) -> list[str]:
    return [systemd_service.stream(places.settings.listen_host, str(port))]


def _fastagi(places: InstallPaths, _: int) -> list[str]:
    host, _, port = places.settings.fastagi.rpartition(":")
    return [systemd_service.stream(host, port)]


UNITS = (
    Unit("warmline.target"),
    Unit("warmline.service", writes=("db", "spool")),
    Unit("warmline.socket", streams=partial(_run, link_sockets.API)),
    Unit("warmline-local.socket", streams=partial(_run, link_sockets.LOCAL)),
    Unit("warmline-api.service"),
    Unit("warmline-api.socket", streams=_http),
    Unit("warmline-workers.service", writes=("db", "recordings", "queue_log")),
    Unit("warmline-media.service", writes=("recordings",), setting="gate", app=False),
    Unit("warmline-agi.service", setting="fastagi"),
    Unit("warmline-agi.socket", streams=_fastagi, setting="fastagi"),
    Unit("warmline-guard.service", writes=("epoch",), app=False),
)


def made(places: InstallPaths, port: int) -> dict[str, str]:
    """Return the text of each unit that this machine needs, by the name of its file; `port` is the app's."""
    known = places.settings
    here = [one for one in UNITS if not (places.media and one.app)]
    return {one.name: text(places, one, port) for one in here if not one.setting or getattr(known, one.setting)}


def packaged(name: str) -> str | None:
    """Return the text of a unit that the Debian package brought; None if there is none."""
    path = PACKAGED / name
    return path.read_text() if path.exists() else None


def text(places: InstallPaths, unit: Unit, port: int) -> str:
    """Return a unit with this machine's paths, users and ports."""
    streams = unit.streams(places, port) if unit.streams else []
    program = Path(sys.executable).with_name("warmline")
    at_home = any(program.is_relative_to(home) for home in ("/home", "/root", "/run/user"))
    group = grp.getgrgid(places.group).gr_name if places.group >= 0 else places.name
    lines: list[str] = []
    for written in (SYSTEMD / unit.name).read_text().splitlines():
        line = written.removeprefix(OF_GATE) if places.settings.gate else written
        key, _, value = line.partition("=")
        match key:
            case "User" | "SocketUser":
                lines.append(f"{key}={places.name if value != API_USER else places.api_user or places.name}")
            case "Group":
                lines.append(f"{key}={group}")
            case "ExecStartPre":
                whose = f"-o {places.name} -g {group} -m {RUN_MODE:04o}"
                lines.append(f"{key}={FOLDER_OF_RUN} {whose} {places.settings.run}")
            case "ExecStart":
                lines.append(line.replace(PROGRAM, shlex.quote(str(program))))
            case "ReadWritePaths":
                lines.append(f"ReadWritePaths={' '.join(_writable(places, unit))}")
            case "ProtectHome":
                lines.append(f"ProtectHome={'read-only' if at_home else 'true'}")
            case "ListenStream":
                lines += [f"ListenStream={stream}" for stream in streams]
            case _:
                lines.append(line)
        if line == "[Service]" and str(places.file) != DEFAULT_FILE:
            lines.append(f"Environment=WARMLINE_CONFIG={places.file}")
    return "\n".join(lines) + "\n"


def _writable(places: InstallPaths, unit: Unit) -> list[str]:
    known = places.settings
    folders = {"db": str(folder_of(known.db)), "spool": known.spool, "recordings": str(places.recordings)}
    folders["epoch"] = str(gate_protocol.epoch_file(known.spool).parent)
    if known.queue_log:
        folders["queue_log"] = f"-{Path(known.queue_log).parent}"  # it may be missing
    paths = {folders[name] for name in unit.writes if name in folders}
    if "recordings" in unit.writes:
        others = every_server(known)[1:]
        paths |= {f"-{one.recordings}" for one in others if one.recordings}  # a mounted one may be away
    return sorted(paths | ({known.run} if known.run != DEFAULTS["run"] or not paths else set()))
