"""Warmline's systemd services: their units, the commands that start them, and their state."""

import shlex
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

# The folders of units: those of the machine replace those of a package.
FOLDERS = tuple(map(Path, ("/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system")))
BOOTED = Path("/run/systemd/system")  # exists if systemd runs this machine
CALLS, API, WORKERS, GUARD = "warmline", "warmline-api", "warmline-workers", "warmline-guard"
PROPERTIES = "ActiveState,SubState,NRestarts"
STOP_SECONDS = 30  # no unit of Warmline may take longer to stop
STOP_POLL_SECONDS = 0.2
STOPPED = ("inactive", "failed")


def unit(name: str, suffix: str = ".service") -> Path:
    """Return the file of a unit: the one that systemd uses. Without systemd it does not exist."""
    places = [folder / f"{name}{suffix}" for folder in FOLDERS]
    return next((place for place in places if place.exists()), places[0])


def lines(name: str) -> list[str]:
    """Return the lines of a service's unit and of its drop-ins in all folders; none without the unit."""
    drop_ins = (file for folder in FOLDERS for file in sorted(folder.glob(f"{name}.service.d/*.conf")))
    files = [unit(name), *drop_ins] if unit(name).exists() else []
    return [line for file in files for line in file.read_text().splitlines()]


def is_here(name: str) -> bool:
    """Return whether systemd runs this machine, and has that service."""
    return BOOTED.is_dir() and unit(name).exists()


def start() -> str:
    """Return the command that starts the app on this machine."""
    return f"systemctl start {CALLS}" if is_here(CALLS) else "warmline serve"


def stop_and_start() -> tuple[str, str]:
    """Return the commands that stop and start Warmline on this machine: those of systemd, or of the lab it runs in."""
    from warmline.system import settings

    try:
        lab = Path(settings.load().db).parent
    except settings.SettingsError:
        lab = Path()
    if (lab / "lab.json").is_file() and not is_here(CALLS):
        return f"warmline lab down --dir {shlex.quote(str(lab))}", f"warmline lab up --dir {shlex.quote(str(lab))}"
    return "systemctl stop warmline.target", "systemctl start warmline.target"


def start_again(name: str) -> str:
    """Return the command that starts one process on this machine, also if it runs but does not answer."""
    return f"systemctl restart {name}" if is_here(name) else "warmline serve"


def start_guard() -> str:
    """Return the command that starts the guard on this machine, now and after each boot."""
    return f"systemctl enable {GUARD} && systemctl restart {GUARD}" if is_here(GUARD) else "warmline guard"


def start_asterisk(command: str) -> str:
    """Return the command that starts Asterisk on this machine; `command` is that of the settings."""
    return "systemctl start asterisk" if BOOTED.is_dir() else command


def log(name: str) -> str:
    """Return the command that prints the last lines of a service's log."""
    return f"journalctl -u {name} -n 20 --no-pager"


def log_hint(name: str) -> str:
    """Return the end of an error that names this command; empty if systemd does not keep the log."""
    return f"; its log: {log(name)}" if is_here(name) else ""


def comes_with_it(folder: Path) -> bool:
    """Return whether systemd creates that folder when it starts the app."""
    if folder.parent != Path("/run") or not is_here(CALLS):
        return False
    return f"RuntimeDirectory={folder.name}" in lines(CALLS)


def stream(host: str, port: str) -> str:
    """Return an address in the form of a systemd socket unit: numbers only."""
    plain = "127.0.0.1" if host == "localhost" else host.strip("[]")
    return f"[{plain}]:{port}" if ":" in plain else f"{plain}:{port}"


def restarts(name: str) -> int:
    """Return how often systemd has restarted a service that keeps ending; 0 if it runs, is stopped, or has no unit."""
    if not is_here(name):
        return 0
    try:
        asked = subprocess.run(
            ["systemctl", "show", name, f"--property={PROPERTIES}"], capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = dict(line.split("=", 1) for line in asked.stdout.splitlines() if "=" in line)
    again = told.get("ActiveState") == "activating" or told.get("SubState") == "auto-restart"
    number = told.get("NRestarts", "0")
    return int(number) if again and number.isdigit() else 0


def is_down(name: str) -> bool:
    """Return whether systemd has that service, and it does not run; what connects to its sockets gets no answer."""
    unit_name = f"{name}.service"
    return is_here(name) and _states([unit_name]).get(unit_name, ("active", False))[0] not in ("active", "reloading")


def has_socket(name: str) -> bool:
    """Return whether systemd holds the sockets of that service, also while it does not run."""
    unit_name = f"{name}.socket"
    return is_here(name) and _states([unit_name]).get(unit_name, ("", False))[0] == "active"


def wait_until_stopped(units: Iterable[str], seconds: float = STOP_SECONDS) -> list[str]:
    """Wait until systemd has stopped these units; return those that run, at the latest after `seconds`.

    `systemctl stop warmline.target` returns while the services of the target still stop. A unit that runs, and that
    nothing stops, is not waited for. Without systemd, none runs.
    """
    names = list(units)
    deadline = time.monotonic() + seconds
    while True:
        states = _states(names) if names and BOOTED.is_dir() else {}
        running = {name: is_changing for name, (state, is_changing) in states.items() if state not in STOPPED}
        if not any(running.values()) or time.monotonic() > deadline:
            return sorted(running)
        time.sleep(STOP_POLL_SECONDS)


def _states(units: list[str]) -> dict[str, tuple[str, bool]]:
    """Return the state of each unit, and whether it stops, or has a job that waits."""
    states: dict[str, tuple[str, bool]] = {}
    try:
        asked = subprocess.run(
            ["systemctl", "show", "--property=Id,ActiveState,Job", *units], capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return states
    for block in asked.stdout.split("\n\n"):
        told = dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
        if "Id" in told:
            is_changing = told["ActiveState"] == "deactivating" or told.get("Job", "0") not in ("", "0")
            states[told["Id"]] = told["ActiveState"], is_changing
    return states
