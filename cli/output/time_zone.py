"""The time zone of times for people: that of --timezone, of TZ, or of the setting `timezone`, in this order."""

import os
import time
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING

import typer

from cli.output.invalid_argument import InvalidArgument
from warmline.centre.place import login

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

OPTION = "--timezone"


class _State:
    """The zone that this command line names (`chosen`), and whether it has shown a time (`used`)."""

    chosen = ""
    used = False


def begin(words: list[str]) -> list[str]:
    """Start a command line; return its words without `--timezone ZONE`, which can be anywhere.

    Raises typer.BadParameter.
    """
    _State.chosen, _State.used = "", False
    _of_setting.cache_clear()
    left: list[str] = []
    given = list(words)
    while given:
        word = given.pop(0)
        if word == "--":
            return [*left, word, *given]
        if word != OPTION and not word.startswith(f"{OPTION}="):
            left.append(word)
            continue
        if word == OPTION and not given:
            raise InvalidArgument(
                "time_zone_missing", "{option} needs the name of a time zone, such as Europe/Berlin", option=OPTION
            )
        _State.chosen = given.pop(0) if word == OPTION else word.partition("=")[2]
        _zone(_State.chosen)
    return left


def here() -> tzinfo | None:
    """Return the zone of times for people; None for this machine's clock, which TZ also sets."""
    if _State.chosen:
        return _zone(_State.chosen)
    if os.environ.get("TZ"):
        return None
    name = _of_setting()
    return _zone(name) if name else None


def name() -> str:
    """Return the name of that zone for people."""
    return _State.chosen or os.environ.get("TZ", "").lstrip(":") or _of_setting() or time.tzname[0]


def named(setting: str) -> "ZoneInfo":
    """Return the zone of times that a user types; it always has a name.

    `setting` is the zone of the setting, which is used if TZ is not a zone's name.
    """
    from zoneinfo import ZoneInfo

    for zone in (_State.chosen, os.environ.get("TZ", "").lstrip(":")):
        try:
            if zone and _zone(zone):
                return ZoneInfo(zone)
        except typer.BadParameter:
            continue
    return ZoneInfo(setting)


def local(at: int) -> datetime:
    """Return a time, microseconds UTC, in the local zone; from now on, the output ends with the zone's name."""
    name_below()
    return datetime.fromtimestamp(at // 1_000_000, here()).replace(microsecond=at % 1_000_000)


def name_below() -> None:
    """Let the output end with the zone's name."""
    _State.used = True


def footer() -> str:
    """Return the line that names the zone of the shown times; "" if no time was shown."""
    shown, _State.used = _State.used, False
    return f"times: {name()}" if shown else ""


def _zone(zone: str) -> tzinfo:
    if zone == "UTC":
        return UTC  # UTC does not need zoneinfo, which takes long to load
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise InvalidArgument(
            "time_zone_unknown",
            "{option}: there is no time zone {zone!r}; allowed: a name such as Europe/Berlin or UTC",
            option=OPTION,
            zone=zone,
        ) from None


@cache
def _of_setting() -> str:
    """Return the setting `timezone` of the app; "" if it is not known."""
    if at_app := login():
        return at_app.timezone
    from warmline.store.configuration.timezone import timezone
    from warmline.store.database.database import StoreError
    from warmline.system import settings

    try:
        return timezone(settings.load().db)
    except (StoreError, settings.SettingsError):
        return ""
