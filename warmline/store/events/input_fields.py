"""The public fields of each input, by kind of journal row: every client with a token may see them."""

from typing import Any

LEG = ("leg",)
FILE = ("name",)
REQUESTED = "command.requested"

# Rules, Stasis arguments, pressed keys and messages are never public.
PUBLIC: dict[str, tuple[str, ...]] = {
    "leg.arrived": ("leg", "number", "dialled"),
    "leg.ringing": LEG,
    "leg.progress": LEG,
    "leg.answered": LEG,
    "leg.joined": ("leg", "bridge"),
    "leg.left": ("leg", "bridge"),
    "leg.released": LEG,
    "leg.destroyed": ("leg", "cause"),
    "leg.refer": LEG,
    "leg.redirected": ("leg", "target"),
    "leg.prompt_finished": ("leg", "ok"),
    "phone.unreachable": ("phone",),
    "phone.reachable": ("phone",),
    "bridge.destroyed": ("bridge",),
    "recording_file.started": FILE,
    "recording_file.finished": FILE,
    "recording_file.failed": ("name", "cause"),
    "recording_file.measured": ("name", "bytes", "length", "sha256"),
    "call.fallback": ("number", "dialled", "reason"),
    "turn.failed": ("kind", "remedy"),
    REQUESTED: ("receipt", "by", "source"),
}
COMMAND = ("kind", "number", "ingroup", "to_agent", "status", "pause_code")  # of a requested command


def public_input(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return the public fields of a decoded input in a journal row of this kind."""
    told = {name: said[name] for name in PUBLIC.get(kind, ()) if name in said}
    command = said.get("command", {}) if kind == REQUESTED else {}
    return told | {("command" if name == "kind" else name): command[name] for name in COMMAND if command.get(name)}
