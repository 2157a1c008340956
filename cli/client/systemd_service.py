"""Warmline's systemd services: their units, the commands that start them, and their state."""

import subprocess
from pathlib import Path

FOLDER = Path("/etc/systemd/system")
CALLS, API, WORKERS = "warmline", "warmline-api", "warmline-workers"
PROPERTIES = "ActiveState,SubState,NRestarts"


def unit(name: str) -> Path:
    """Return the file of a service's unit; without systemd it does not exist."""
    return FOLDER / f"{name}.service"


def start() -> str:
    """Return the command that starts the app on this machine."""
    return f"systemctl start {CALLS}" if unit(CALLS).exists() else "warmline serve"


def start_again(name: str) -> str:
    """Return the command that starts one process on this machine, also if it runs but does not answer."""
    return f"systemctl restart {name}" if unit(name).exists() else "warmline serve"


def log(name: str) -> str:
    """Return the command that prints the last lines of a service's log."""
    return f"journalctl -u {name} -n 20 --no-pager"


def comes_with_it(folder: Path) -> bool:
    """Return whether systemd creates that folder when it starts the app."""
    if folder.parent != Path("/run") or not unit(CALLS).exists():
        return False
    return f"RuntimeDirectory={folder.name}" in unit(CALLS).read_text().splitlines()


def stream(host: str, port: str) -> str:
    """Return an address in the form of a systemd socket unit: numbers only."""
    plain = "127.0.0.1" if host == "localhost" else host.strip("[]")
    return f"[{plain}]:{port}" if ":" in plain else f"{plain}:{port}"


def restarts(name: str) -> int:
    """Return how often systemd has restarted a service that keeps ending; 0 if it runs, is stopped, or has no unit."""
    if not unit(name).exists():
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
