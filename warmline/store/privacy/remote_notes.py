"""The notes of scripts on other servers' machines with a person's number, until the app has fetched them."""

import time
from pathlib import Path
from typing import Any

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.privacy.subject_access import SubjectRecords
from warmline.store.privacy.waiting_notes import about, content_of
from warmline.store.privacy.waiting_records import ErasedWaiting
from warmline.store.recordings.remote_files import RemoteFiles
from warmline.system.gate_protocol import NOTES_MOST
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings

FETCHED_WITHIN = 5.0  # seconds; the app looks once a second
LOOK = 0.2  # seconds between two looks at the notes there


class RemoteNotes:
    """The notes behind the gates of all servers but `main`, whose spool is that of the app.

    The app fetches each note within a second, and the spool here is looked through next. Only the sound files of texts
    that scripts have said are deleted there.
    `unreached` has the servers that could not be asked, and why.
    """

    def __init__(self, settings: Settings) -> None:
        others = [one for one in every_server(settings) if one.name != MAIN_SERVER]
        self._servers = {one.name: RemoteFiles(one, settings.db, "notes") for one in others}
        self.unreached: dict[str, str] = {}

    def names(self, file: str) -> bool:
        """Return whether a name that `find` or `erase` returned is of a note on another machine."""
        return file.partition(":")[0] in self._servers and ":/" not in file

    def find(self, person: SubjectRecords) -> list[dict[str, Any]]:
        """Return the person's notes that wait there."""
        return [note for server in self._servers for note in self._waiting(server, person)[0]]

    def erase(self, person: SubjectRecords) -> ErasedWaiting:
        """Delete the sound files, and wait until the app has fetched the person's notes; those that stay are `left`."""
        until, left = time.monotonic() + FETCHED_WITHIN, list[str]()
        for server, files in self._servers.items():
            try:
                files.delete_speech()
            except OSError as error:
                self.unreached[server] = error.strerror or str(error)
                continue
            found, is_whole = self._waiting(server, person)
            while (found or not is_whole) and time.monotonic() < until:
                time.sleep(LOOK)
                found, is_whole = self._waiting(server, person)
            left += dict.fromkeys(note["file"] for note in found)
            if not is_whole and server not in self.unreached:
                self.unreached[server] = f"more than {NOTES_MOST} notes wait there"
        return ErasedWaiting(0, tuple(left))

    def _waiting(self, server: str, person: SubjectRecords) -> tuple[list[dict[str, Any]], bool]:
        """Return the person's notes on a server, and whether these are all."""
        try:
            notes = self._servers[server].notes()
        except OSError as error:
            self.unreached[server] = error.strerror or str(error)
            return [], True
        self.unreached.pop(server, None)
        found = []
        for name, text in notes.items():
            content = content_of(Path(name).name, text.encode())
            found += [note | {"file": f"{server}:{name}"} for note in about(Path(name), content, person)]
        return found, len(notes) < NOTES_MOST
