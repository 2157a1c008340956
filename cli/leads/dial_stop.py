"""`warmline dial stop` and `allow`: the emergency stop of all automatic calls, on the machine of the app."""

import sys
import time
from typing import Annotated, Any

import typer

from cli.client import ari_console
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.printing import printable
from warmline.centre.app_answer import AppAway
from warmline.core.messages.commands import REASON
from warmline.options.values.entity import OptionError
from warmline.store.configuration import dial_stop_history
from warmline.store.database.database import StoreError
from warmline.system import dial_stop_file, settings
from warmline.system.current_user import login_name
from warmline.system.dial_stop_file import DialStop
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings, SettingsError

RINGS = 15.0  # seconds that an unanswered phone rings at least: 47 CFR 64.1200(a)(6)
GONE = 404

HangUp = Annotated[
    bool, typer.Option("--hang-up", help="Also hang up the phones that ring, each after 15 seconds of ringing.")
]


def stop(
    hang_up: HangUp = False,
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, which supervisors see.")] = "",
    as_json: Json = False,
) -> None:
    known = settings.load_with_secrets() if hang_up else settings.load()
    by, before = login_name(), dial_stop_file.stops(known.run)
    try:
        new = dial_stop_file.stop(known.run, by, why)
    except OSError as error:
        raise _unwritable(known, error) from None
    if not as_json:
        print("no automatic call begins" if new else "automatic calls were stopped already")
    ended = _hang_up_ringing(known) if hang_up else 0
    if by not in {one.by for one in before}:
        _note(known, by, why)
    if as_json:
        print_json({"stopped": True, "hung_up": ended})
    elif hang_up:
        print(f"hung up: {ended}")


def allow(
    why: Annotated[
        str,
        typer.Option(metavar="TEXT", show_default=False, help="The reason, which the history shows."),
    ],
    as_json: Json = False,
) -> None:
    if not REASON.is_match(why):
        raise OptionError(
            "reason_empty",
            "--why must be text of one line, of 1 to {most} letters, not {why!r}",
            most=REASON.max_length,
            why=why[: REASON.max_length],
        )
    known = settings.load()
    held = dial_stop_file.stops(known.run)
    try:
        if held:
            dial_stop_history.lift(known.db, known.run, held, who=login_name(), why=why)
    except OSError as error:
        raise _unwritable(known, error) from None
    if as_json:
        print_json({"stopped": False})
    elif held:
        print("automatic calls may begin; they were stopped by:")
        print("\n".join(_in_words(one) for one in held))
    else:
        print("automatic calls were not stopped")


def _in_words(one: DialStop) -> str:
    since = f", {moment(one.at)}" if one.at else ""
    return printable(f"  {one.by or dial_stop_history.UNKNOWN}{since}{f': {one.why}' if one.why else ''}")


def _note(known: Settings, by: str, why: str) -> None:
    """Note the stop in the history. It holds also without a database, and then a line says so."""
    try:
        dial_stop_history.note(known.db, by, why)
    except StoreError as error:
        print(f"the history has no entry of this stop: {error}", file=sys.stderr)


def _hang_up_ringing(known: Settings) -> int:
    """Hang up each lead's phone that rings now and still rings after RINGS seconds; return how many. Raises AppAway."""
    ringing = _ringing(known)
    if not ringing:
        return 0
    time.sleep(RINGS)  # Asterisk's console gives no event
    still = ringing & _ringing(known)
    return sum(ari_console.ask(known, "DELETE", f"channels/{leg}", server)[0] != GONE for server, leg in sorted(still))


def _ringing(known: Settings) -> set[tuple[str, str]]:
    """Return the channels of leads whose phones ring, with their servers.

    They were dialled with a call of Warmline, and are not in its application. One of several servers that is away has
    no such channel. Raises AppAway if all are away.
    """
    found: set[tuple[str, str]] = set()
    away: list[AppAway] = []
    servers = every_server(known)
    for server in servers:
        try:
            _, channels = ari_console.ask(known, "GET", "channels", server.name)
            found |= {(server.name, one["id"]) for one in channels or () if _is_lead(one)}
        except AppAway as error:
            away.append(error)
    if len(away) == len(servers):
        raise away[0]
    return found


def _is_lead(channel: dict[str, Any]) -> bool:
    in_app = channel["dialplan"]["app_name"] == "Stasis"
    return channel["state"] == "Ringing" and not in_app and bool(channel.get("channelvars", {}).get("WARMLINE_CALL"))


def _unwritable(known: Settings, error: OSError) -> SettingsError:
    return SettingsError(
        "no_dial_unwritable",
        "{file} cannot be changed: {why}; run the command as root or as Asterisk's user",
        file=f"{known.run}/{dial_stop_file.NAME}",
        why=error.strerror or error,
    )
