"""Reads Asterisk's own records of channels: the CSV files of its CDR and CEL."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warmline.core.model import ids
from warmline.options.values.entity import OptionError

STASIS = "Stasis"
EPOCH = re.compile(r"(?:[\w-]+-)?([0-9]{9,11})\.[0-9]+", re.ASCII)  # the id of a channel of Asterisk

# The columns of a line: cdr_csv with loguniqueid, and the mapping Master.csv in the sample of cel_custom.
CDR = {"app": 7, "data": 8, "start": 9, "answer": 10, "end": 11, "id": 16}
CEL = {"event": 0, "time": 1, "app": 10, "data": 11, "id": 14}
EVENTS = {"CHAN_START": "start", "ANSWER": "answer", "CHAN_END": "end"}


@dataclass(slots=True)
class ChannelRecord:
    """One channel; times in microseconds UTC. `ours`: it entered the app; `left`: it ended in another application."""

    id: str
    start: int | None = None
    answer: int | None = None
    end: int | None = None
    ours: bool = False
    left: bool = False

    def saw(self, what: str, at: int | None) -> None:
        """Add a time from a line; the first start, the first answer and the last end count."""
        known = getattr(self, what)
        if at is not None and (known is None or (at > known if what == "end" else at < known)):
            setattr(self, what, at)


def cdr(path: Path, app: str) -> dict[str, ChannelRecord]:
    """Return the channels of a CDR file; a channel may have several lines. Raises OptionError, OSError."""
    found: dict[str, ChannelRecord] = {}
    for number, line in _lines(path, CDR):
        name = line[CDR["id"]]
        if not name:
            raise OptionError(
                "cdr_no_channel_id",
                "{file}, line {line} has no channel id; set loguniqueid=yes in cdr.conf, section [csv]",
                file=path,
                line=number,
            )
        channel = found.setdefault(name, ChannelRecord(name))
        for what in ("start", "answer", "end"):
            channel.saw(what, _time(line[CDR[what]], name, f"{path}, line {number}"))
        _note_app(channel, line[CDR["app"]], line[CDR["data"]], app)
    return found


def cel(path: Path, app: str) -> dict[str, ChannelRecord]:
    """Return the channels of a CEL file. Raises OptionError, OSError."""
    found: dict[str, ChannelRecord] = {}
    for number, line in _lines(path, CEL):
        name, event = line[CEL["id"]], line[CEL["event"]]
        channel = found.setdefault(name, ChannelRecord(name))
        if what := EVENTS.get(event):
            channel.saw(what, _time(line[CEL["time"]], name, f"{path}, line {number}"))
        _note_app(channel, line[CEL["app"]], line[CEL["data"]], app)
    return found


def _lines(path: Path, columns: dict[str, int]) -> Iterator[tuple[int, Sequence[str]]]:
    with path.open(newline="", errors="replace") as file:
        for number, line in enumerate(csv.reader(file), 1):
            if line and len(line) <= max(columns.values()):
                needs = ", ".join(f"{name} in column {place + 1}" for name, place in columns.items())
                raise OptionError(
                    "cdr_columns_missing",
                    "{file}, line {line} has {columns} columns; required: {needs}",
                    file=path,
                    line=number,
                    columns=len(line),
                    needs=needs,
                )
            if line:
                yield number, line


def _note_app(channel: ChannelRecord, name: str, data: str, app: str) -> None:
    if name:
        here = name == STASIS and data.split(",")[0] == app
        channel.ours, channel.left = channel.ours or here, not here


def _time(text: str, channel: str, where: str) -> int | None:
    """Return a channel's time in microseconds UTC.

    The text has no time zone. Of all readings, the one nearest to the creation time in the channel's id is chosen, or
    UTC if the id has no time.
    """
    if not text:
        return None
    if re.fullmatch(r"[0-9]{9,11}(\.[0-9]+)?", text):
        return int(float(text) * 1e6)
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise OptionError(
            "cdr_time_invalid",
            "{where}: {value!r} is not a time; allowed: 1790000000.5 or 2026-11-20 09:00:00",
            where=where,
            value=text,
        ) from None
    readings = (written.replace(tzinfo=UTC), *(written.replace(fold=fold).astimezone() for fold in (0, 1)))
    times = [int(one.timestamp() * 1e6) for one in readings]
    made = _made(channel)
    return times[0] if made is None else min(times, key=lambda at: abs(at - made))


def _made(channel: str) -> int | None:
    """Return the creation time in a channel's id, which Asterisk or Warmline chose; None if it has none."""
    if own := EPOCH.fullmatch(channel):
        return int(own[1]) * 1_000_000
    return ids.milliseconds(channel) * 1000 if ids.is_ulid(channel) else None
