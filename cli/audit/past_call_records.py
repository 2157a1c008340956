"""Past calls: in the database of this machine, or over the API at the app of a login."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from cli.arguments.call_filter_options import asked_calls, check_words
from cli.arguments.time_options import Period
from cli.output.time_format import iso, of_iso
from warmline.centre import app_client, recording_records
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.database.reading import Row
from warmline.system.settings import Settings

if TYPE_CHECKING:
    from warmline.store.calls.call_story import CallStory


class PastCallRecords(Protocol):
    """The past calls of a place. Each method raises NotFound, StoreError, AppAway, AppRefused."""

    def listed(self, of: Period, asked: Mapping[str, Any], most: int, *, newest: bool) -> Iterator[Row]:
        """Yield the calls of a period, the oldest first or the `newest`; at most `most`, 0 for all.

        `asked` are the options of `audit calls` by name. Raises typer.BadParameter for an invalid one.
        """

    def story(self, wanted: str) -> "CallStory":
        """Return the story of a call, by its id, the beginning of its id, or `last`. Raises Conflict, too."""


def at(where: Place) -> PastCallRecords:
    """Return the past calls of a place."""
    return choose(where, DatabaseCalls, AppCalls)


class DatabaseCalls:
    """The past calls in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def listed(self, of: Period, asked: Mapping[str, Any], most: int, *, newest: bool) -> Iterator[Row]:
        from warmline.store.reports.calls import calls

        return calls(self.settings.db, asked_calls(of, **asked), of.now, most, newest=newest)

    def story(self, wanted: str) -> "CallStory":
        from warmline.centre import past_calls

        return past_calls.read_story(self.settings, wanted)


class AppCalls:
    """The past calls over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def listed(self, of: Period, asked: Mapping[str, Any], most: int, *, newest: bool) -> Iterator[Row]:
        check_words(asked["transfer"], asked["outcome"], asked["length"], asked["mark"])
        given = {name: value for name, value in asked.items() if value not in ("", None)}
        if "recorded" in given:
            given["recorded"] = "true" if given["recorded"] else "false"
        query = {**given, "between": f"{iso(of.start)}..{iso(min(of.end, of.now + 1))}"}
        found = app_client.pages(self.login, "past-calls", query, "call", most or sys.maxsize)
        return map(_of_json, found if newest else reversed(found))

    def story(self, wanted: str) -> "CallStory":
        from warmline.centre import past_calls

        return past_calls.read_story(self.login, wanted)


def audio_of(where: Place, story: "CallStory") -> Callable[[str], bytes]:
    """Return a function that reads the file of one of a call's recordings, which its path names.

    The function raises OSError, NotFound, AppAway, AppRefused.
    """
    source = recording_records.at(where)
    ids = {row[name]: row["id"] for row in story.recordings for name in ("path", "converted_path")}
    return lambda path: b"".join(source.pieces(source.find(ids[path])))


def _of_json(row: dict[str, Any]) -> Row:
    waited = row["waited_ms"]
    return row | {
        "transfers": row["transfers"] or None,
        "fallback": row["fallback"] or None,
        "marks": row.get("marks") or None,
        "arrived": of_iso(row["arrived"]),
        "waited": None if waited is None else round(waited * 1000),
        "length": round(row["length_ms"] * 1000),
    }
