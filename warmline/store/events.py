"""The journal as a stream: rows in order from any place, and of each what everybody with a token may see."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warmline.store.database import connect

LEG = ("leg",)
FILE = ("name",)

# Of each input, what is told; everything else in it stays here (rules, Stasis arguments, messages).
PUBLIC: dict[str, tuple[str, ...]] = {
    "LegArrived": ("leg", "number", "dialled"),
    "LegRinging": LEG,
    "LegProgress": LEG,
    "LegAnswered": LEG,
    "LegJoined": ("leg", "bridge"),
    "LegLeft": ("leg", "bridge"),
    "LegEnded": LEG,
    "LegGone": ("leg", "cause"),
    "PhoneAway": ("phone",),
    "PhoneBack": ("phone",),
    "TransferAsked": LEG,
    "LegRedirected": ("leg", "target"),
    "BridgeGone": ("bridge",),
    "RecordingStarted": FILE,
    "RecordingFinished": FILE,
    "RecordingFailed": ("name", "cause"),
    "RecordingMeasured": ("name", "bytes", "length", "sha256"),
    "PlayFinished": ("leg", "ok"),
    "FallbackTaken": ("number", "dialled", "reason"),
    "Ask": ("receipt", "by", "source"),
}
COMMAND = ("kind", "number", "ingroup", "to_agent", "status", "pause_code")  # of an Ask's command


@dataclass(frozen=True, slots=True)
class JournalEvent:
    """One row: `data` of the input, `became` as (what, its id, its state). `at` in microseconds, UTC."""

    seq: int
    at: int
    kind: str
    call: str
    agent: str
    data: dict[str, Any] = field(default_factory=dict)
    became: tuple[tuple[str, str, str], ...] = ()


def last(path: str | Path) -> int:
    """The number of the journal's last row, 0 if there is none. Raises StoreError, sqlite3.Error."""
    with closing(connect(path)) as connection:
        return int(connection.execute("SELECT ifnull(max(seq), 0) FROM journal").fetchone()[0])


def after(path: str | Path, seq: int, limit: int) -> list[JournalEvent]:
    """At most `limit` rows behind that number, in order. Raises StoreError, sqlite3.Error."""
    with closing(connect(path)) as connection:
        return list(_events(connection, seq, limit))


def _events(connection: sqlite3.Connection, behind: int, limit: int) -> Iterator[JournalEvent]:
    rows = connection.execute(
        "SELECT seq, at, kind, call, agent, payload FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (behind, limit)
    )
    for seq, at, kind, call, agent, payload in rows:
        yield JournalEvent(seq, at, kind, call, agent, *_told(kind, payload))


def _told(kind: str, payload: str | None) -> tuple[dict[str, Any], tuple[tuple[str, str, str], ...]]:
    """What is told of an input, and what became of whom; nothing of a row that is erased, or was written over."""
    try:
        read = json.loads(payload) if payload else {}
        became = tuple((what, name, state) for what, name, state in read.get("became", ()))
        return _public(kind, read.get("input", {})), became
    except (ValueError, TypeError, AttributeError):  # `audit verify` names such a row
        return {}, ()


def _public(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    told = {name: said[name] for name in PUBLIC.get(kind, ()) if name in said}
    command = said.get("command", {}) if kind == "Ask" else {}
    return told | {("command" if name == "kind" else name): command[name] for name in COMMAND if command.get(name)}
