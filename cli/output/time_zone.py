"""The clock by which people read and write times: that of --timezone, else of TZ, else of the setting's timezone."""

import os
import time
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING

import typer

from cli.output.invalid_argument import InvalidArgument

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

OPTION = "--timezone"


class _State:
    """What this command line has chosen (`chosen`, a zone's name), and whether a time was shown (`used`)."""

    chosen = ""
    used = False


def begin(words: list[str]) -> list[str]:
    """Start a command line; its words without `--timezone ZONE`, wherever that stands. Raises typer.BadParameter."""
    _State.chosen, _State.used = "", False
    _of_database.cache_clear()
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
    """The zone of times for people; None is this machine's clock, which is also what TZ sets."""
    if _State.chosen:
        return _zone(_State.chosen)
    if os.environ.get("TZ"):
        return None
    name = _of_database()
    return _zone(name) if name else None


def name() -> str:
    """What people call that clock."""
    return _State.chosen or os.environ.get("TZ", "").lstrip(":") or _of_database() or time.tzname[0]


def named(setting: str) -> "ZoneInfo":
    """The zone of what somebody types, which has a name; `setting` is the setting's. TZ may be no name: then that."""
    from zoneinfo import ZoneInfo

    for zone in (_State.chosen, os.environ.get("TZ", "").lstrip(":")):
        try:
            if zone and _zone(zone):
                return ZoneInfo(zone)
        except typer.BadParameter:
            continue
    return ZoneInfo(setting)


def local(at: int) -> datetime:
    """A moment, microseconds UTC, on the clock of people. From now on this command line says whose clock that is."""
    _State.used = True
    return datetime.fromtimestamp(at // 1_000_000, here()).replace(microsecond=at % 1_000_000)


def footer() -> str:
    """What says whose clock the times are of, once; "" if no time was shown."""
    shown, _State.used = _State.used, False
    return f"times: {name()}" if shown else ""


def _zone(zone: str) -> tzinfo:
    if zone == "UTC":
        return UTC  # without zoneinfo, which takes a while to load
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
def _of_database() -> str:
    """The setting's timezone; "" where no database can be read."""
    from warmline.store.configuration.timezone import timezone
    from warmline.store.database.database import StoreError
    from warmline.system import settings

    try:
        return timezone(settings.load().db)
    except (StoreError, settings.SettingsError):
        return ""
