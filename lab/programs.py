"""The lab's two programs, Asterisk and the app: each is started until it answers, or ended."""

import os
import socket
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import run
from urllib.parse import urlsplit

from lab import folder, lab_front, process
from lab.asterisk import AsteriskProgram
from lab.lab_error import LabError
from lab.lab_front import LabFront
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system.gate_protocol import EPOCH

LIMIT = 30.0  # seconds until a program must answer; usually it takes about one
LOG_LINES = 12


def asterisk_record(server: Path) -> Path:
    """Return the file that stores the process of the Asterisk in this folder."""
    return server / "run/asterisk.pid"


def app_record(lab: Path) -> Path:
    """Return the file that stores the process of the lab's app."""
    return lab / "run/warmline.pid"


def guard_record(server: Path) -> Path:
    """Return the file that stores the process of the guard in this folder."""
    return server / "run/guard.pid"


def front_record(lab: Path) -> Path:
    """Return the file that stores the process of the lab's front."""
    return lab / "run/front.pid"


def console(program: AsteriskProgram, server: Path) -> list[str]:
    """Return the start of a command for the console of the Asterisk in this folder; the console's command follows."""
    return [*program.command, "-C", str(server / "etc/asterisk.conf"), "-rx"]


def start_asterisk(
    program: AsteriskProgram, lab: Path, ari: dict[str, str], keep: int, server: str = MAIN_SERVER
) -> int:
    """Start the Asterisk of a server, wait until ARI answers and all modules are loaded; return its pid.

    `keep` is the socket that reserves the server's ports while Asterisk lives. Raises LabError.
    """
    place = folder.of_server(lab, server)
    command = [*program.command, "-f", "-C", str(place / "etc/asterisk.conf")]
    output, log = place / "log/asterisk.out", place / "log/asterisk.log"
    environment = _environment(lab, folder.settings_of(lab, server))  # of the scripts on its machine
    pid = process.start(command, output, asterisk_record(place), environment, [keep])
    _await("Asterisk", partial(_ari_answers, ari, "/asterisk/info"), asterisk_record(place), output, log)
    run([*console(program, place), "core waitfullybooted"], check=False, capture_output=True, timeout=LIMIT)
    return pid


def check_asterisk(lab: Path, server: str = MAIN_SERVER) -> None:
    """Check that the Asterisk of a server runs. Raises LabError."""
    if process.running(asterisk_record(folder.of_server(lab, server))) is None:
        raise LabError(
            "lab_not_running",
            "the lab in {folder} is not running; start it: warmline lab up --dir {folder}",
            folder=lab,
        )


def start_app(lab: Path, api: str, *aris: dict[str, str]) -> int:
    """Start the app, wait until it answers and is connected to each Asterisk; return its pid. Raises LabError."""
    log = lab / "log/warmline.log"
    pid = process.start(_warmline("serve"), log, app_record(lab), _environment(lab))
    _await("the app", partial(_answers, f"{api}/healthz"), app_record(lab), log)
    for ari in aris:
        _await("the app", partial(_ari_answers, ari, "/applications/warmline"), app_record(lab), log)
    return pid


def start_guard(lab: Path, server: str = MAIN_SERVER, gate: str = "", ari: Mapping[str, str] | None = None) -> int:
    """Start the guard of a server; return its pid.

    With a `gate` (HOST:PORT), wait until it answers the user of `ari`. Raises LabError.
    """
    place = folder.of_server(lab, server)
    log, environment = place / "log/guard.log", _environment(lab, folder.settings_of(lab, server))
    pid = process.start(_warmline("guard"), log, guard_record(place), environment)
    if gate and ari:
        _await("the guard", partial(_ari_answers, {**ari, "url": f"http://{gate}"}, EPOCH), guard_record(place), log)
    return pid


def start_front(lab: Path, front: LabFront) -> int:
    """Write the configuration of Kamailio, start it, and wait until the app can connect; return its pid.

    Raises LabError.
    """
    command, log = lab_front.command(lab), lab / "log/front.log"
    words = [[*_warmline("front"), "config", *one] for one in lab_front.options(lab, front)]
    texts = [run(one, check=True, capture_output=True, text=True, env=_environment(lab)).stdout for one in words]
    lab_front.write(lab, *texts)
    pid = process.start(command, log, front_record(lab), _environment(lab))
    _await("the front", partial(_listens, front.link), front_record(lab), log)
    return pid


def _warmline(command: str) -> list[str]:
    return [str(Path(sys.executable).with_name("warmline")), command]


def _environment(lab: Path, settings: Path | None = None) -> dict[str, str]:
    """Return this process's environment, with these settings, or those of this lab, and no other Warmline's."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("WARMLINE_")}
    return ours | {"WARMLINE_CONFIG": str(settings or lab / folder.SETTINGS)}


def _listens(where: str) -> bool:
    host, _, port = where.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError:
        return False
    return True


def _ari_answers(ari: dict[str, str], path: str) -> bool:
    login = b64encode(f"{ari['user']}:{ari['password']}".encode()).decode()
    return _answers(ari["url"] + path, {"Authorization": f"Basic {login}"})


def _answers(url: str, headers: Mapping[str, str] | None = None) -> bool:
    where = urlsplit(url)
    with closing(HTTPConnection(where.netloc, timeout=2)) as connection:
        try:
            connection.request("GET", where.path, headers=headers or {})
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def _await(name: str, ready: Callable[[], bool], record: Path, *logs: Path) -> None:
    """Wait until the program is ready. Raises LabError with the end of its logs if it fails."""
    limit = time.monotonic() + LIMIT
    while not ready():
        if process.running(record) is None:
            raise LabError(
                "lab_program_ended",
                "{program} ended at its start. Its last words:\n{words}",
                program=name,
                words=_last_lines(logs),
            )
        if time.monotonic() > limit:
            raise LabError(
                "lab_program_not_ready",
                "{program} is not ready after {seconds:.0f} s. Its last words:\n{words}",
                program=name,
                seconds=LIMIT,
                words=_last_lines(logs),
            )
        time.sleep(0.05)  # a program that starts can only be asked; each look costs it processor time


def _last_lines(logs: Sequence[Path]) -> str:
    lines = [line for log in logs if log.exists() for line in log.read_text(errors="replace").splitlines()]
    return "\n".join(f"  {line}" for line in lines[-LOG_LINES:]) or "  (nothing)"
