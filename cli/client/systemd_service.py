"""The app's systemd service: its unit, the command that starts it, and its state."""

import subprocess
from pathlib import Path

UNIT = Path("/etc/systemd/system/warmline.service")
WORKERS = Path("/etc/systemd/system/warmline-workers.service")
PROPERTIES = "ActiveState,SubState,NRestarts"


def start() -> str:
    """Return the command that starts the app on this machine."""
    return "systemctl start warmline" if UNIT.exists() else "warmline serve"


def comes_with_it(folder: Path) -> bool:
    """Return whether systemd creates that folder when it starts the service, and removes it afterwards."""
    if folder.parent != Path("/run") or not UNIT.exists():
        return False
    return f"RuntimeDirectory={folder.name}" in UNIT.read_text().splitlines()


def stream(host: str, port: str) -> str:
    """Return an address in the form of a systemd socket unit: numbers only."""
    plain = "127.0.0.1" if host == "localhost" else host.strip("[]")
    return f"[{plain}]:{port}" if ":" in plain else f"{plain}:{port}"


def restarts() -> int:
    """Return how often systemd has restarted an app that keeps ending; 0 if it runs, is stopped, or has no unit."""
    if not UNIT.exists():
        return 0
    try:
        asked = subprocess.run(
            ["systemctl", "show", "warmline", f"--property={PROPERTIES}"], capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = dict(line.split("=", 1) for line in asked.stdout.splitlines() if "=" in line)
    again = told.get("ActiveState") == "activating" or told.get("SubState") == "auto-restart"
    number = told.get("NRestarts", "0")
    return int(number) if again and number.isdigit() else 0
