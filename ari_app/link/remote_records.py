"""Writes of records, audio of recordings and sessions of users, as the API process asks the call process for them."""

from collections.abc import Callable

import msgspec

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.frames import LARGEST
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
from ari_app.link.privileged_writes import PrivilegedWrite, WriteClient, WriteOutcome, WriteRefused
from ari_app.link.record_requests import KINDS
from ari_app.link.record_writes import RecordWrite
from ari_app.link.recording_audio import PIECE, AudioPiece
from warmline.store.configuration.user_sessions import LASTS, NewSession
from warmline.store.database.database import StoreError

WITHIN = 10.0  # seconds for an answer; a write may wait 5 s for the database
LARGEST_WRITE = LARGEST - 4096  # bytes of a privileged write; the rest is for its token and the frame


class RemoteRecords:
    """RecordWriter, AudioSource and SessionMaker over the connection `link`."""

    def __init__(self, link: CallLink) -> None:
        self._link = link

    async def write(self, wanted: RecordWrite) -> int:
        """Make a change. Raises StoreError also if the call process is away; the change may have been made then."""
        answer = await self._ask(lambda number: WriteRecord(number, wanted))
        if isinstance(answer, RecordWritten) and not answer.kind:
            return answer.result
        raise _error(answer)

    async def piece(self, recording: str, token: str, offset: int, most: int = PIECE) -> AudioPiece:
        """Return a piece of a recording's file. Raises StoreError also if the call process is away."""
        answer = await self._ask(lambda number: ReadAudio(number, recording, token, offset, most))
        if isinstance(answer, AudioRead) and answer.piece:
            return answer.piece
        raise _error(answer)

    async def begin(self, user: str, password: str, program: str, lasts: int = LASTS) -> NewSession:
        """Begin a session. Raises StoreError also if the call process is away."""
        answer = await self._ask(lambda number: BeginSession(number, user, password, program, lasts))
        if isinstance(answer, SessionBegun) and answer.session:
            return answer.session
        raise _error(answer)

    async def end(self, token: str) -> bool:
        """End a session. Raises StoreError also if the call process is away."""
        answer = await self._ask(lambda number: EndSession(number, token))
        if isinstance(answer, RecordWritten) and not answer.kind:
            return bool(answer.result)
        raise _error(answer)

    async def _ask(self, message: Callable[[int], Request]) -> Answer:
        try:
            return await self._link.ask(message, WITHIN)
        except CallProcessAway as away:
            raise StoreError(away.code, "{why}", why=away) from None
        except TimeoutError:
            raise StoreError(
                "call_process_silent", "the call process has not answered in {limit:.0f} s", limit=WITHIN
            ) from None


class RemotePrivileged:
    """PrivilegedWriter over the connection `link`."""

    def __init__(self, link: CallLink) -> None:
        self._link = link

    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make a change. Raises CallProcessAway also if the answer is lost; the change may have been made then."""
        if (size := len(msgspec.msgpack.encode(wanted))) > LARGEST_WRITE:
            raise WriteRefused(
                "write_too_large",
                "the changes have {size} bytes; allowed: {most}; make fewer at once",
                size=size,
                most=LARGEST_WRITE,
            )
        try:
            answer = await self._link.ask(lambda number: WritePrivileged(number, wanted, client.token), WITHIN)
        except TimeoutError:
            raise CallProcessAway(
                "change_unconfirmed",
                "the call process has not answered in {limit:.0f} s, and may have made the change; read it again",
                sent=True,
                limit=WITHIN,
            ) from None
        if isinstance(answer, PrivilegedWritten) and answer.outcome:
            return answer.outcome
        raise _error(answer)


def _error(answer: Answer) -> Exception:
    kind, code, why = (str(getattr(answer, name, "")) for name in ("kind", "code", "why"))
    return KINDS.get(kind, StoreError)(code or "internal_error", "{why}", why=why)
