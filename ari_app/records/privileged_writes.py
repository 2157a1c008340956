"""Writes that need a scope: the configuration, do-not-call numbers and lists of leads.

The call process makes them. It does not rely on the checks of the API process: over the link, each write comes with
the client's token.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import msgspec

from ari_app.link.command_rights import Client, ClientUnknown, client_unknown
from ari_app.link.requests import request
from ari_app.process.counted_threads import CountedThreads
from ari_app.process.logs import about_recording
from ari_app.records import audible_recordings, campaign_check, comment_check
from ari_app.records.audible_recordings import AudioRefused
from ari_app.records.campaign_check import Named
from ari_app.records.large_writes import LargeWrites
from ari_app.records.privileged_write_types import (
    OF_LEADS,
    RESTING,
    AddCallComment,
    AddDncNumbers,
    AddLeads,
    ChangeLeads,
    DeleteCallComment,
    DoOperation,
    LargeWrite,
    PlaceLeads,
    PrivilegedWrite,
    ResetLeads,
    RevokeRecordingLinks,
)
from ari_app.records.recording_audio import FindHolder
from ari_app.records.write_results import WriteClient, WriteOutcome, WriteRefused
from warmline.access.rights import scope_to_change
from warmline.operations.operation import Caller, Done, Operation
from warmline.operations.operation_table import find_operation
from warmline.options.user_options import USER
from warmline.options.values.entity import OptionError
from warmline.store.calls import call_comments
from warmline.store.configuration import token_holder
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.lookups import signed_recording_links

log = logging.getLogger("warmline.api")

BESIDE_CALLS = 4.0  # rest of a write of many rows, as a multiple of the processor time that it takes
WAITING = 20  # writes that wait for the thread, or are in it
LEADS = "leads:write"
# The bounds of operations about no campaign, or whose function looks at them. Of all others, arguments name them.
BY_FUNCTION = ("ENTITY", "NO_CAMPAIGN")
OF_ALL_CAMPAIGNS = "ALL"  # the bound of an operation, as campaign_bounds names it
HELD = ("user:", "token:")  # before the name of who holds a token, see User.client and ApiToken.client
MACHINE = "token:local"  # holds the token of this machine, which no row has


class PrivilegedWriter(Protocol):
    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make the change, or nothing of it.

        Raises WriteRefused, OptionError, NotFound, Conflict, StoreError, CallProcessAway.
        """


class TokenWriter(Protocol):
    @request(OptionError, NotFound, Conflict, ClientUnknown, WriteRefused, StoreError)
    async def write_for(self, wanted: PrivilegedWrite, token: str) -> WriteOutcome:
        """Make the change of a client whose token is checked first, or nothing of it."""


