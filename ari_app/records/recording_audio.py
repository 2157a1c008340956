"""Reads the audio of recordings for clients of the APIs, in pieces, after a check of their token."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from ari_app.link.command_rights import ClientUnknown, client_unknown
from ari_app.link.requests import request
from ari_app.process.counted_threads import CountedThreads
from ari_app.process.logs import about_recording
from ari_app.records import audible_recordings
from ari_app.records.audible_recordings import SCOPE, AudioRefused
from warmline.store.configuration import token_holder
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import LinkRefused, Maker, RecordingLink
from warmline.store.recordings.recording_places import Places, is_remote
from warmline.store.reports import recordings

__all__ = ["PIECE", "SCOPE", "AudioPiece", "AudioRefused", "AudioSource", "AudioThreads"]

PIECE = 64 * 1024  # bytes
AT_ONCE = 2  # threads
WAITING = 32  # pieces that wait for a thread, or are in one
Offset = Annotated[int, Meta(le=2**63 - 1)]  # bytes
Size = Annotated[int, Meta(ge=0, le=PIECE)]  # bytes
LINKS = 500  # in a request
Recordings = Annotated[list[str], Meta(max_length=LINKS)]
Days = Annotated[int, Meta(ge=1, le=7)]
NOTED = 1000  # pairs of client and recording

log = logging.getLogger("warmline.api")

FindHolder = Callable[[str], Awaitable[ApiUser | None]]
"""Returns the user of a ticket, or None. Raises StoreError."""


class AudioPiece(Struct, frozen=True):
    """A piece of a file. `name` is the file's, `size` that of the whole file in bytes, `changed` when it changed last.

    `changed` is in nanoseconds since 1970, UTC.
    """

    name: str
    size: int
    changed: int
    data: bytes


class AudioSource(Protocol):
    @request(AudioRefused, NotFound, StoreError)
    async def piece(self, recording: str, token: str, offset: Offset, most: Size = PIECE) -> AudioPiece:
        """Return at most `most` bytes of a recording's file from `offset` on, PIECE at the most.

        Raises AudioRefused, StoreError.
        """

    @request(AudioRefused, ClientUnknown, NotFound, StoreError)
    async def links(self, recordings: Recordings, token: str, days: Days | None = None) -> list[str]:
        """Return a signed link to each recording, in the form of a token; none if the client may make none.

        The links are valid for so many days, by default for as many as the setting allows.
        Raises AudioRefused, ClientUnknown, StoreError.
        """


class AudioThreads:
    """Reads the files at `places` of the recordings in the database at `db`, in threads of its own.

    `holder` finds the user of a ticket of the non-agent API.
    """

    def __init__(self, places: Places, db: str, holder: FindHolder | None = None) -> None:
        self._places, self._db, self._holder = places, db, holder
        self._threads = CountedThreads("audio", AT_ONCE, WAITING, _too_many)
        self._remote = CountedThreads("remote-audio", AT_ONCE, WAITING, _too_many)  # they may wait for a network
        self._noted: set[tuple[str, str]] = set()  # clients and recordings in the log

    async def piece(self, recording: str, token: str, offset: int, most: int = PIECE) -> AudioPiece:
        """Return a piece. The first one that a client reads of a file is logged, and each from its beginning."""
        path, name = await self._threads.run(self._find, recording, token)
        threads = self._remote if is_remote(path) else self._threads
        return await threads.run(self._read, recording, path, name, offset, most)

    async def links(self, recordings: list[str], token: str, days: int | None = None) -> list[str]:
        """Return links. Each one is logged with its maker, and with its end."""
        holder = await self._holder(token) if self._holder else None
        return await self._threads.run(self._make, recordings, token, holder, days)

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()
        self._remote.close()

    def _find(self, recording: str, token: str) -> tuple[str, str]:
        """Return the path of a recording's file for a client who may hear it, and how the log names the client."""
        client, name = self._client(recording, token)
        return audible_recordings.file_for(self._db, client, recording), name

    def _read(self, recording: str, path: str, name: str, offset: int, most: int) -> AudioPiece:
        try:
            found, data = recordings.piece(self._places, path, offset, min(most, PIECE))
        except (OSError, ValueError) as error:
            log.warning("recording %s cannot be read: %s", recording, error, extra=about_recording(recording))
            raise AudioRefused(
                "recording_unreadable", "the file of recording {recording!r} cannot be read", recording=recording
            ) from None
        if data:
            self._note(name, recording, begins=not offset)
        return AudioPiece(found.name, found.size, found.changed, data)

    def _make(self, recordings: list[str], token: str, holder: ApiUser | None, days: int | None) -> list[str]:
        maker = (holder.user or holder) if holder else token_holder.of_token(self._db, token)
        if maker is None:
            raise client_unknown()
        if (holder and holder.needs_session) or not maker.may(SCOPE):
            raise audible_recordings.not_allowed()
        try:
            made = signed_recording_links.make(self._db, recordings, maker, int(time.time()), days)
        except LinkRefused as why:
            raise AudioRefused(why.code, "{why}", why=why) from None
        except OSError as error:
            log.error("no link to a recording can be signed: %s", error)
            return []
        for recording, link in zip(recordings, made, strict=False):
            log.info("%s makes a link to recording %s", link.by, recording, extra=about_recording(recording))
        return [link.token for link in made]

    def _client(self, recording: str, token: str) -> tuple[Maker | None, str]:
        """Return the client who holds a token, or the maker of a link, and how the log names them."""
        link = RecordingLink.of_token(token)
        if link is None:
            client = token_holder.of_token(self._db, token)
            return client, client.client if client else ""
        try:
            maker = signed_recording_links.check(self._db, recording, link, int(time.time()))
        except LinkRefused as why:
            raise AudioRefused(why.code, "{why}", why=why) from None
        except OSError as error:
            log.error("no link to a recording can be checked: %s", error)
            raise audible_recordings.not_allowed() from None
        return maker, f"the holder of a link of {maker.client}"

    def _note(self, client: str, recording: str, *, begins: bool) -> None:
        """Log a read of the first bytes, and the first read of other ones, with which a client may begin, too."""
        if begins or (client, recording) not in self._noted:
            log.info("%s reads recording %s", client, recording, extra=about_recording(recording))
        if len(self._noted) >= NOTED:
            self._noted.clear()
        self._noted.add((client, recording))


def _too_many(count: int) -> AudioRefused:
    return AudioRefused("recordings_busy", "{count} clients read recordings; try again later", count=count)
