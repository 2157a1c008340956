"""Answers the app's requests about recordings of this machine. The gate passes them on, and has checked who asks."""

import asyncio
import hashlib
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from aiohttp import web

from ari_app.recordings import recording_measurement
from ari_app.recordings.recording_conversion import converted
from warmline.core.messages.recording_messages import RecordingConverted
from warmline.options.campaign.campaign_options import FORMATS
from warmline.store.reports.recording_files import inside, open_inside
from warmline.system import media_protocol
from warmline.system.media_protocol import CHANGED_HEADER, SIZE_HEADER, VERSION_HEADER

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = logging.getLogger("warmline.media")


class MediaAnswers:
    """The recordings in a folder, which nothing outside it can be."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._converting: dict[tuple[str, str], asyncio.Task[RecordingConverted]] = {}  # by name and format

    def application(self) -> web.Application:
        """Return the application with all routes."""
        made = web.Application(middlewares=[_errors])
        made.router.add_get(media_protocol.FILE, self._piece)
        made.router.add_delete(media_protocol.FILE, self._delete)
        made.router.add_get(media_protocol.DIGEST, self._digest)
        made.router.add_post(media_protocol.MEASURE, self._measure)
        made.router.add_post(media_protocol.CONVERT, self._convert)
        return made

    async def _piece(self, request: web.Request) -> web.Response:
        query = request.query
        offset, most = int(query["offset"]), int(query["most"])
        if offset < 0 or not 0 <= most <= media_protocol.PIECE:
            raise ValueError(f"most is {most}; allowed: 0 to {media_protocol.PIECE}, from offset 0 on")
        found, data = await asyncio.to_thread(_read, self._folder, query["path"], offset, most)
        headers = {SIZE_HEADER: str(found.st_size), CHANGED_HEADER: str(found.st_mtime_ns)}
        return web.Response(body=data, headers=headers)

    async def _delete(self, request: web.Request) -> web.Response:
        path = request.query["path"]
        await asyncio.to_thread(_unlink, self._folder, path)
        log.info("recording %s is deleted for the app", path)
        return web.Response(status=204)

    async def _digest(self, request: web.Request) -> web.Response:
        digest = await asyncio.to_thread(_sha256, self._folder, request.query["path"])
        return web.json_response({"sha256": digest})

    async def _measure(self, request: web.Request) -> web.Response:
        folder, name = Path(self._folder), self._name(request)
        return web.json_response(asdict(await asyncio.to_thread(recording_measurement.measure, folder, name)))

    async def _convert(self, request: web.Request) -> web.Response:
        name, form = self._name(request), request.query["format"]
        if form not in FORMATS:
            raise ValueError(f"format is {form!r}; allowed: {', '.join(FORMATS)}")
        return web.json_response(asdict(await asyncio.shield(self._conversion(name, form))))

    def _conversion(self, name: str, form: str) -> "asyncio.Task[RecordingConverted]":
        """Return the conversion of a recording. It goes on without an app, and one that asks again waits for it.

        Two at once would write the same file, and one could name the half of the other.
        """
        piece = name, form
        if piece not in self._converting:
            work = self._converting[piece] = asyncio.create_task(converted(Path(self._folder), name, form))
            work.add_done_callback(lambda _: self._converting.pop(piece))
        return self._converting[piece]

    def _name(self, request: web.Request) -> str:
        """Return the name of a recording whose file would be in the folder. Raises PermissionError."""
        name = request.query["name"]
        inside(self._folder, str(Path(self._folder, f"{name}.wav")))  # joined as the work joins them
        return name


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors in JSON, and refuse a program with other words."""
    version = request.headers.get(VERSION_HEADER, "none")
    if version != media_protocol.VERSION:
        why = f"the app speaks version {version} of these requests, and this server {media_protocol.VERSION}"
        return _error(412, f"{why}; install the same Warmline on both")
    try:
        return await handler(request)
    except FileNotFoundError as error:
        return _error(404, error.strerror or str(error))
    except PermissionError as error:
        return _error(403, error.strerror or str(error))
    except OSError as error:
        return _error(503, error.strerror or str(error))
    except (KeyError, ValueError) as error:
        return _error(400, f"the request cannot be used: {error}")


def _error(status: int, why: str) -> web.Response:
    return web.json_response({"message": why}, status=status)


def _read(folder: str, path: str, offset: int, most: int) -> tuple[os.stat_result, bytes]:
    with open_inside(folder, path) as file:
        return os.fstat(file.fileno()), os.pread(file.fileno(), most, offset)


def _unlink(folder: str, path: str) -> None:
    with suppress(FileNotFoundError):
        os.lstat(path)  # outside the folder, too: an administrator may have deleted it
        inside(folder, path).unlink()


def _sha256(folder: str, path: str) -> str:
    digest = hashlib.sha256()
    with open_inside(folder, path) as file:
        while some := file.read(media_protocol.PIECE):
            digest.update(some)
    return digest.hexdigest()