class PrivilegedThread:
    """Writes to the database at `path` in a thread of its own, and writes of many rows in a process.

    After each write it rests, so that neither the journal nor the loop waits long. `holder` finds the user of a ticket
    of the agent API and the non-agent API. `has_calls` tells whether there are live calls. `changed` is called after
    sessions have ended.
    """

    def __init__(
        self,
        path: str,
        holder: FindHolder | None = None,
        has_calls: Callable[[], bool] = lambda: False,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._path = path
        self._has_calls = has_calls
        self._changed = changed
        self._holder = holder
        self._threads = CountedThreads("privileged", 1, WAITING, _too_many)
        self._large = LargeWrites(path)
        self._rests_until = 0.0

    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make the change of a client whose scopes have been checked in this process."""
        return self._told(wanted, await self._threads.run(self._of_client, wanted, client))

    async def write_for(self, wanted: PrivilegedWrite, token: str) -> WriteOutcome:
        """Check the token's scopes first; its name is the person's in the records."""
        holder = await self._holder(token) if self._holder else None
        return self._told(wanted, await self._threads.run(self._checked, wanted, token, holder))

    def _told(self, wanted: PrivilegedWrite, outcome: WriteOutcome) -> WriteOutcome:
        if isinstance(wanted, DoOperation) and _changing(wanted.id).ends_sessions:
            self._changed()
        return outcome

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()
        self._large.close()

    def _of_client(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        known = token_holder.of_token(self._path, client.token) if client.token else None
        is_held = client.token and client.name.startswith(HELD) and client.name != MACHINE
        if is_held:  # its rights may have ended while the write waited
            needed = scopes(self._path, wanted)
            if known is None or not all(map(known.may, needed)):
                raise _not_allowed(needed)
        if known is not None:
            self._check(wanted, known)
        return self._write(wanted, client.name, known)

    def _checked(self, wanted: PrivilegedWrite, token: str, holder: ApiUser | None) -> WriteOutcome:
        client = (holder.user or holder) if holder else token_holder.of_token(self._path, token)
        if client is None:
            raise client_unknown()
        is_shut = holder is not None and holder.needs_session
        if missing := [scope for scope in scopes(self._path, wanted) if is_shut or not client.may(scope)]:
            raise _not_allowed(missing)
        self._check(wanted, client)
        return self._write(wanted, client.client, client)

    def _check(self, wanted: PrivilegedWrite, client: Client) -> None:
        if isinstance(wanted, DoOperation) and not _changing(wanted.id).scope:
            _check_own_account(wanted, client)
        campaign_check.check(self._path, _named_by(wanted), client)
        if isinstance(wanted, AddCallComment | DeleteCallComment):
            comment_check.check(self._path, wanted, client)
        if isinstance(wanted, RevokeRecordingLinks) and wanted.recording:
            try:
                audible_recordings.file_for(self._path, client, wanted.recording)
            except AudioRefused as why:
                raise WriteRefused("write_not_allowed", "{why}", why=why) from None

    def _write(self, wanted: PrivilegedWrite, who: str, client: Client | None) -> WriteOutcome:
        time.sleep(max(0.0, self._rests_until - time.monotonic()))
        began, worked = time.monotonic(), None
        try:
            if not isinstance(wanted, LargeWrite):
                return _made(self._path, wanted, who, client)
            written = self._large.make(wanted, who)
            worked = written.worked
            return written.outcome
        finally:
            length = time.monotonic() - began
            self._rests_until = began + length + self._rest(wanted, length, worked)

    def _rest(self, wanted: PrivilegedWrite, length: float, worked: float | None) -> float:
        """Return the rest after a write of this length. One of many rows has rested for the time it has not worked."""
        if not isinstance(wanted, RESTING):
            return length
        if not self._has_calls():
            return 0.0
        return BESIDE_CALLS * length if worked is None else max(0.0, (1 + BESIDE_CALLS) * worked - length)


def scopes(path: str, wanted: PrivilegedWrite) -> set[str]:
    """Return the scopes that a write takes. Raises NotFound (a revision), Conflict, OptionError, StoreError."""
    if isinstance(wanted, OF_LEADS):
        return {LEADS}
    match wanted:
        case DoOperation(name, arguments):
            known = _changing(name)
            return known.scopes_of(path, known.read(arguments))
        case RevokeRecordingLinks(recording):
            return {signed_recording_links.SCOPE} if recording else {scope_to_change(USER.kind)}
    return {comment_check.SCOPE}


def _named_by(wanted: PrivilegedWrite) -> Named:
    """Return the campaigns, lists and entities that a write names."""
    match wanted:
        case DoOperation(name, arguments):
            known = _changing(name)
            given = known.read(arguments)
            campaigns, lists = known.named("campaign", given), known.named("list", given)
            unsaid = not campaigns and not lists and known.campaigns not in BY_FUNCTION
            return Named(campaigns, lists, everything=unsaid or known.campaigns == OF_ALL_CAMPAIGNS)
        case AddDncNumbers():
            return Named(campaigns=(wanted.campaign,))
        case ResetLeads() | PlaceLeads():
            return Named(lists=(wanted.list_id,))
        case AddLeads(list_id, duplicates=duplicates):
            return Named(lists=(list_id,), everything=duplicates == "system")
        case ChangeLeads():
            return Named(lists=(wanted.list_id, wanted.to_list or "", wanted.against))
        case RevokeRecordingLinks(recording) if recording:
            return Named()  # audible_recordings checks it
        case AddCallComment() | DeleteCallComment():
            return Named()  # comment_check checks it
    return Named(everything=True)


def _check_own_account(wanted: DoOperation, client: Client) -> None:
    """Check that a user changes the own account in a session that may. Raises WriteRefused."""
    is_free = isinstance(client, User) and (not client.is_gated or _changing(wanted.id).before_own_password)
    if not (is_free and isinstance(client, User) and client.has_account):
        raise _not_allowed(["a session of a user"])


def _not_allowed(missing: Iterable[str]) -> WriteRefused:
    return WriteRefused(
        "write_not_allowed",
        "the token may not make this change; it lacks {scopes}",
        scopes=", ".join(sorted(missing)),
    )


def _too_many(count: int) -> WriteRefused:
    return WriteRefused("changes_wait", "{count} changes wait; try again later", count=count)


def _changing(name: str) -> Operation[..., Any]:
    """Return an operation that changes records, by its id. Raises WriteRefused for any other."""
    known = find_operation(name)
    if known is None or known.done is not Done.RECORDS or known.is_read or known.has_steps:
        raise WriteRefused("operation_unknown", "{name} is no operation that changes records", name=name)
    return known


def _made(path: str, wanted: PrivilegedWrite, who: str, client: Client | None) -> WriteOutcome:
    match wanted:
        case DoOperation(name, arguments):
            known = _changing(name)
            agents = client.bound(known.scope) if isinstance(client, User) and known.scope else None
            campaigns = None if client is None or isinstance(client, ApiToken) else client.campaigns
            done = known.run(Caller(who, path, agents, campaigns, client=client), known.read(arguments))
            return WriteOutcome(1, answer=msgspec.json.encode(done))
        case RevokeRecordingLinks(recording):
            signed_recording_links.revoke(path, recording)
            log.info(
                "%s revokes the links to %s",
                who,
                f"recording {recording}" if recording else "all recordings",
                extra=about_recording(recording) if recording else None,
            )
        case AddCallComment(call, comment, mark):
            return WriteOutcome(1, comment=call_comments.add(path, call, comment, mark, who=who))
        case DeleteCallComment(call, number):
            call_comments.delete(path, call, number)
            log.info("%s deletes comment %s on call %s", who, number, call)
    return WriteOutcome(1)
