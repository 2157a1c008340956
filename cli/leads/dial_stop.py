"""`warmline dial stop` and `allow`: the emergency stop of all automatic calls, on the machine of the app."""

import time
from typing import Annotated, Any

import typer

from cli.client import ari_console
from cli.output.json_output import Json, print_json
from warmline.system import no_dial, settings
from warmline.system.settings import Settings, SettingsError

RINGS = 15.0  # seconds that an unanswered phone rings at least: 47 CFR 64.1200(a)(6)
GONE = 404

HangUp = Annotated[
    bool, typer.Option("--hang-up", help="Also hang up the phones that ring, each after 15 seconds of ringing.")
]


def stop(hang_up: HangUp = False, as_json: Json = False) -> None:
    known = settings.load_with_secrets() if hang_up else settings.load()
    try:
        new = no_dial.stop(known.run)
    except OSError as error:
        raise _unwritable(known, error) from None
    if not as_json:
        print("no automatic call begins" if new else "automatic calls were stopped already")
    ended = _hang_up_ringing(known) if hang_up else 0
    if as_json:
        print_json({"stopped": True, "hung_up": ended})
    elif hang_up:
        print(f"hung up: {ended}")


def allow(as_json: Json = False) -> None:
    known = settings.load()
    try:
        new = no_dial.allow(known.run)
    except OSError as error:
        raise _unwritable(known, error) from None
    if as_json:
        print_json({"stopped": False})
    else:
        print("automatic calls may begin" if new else "automatic calls were not stopped")


def _hang_up_ringing(known: Settings) -> int:
    """Hang up each lead's phone that rings now and still rings after RINGS seconds; return how many. Raises AppAway."""
    ringing = _ringing(known)
    if not ringing:
        return 0
    time.sleep(RINGS)  # Asterisk's console gives no event
    still = ringing & _ringing(known)
    return sum(ari_console.ask(known, "DELETE", f"channels/{leg}")[0] != GONE for leg in sorted(still))


def _ringing(known: Settings) -> set[str]:
    """Return the channels of leads whose phones ring: dialled with a call of Warmline, and not in its application."""
    _, channels = ari_console.ask(known, "GET", "channels")
    return {one["id"] for one in channels or () if _is_lead(one)}


def _is_lead(channel: dict[str, Any]) -> bool:
    in_app = channel["dialplan"]["app_name"] == "Stasis"
    return channel["state"] == "Ringing" and not in_app and bool(channel.get("channelvars", {}).get("WARMLINE_CALL"))


def _unwritable(known: Settings, error: OSError) -> SettingsError:
    return SettingsError(
        "no_dial_unwritable",
        "{file} cannot be changed: {why}; run the command as root or as Asterisk's user",
        file=f"{known.run}/{no_dial.NAME}",
        why=error.strerror or error,
    )
