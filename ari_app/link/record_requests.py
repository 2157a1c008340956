"""Answers requests about leads, recordings, the configuration and sessions in the call process, without any call."""

from collections.abc import Mapping

from ari_app.link.call_server import Handler
from ari_app.link.messages import (
    Answer,
    AudioRead,
    BeginSession,
    EndSession,
    PrivilegedWritten,
    ReadAudio,
    RecordWritten,
    Request,
    SessionBegun,
    WritePrivileged,
    WriteRecord,
)
from ari_app.link.privileged_writes import PrivilegedThread, WriteRefused
from ari_app.link.record_writes import RecordWriter, SessionMaker
from ari_app.link.recording_audio import AudioRefused, AudioSource
from warmline.options.values.entity import OptionError
from warmline.store.configuration.user_sessions import LoginLocked, LoginRefused
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.text.coded_error import CodedError

# The errors that an answer can have, by their names on the wire.
KINDS: dict[str, type[CodedError]] = {
    "not found": NotFound,
    "conflict": Conflict,
    "option": OptionError,
    "refused": AudioRefused,
    "write refused": WriteRefused,
    "login locked": LoginLocked,
    "login": LoginRefused,
    "database": StoreError,
}


class RecordRequests:
    """The requests that `records`, `audio`, `privileged` and `sessions` answer."""

    def __init__(
        self, records: RecordWriter, audio: AudioSource, privileged: PrivilegedThread, sessions: SessionMaker
    ) -> None:
        self._records, self._audio, self._privileged, self._sessions = records, audio, privileged, sessions

    def handlers(self) -> Mapping[type[Request], Handler]:
        """Return the functions that answer, by the type of the request."""
        return {
            WriteRecord: self._write,
            WritePrivileged: self._change,
            ReadAudio: self._read,
            BeginSession: self._begin_session,
            EndSession: self._end_session,
        }

    async def _write(self, request: Request) -> Answer:
        assert isinstance(request, WriteRecord)
        try:
            return RecordWritten(request.id, await self._records.write(request.write))
        except CodedError as error:
            return RecordWritten(request.id, 0, *_named(error))

    async def _change(self, request: Request) -> Answer:
        assert isinstance(request, WritePrivileged)
        try:
            return PrivilegedWritten(request.id, await self._privileged.write_for(request.write, request.token))
        except CodedError as error:
            return PrivilegedWritten(request.id, None, *_named(error))

    async def _read(self, request: Request) -> Answer:
        assert isinstance(request, ReadAudio)
        try:
            asked = request.recording, request.token, request.offset, request.most
            return AudioRead(request.id, await self._audio.piece(*asked))
        except CodedError as error:
            return AudioRead(request.id, None, *_named(error))

    async def _begin_session(self, request: Request) -> Answer:
        assert isinstance(request, BeginSession)
        try:
            made = await self._sessions.begin(request.user, request.password, request.program, request.lasts)
        except CodedError as error:
            return SessionBegun(request.id, None, *_named(error))
        return SessionBegun(request.id, made)

    async def _end_session(self, request: Request) -> Answer:
        assert isinstance(request, EndSession)
        try:
            return RecordWritten(request.id, int(await self._sessions.end(request.token)))
        except CodedError as error:
            return RecordWritten(request.id, 0, *_named(error))


def _named(error: Exception) -> tuple[str, str, str]:
    """Return an error's name on the wire, its code and its sentence."""
    kind = next((name for name, kind in KINDS.items() if isinstance(error, kind)), "database")
    return kind, error.code if isinstance(error, CodedError) else "database_unusable", str(error)
