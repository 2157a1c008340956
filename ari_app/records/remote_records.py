"""Writes of records, audio of recordings and sessions of users, as the API process asks the call process for them."""

from typing import Protocol

import msgspec

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.frames import LARGEST
from ari_app.link.requests import remote
from ari_app.records.agent_api_tickets import TicketMaker
from ari_app.records.privileged_write_types import PrivilegedWrite
from ari_app.records.privileged_writes import TokenWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker
from ari_app.records.write_results import WriteClient, WriteOutcome, WriteRefused
from warmline.store.database.database import StoreError

WITHIN = 10.0  # seconds for an answer; a write may wait 5 s for the database
LARGEST_WRITE = LARGEST - 4096  # bytes of a privileged write; the rest is for its token and the frame


class Records(RecordWriter, AudioSource, SessionMaker, TicketMaker, Protocol):
    """The requests about records that belong to no call."""


def remote_records(link: CallLink) -> Records:
    """Return the records of the call process.

    A method raises StoreError also if the call process is away; a change may have been made then.
    """
    return remote(Records, link, WITHIN, _unanswered)


def _unanswered(error: CallProcessAway | TimeoutError) -> StoreError:
    if isinstance(error, CallProcessAway):
        return StoreError(error.code, "{why}", why=error)
    return StoreError("call_process_silent", "the call process has not answered in {limit:.0f} s", limit=WITHIN)


class RemotePrivileged:
    """PrivilegedWriter over the connection `link`."""

    def __init__(self, link: CallLink) -> None:
        self._writer = remote(TokenWriter, link, WITHIN, _unconfirmed)

    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make a change. Raises CallProcessAway also if the answer is lost; the change may have been made then."""
        if (size := len(msgspec.msgpack.encode(wanted))) > LARGEST_WRITE:
            raise WriteRefused(
                "write_too_large",
                "the changes have {size} bytes; allowed: {most}; make fewer at once",
                size=size,
                most=LARGEST_WRITE,
            )
        return await self._writer.write_for(wanted, client.token)


def _unconfirmed(error: CallProcessAway | TimeoutError) -> CallProcessAway:
    if isinstance(error, CallProcessAway):
        return error
    return CallProcessAway(
        "change_unconfirmed",
        "the call process has not answered in {limit:.0f} s, and may have made the change; read it again",
        sent=True,
        limit=WITHIN,
    )
