"""Recordings: in the database and the files of this machine, or over the API at the app of a login."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path, PurePath
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from warmline.centre import app_client
from warmline.centre.app_answer import AppAnswer, AppRefused
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.database.errors import Conflict
from warmline.store.database.reading import Row
from warmline.store.recordings.recording_places import every_place
from warmline.store.reports import filter_names_check, recordings
from warmline.store.reports.call_filter import CallFilter
from warmline.store.reports.recording_files import PIECE, RecordingFiles
from warmline.system.current_user import login_name
from warmline.system.settings import Settings
from warmline.system.whole_file import to_disk
from warmline.text.iso_time import iso, of_iso


class SavedRecording(NamedTuple):
    """A recording as both places describe it; times are in microseconds UTC, and `length_ms` in milliseconds.

    `name` is the name of its file, and `path` its place on this machine.
    """

    id: str
    call: str
    customer: str
    agent: str
    full_name: str
    kind: str
    reason: str
    status: str
    cause: str
    asked: int
    started: int | None
    ended: int | None
    length_ms: int
    name: str
    path: str = ""


class MadeLink(NamedTuple):
    """A link to a recording: its whole address, and its end in microseconds UTC."""

    url: str
    until: int


class RecordingRecords(Protocol):
    """The recordings of a place. Each method raises NotFound, StoreError, AppAway, AppRefused."""

    def listed(self, start: int, end: int, now: int, asked: Mapping[str, str]) -> list[SavedRecording]:
        """Return the recordings of the calls of a period, the last one first.

        `asked` are filters by name: call, campaign, ingroup, agent, number.
        """

    def find(self, recording: str) -> SavedRecording:
        """Return the recording with that id."""

    def pieces(self, recording: SavedRecording) -> Iterator[bytes]:
        """Yield the file of a recording. Raises OSError, too."""

    def link(self, recording: str, days: int | None) -> MadeLink:
        """Make a link that plays a recording for so many days, by default for as many as the setting allows."""

    def unlink(self, recording: str) -> None:
        """End the links to a recording; "" for the links to all recordings."""


def at(where: Place) -> RecordingRecords:
    """Return the recordings of a place."""
    return choose(where, MachineRecordings, AppRecordings)


class MachineRecordings:
    """The recordings in the database and the files of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def listed(self, start: int, end: int, now: int, asked: Mapping[str, str]) -> list[SavedRecording]:
        path = self.settings.db
        filter_names_check.check(
            path, **{kind: name for kind, name in asked.items() if kind in filter_names_check.RECORDS}
        )
        wanted: dict[str, Any] = dict(asked)
        found = recordings.newest(path, CallFilter(start=start, end=end, **wanted), now, sys.maxsize)
        return list(map(_of_row, found))

    def find(self, recording: str) -> SavedRecording:
        return _of_row(recordings.find(self.settings.db, recording))

    def pieces(self, recording: SavedRecording) -> Iterator[bytes]:
        with RecordingFiles(every_place(self.settings), self.settings.db).open(recording.path) as file:
            while piece := file.read(PIECE):
                yield piece

    def link(self, recording: str, days: int | None) -> MadeLink:
        from warmline.centre import api_port
        from warmline.store.lookups import signed_recording_links

        maker, name = signed_recording_links.LocalMaker(login_name()), PurePath(self.find(recording).path).name
        try:
            made = signed_recording_links.make(self.settings.db, [recording], maker, int(time.time()), days)
            if not made:
                raise signed_recording_links.switched_off(maker.client)
        except signed_recording_links.LinkRefused as why:
            raise AppRefused(why.code, "{why}", why=why) from None
        return MadeLink(api_port.address(self.settings) + made[0].path(recording, name), made[0].until * 1_000_000)

    def unlink(self, recording: str) -> None:
        from warmline.store.lookups import signed_recording_links

        signed_recording_links.revoke(self.settings.db, recording)


class AppRecordings:
    """The recordings over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def listed(self, start: int, end: int, now: int, asked: Mapping[str, str]) -> list[SavedRecording]:
        query = {**asked, "between": f"{iso(start)}..{iso(end)}"}
        return list(map(_of_json, app_client.pages(self.login, "recordings", query, "id", sys.maxsize)))

    def find(self, recording: str) -> SavedRecording:
        return _of_json(app_client.get(self.login, f"recordings/{quote(recording, safe='')}/details"))

    def pieces(self, recording: SavedRecording) -> Iterator[bytes]:
        from warmline.centre.remote_connection import RemoteConnection

        with closing(RemoteConnection(self.login, app_client.WITHIN)) as app:
            found = app.fetch(f"recordings/{quote(recording.id, safe='')}")
            if isinstance(found, AppAnswer):
                app_client.check_rights(app, found)
                raise app.not_ours()
            yield from found.pieces

    def link(self, recording: str, days: int | None) -> MadeLink:
        told = app_client.send(self.login, "POST", _links_of(recording), {"days": days} if days else {})
        return MadeLink(self.login.url + told["path"], of_iso(told["until"]))

    def unlink(self, recording: str) -> None:
        app_client.send(self.login, "DELETE", _links_of(recording) if recording else "recordings/links")


def _links_of(recording: str) -> str:
    return f"recordings/{quote(recording, safe='')}/link"


def save(source: RecordingRecords, recording: SavedRecording, folder: Path) -> Path:
    """Write the file of a recording of `source` into a folder, which is made if it is missing; return its path.

    Raises Conflict if there is such a file; OSError, NotFound, AppAway, AppRefused.
    """
    file = folder / (PurePath(recording.name).name.lstrip(".") or recording.call)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        target = file.open("xb")
    except FileExistsError:
        raise Conflict(
            "recording_file_exists",
            "{file} exists and is not replaced; move it, or choose another folder with --to",
            file=file,
        ) from None
    try:
        with target:
            for piece in source.pieces(recording):
                target.write(piece)
        to_disk(file)
    except OSError as error:
        file.unlink()
        raise OSError(error.errno, error.strerror, error.filename or str(file)) from None
    except BaseException:
        file.unlink()
        raise
    return file


def _of_row(row: Row) -> SavedRecording:
    path = str(row["converted_path"] or row["path"])
    same = {name: row[name] for name in SavedRecording._fields if name in row}
    return SavedRecording(**same | {"length_ms": row["length"], "name": PurePath(path).name, "path": path})


def _of_json(row: Mapping[str, Any]) -> SavedRecording:
    known = {name: row[name] for name in SavedRecording._fields if name in row}
    return SavedRecording(**known | {name: row[name] and of_iso(row[name]) for name in ("asked", "started", "ended")})
