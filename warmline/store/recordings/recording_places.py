"""The places of recordings: folders of this machine, and servers whose recordings are on another one."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warmline.store.recordings.remote_files import RemoteFiles
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings


@dataclass(frozen=True, slots=True)
class RecordingPlaces:
    """Folders of this machine, and by name the servers that are asked for their files."""

    folders: tuple[str | Path, ...]
    servers: Mapping[str, RemoteFiles] = field(default_factory=dict)

    def remote(self, path: str) -> tuple[RemoteFiles, str] | None:
        """Return who has a file, and its path there; None for a file of this machine. Raises OSError."""
        if not is_remote(path):
            return None
        name, _, there = path.partition(":")
        if name not in self.servers:
            raise OSError(errno.EHOSTUNREACH, f"the settings have no server {name} that could be asked for {there}")
        return self.servers[name], there


Places = str | Path | RecordingPlaces
"""The places of recordings; a path is the only folder."""


def is_remote(path: str) -> bool:
    """Return whether a row's path names a server before it."""
    return ":" in path and not path.startswith("/")


def every_place(settings: Settings) -> RecordingPlaces:
    """Return the places of the recordings of all servers."""
    servers = every_server(settings)
    folders = tuple(dict.fromkeys(one.recordings for one in servers if one.recordings))
    return RecordingPlaces(folders, {one.name: RemoteFiles(one, settings.db) for one in servers if not one.recordings})


def as_places(places: Places) -> RecordingPlaces:
    """Return a folder as places."""
    return places if isinstance(places, RecordingPlaces) else RecordingPlaces((places,))
