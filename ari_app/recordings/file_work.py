"""Measures and converts recordings: those of this machine's folders here, others by the media process that has them."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from ari_app.recordings import recording_measurement
from ari_app.recordings.file_queue import FileQueue
from ari_app.recordings.own_thread import in_own_thread
from ari_app.recordings.recording_conversion import converted
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.recordings.recording_places import every_place
from warmline.store.recordings.remote_files import RemoteFiles
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings


class FileWork:
    """The work on files of all servers, which `done` gets the results of.

    Each server has its own queues, so that one that is away delays no other. A server that the settings no longer have
    is taken for `main`.
    """

    def __init__(self, settings: Settings, done: Callable[[RecordingMeasured | RecordingConverted], None]) -> None:
        places = every_place(settings)
        self._measurements: dict[str, FileQueue[MeasureRecording, RecordingMeasured]] = {}
        self._conversions: dict[str, FileQueue[ConvertRecording, RecordingConverted]] = {}
        for server in every_server(settings):
            name, remote = server.name, places.servers.get(server.name)
            folder = Path(server.recordings)
            measure = partial(_measured_there, remote, name) if remote else partial(_measured, folder)
            convert = partial(_converted_there, remote, name) if remote else partial(_converted, folder)
            self._measurements[name] = FileQueue(measure, done)
            self._conversions[name] = FileQueue(convert, done)

    def take(self, work: MeasureRecording | ConvertRecording) -> None:
        """Queue a piece of work and return at once. Work that is queued already is not queued again."""
        match work:
            case MeasureRecording(server=server):
                self._measurements.get(server, self._measurements[MAIN_SERVER]).ask(work)
            case ConvertRecording(server=server):
                self._conversions.get(server, self._conversions[MAIN_SERVER]).ask(work)

    def parts(self) -> list[Coroutine[Any, Any, None]]:
        """Return what must run, each part without end."""
        measured = [queue.run() for queue in self._measurements.values()]
        return [*measured, *(queue.run() for queue in self._conversions.values())]


async def _measured(folder: Path, asked: MeasureRecording) -> RecordingMeasured:
    return await asyncio.to_thread(recording_measurement.measure, folder, asked.name)


async def _converted(folder: Path, asked: ConvertRecording) -> RecordingConverted:
    return await converted(folder, asked.name, asked.format)


async def _measured_there(remote: RemoteFiles, server: str, asked: MeasureRecording) -> RecordingMeasured:
    found = await in_own_thread(remote.measured, asked.name)
    return RecordingMeasured(**found | {"path": _there(server, found["path"])})


async def _converted_there(remote: RemoteFiles, server: str, asked: ConvertRecording) -> RecordingConverted:
    found = await in_own_thread(remote.converted, asked.name, asked.format)
    return RecordingConverted(**found | {"path": _there(server, found["path"])})


def _there(server: str, path: str) -> str:
    """Return how a row names a path on the machine of a server; "" without a file."""
    return path and f"{server}:{path}"
