"""An Asterisk whose app is on another machine: it gets the guard with its gate, and the media process."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cli.install import InstallError
from cli.output.invalid_argument import InvalidArgument
from warmline.system.loopback import is_local

if TYPE_CHECKING:
    from cli.client.asterisk_conf import Conf
    from cli.install.install_paths import InstallPaths

FASTAGI = "127.0.0.1:4573"  # at which the gate takes the requests of the scripts
CERTIFICATE, KEY = "gate.pem", "gate.key"  # beside the settings file
START = "warmline-guard warmline-media"


def on_it(places: "InstallPaths", gate: str) -> "InstallPaths":
    """Return the places for a media server with a gate at this HOST:PORT; the same places for a machine with the app.

    With "" for `gate`, a machine is a media server if its installation has a gate and no database. Raises InstallError,
    InvalidArgument.
    """
    known = places.settings
    has_app = Path(known.db).exists()
    if not gate:
        is_one = bool(known.gate) and places.record.exists() and not has_app
        return replace(places, api_user="", media=True) if is_one else places
    host, _, port = gate.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise InvalidArgument(
            "install_gate_invalid", "--gate cannot be {value!r}; allowed: HOST:PORT, such as 192.0.2.7:8189", value=gate
        )
    if has_app:
        raise InstallError(
            "install_gate_beside_app",
            "this machine has the app, with the database {db}; set gate in {file} in place of --gate",
            db=known.db,
            file=places.file,
        )
    if places.file.exists() and known.gate != gate:
        raise InstallError(
            "install_gate_differs",
            'gate is {known!r} in {file}, and --gate {value!r}; write gate = "{value}" there, and install again',
            known=known.gate,
            file=places.file,
            value=gate,
        )
    wanted = {"gate": gate, "fastagi": known.fastagi or FASTAGI}
    if not is_local(host):
        folder = places.file.parent
        wanted["gate_certificate"] = known.gate_certificate or str(folder / CERTIFICATE)
        wanted["gate_key"] = known.gate_key or str(folder / KEY)
    return replace(places, settings=known._replace(**wanted), api_user="", media=True)


def dialplan(places: "InstallPaths", conf: "Conf") -> str:
    """Return the lines by which the dialplan asks the gate, and not scripts: the database is on another machine."""
    line = ("WARMLINE_FASTAGI", f"agi://{places.settings.fastagi}")
    globals_of = conf.named("globals")
    if not places.settings.fastagi or any(line in one.lines for one in globals_of):
        return ""
    return f"[globals]{'(+)' if globals_of else ''}\n{' = '.join(line)}\n"


def next_steps(places: "InstallPaths") -> list[str]:
    """Return what follows an installation, a line for each step."""
    known = places.settings
    steps = ["asterisk -rx 'core reload'"]
    if known.gate_certificate and not Path(known.gate_certificate).exists():
        steps.append(f"a certificate and its key: {known.gate_certificate}; see docs/how-to/server-gate.md")
    if places.units:
        steps.append(f"systemctl daemon-reload && systemctl enable --now {START}")
    return [*steps, "warmline doctor --only gate"]
