"""Writes that need a scope: the configuration, do-not-call numbers and lists of leads.

The call process makes them. It does not rely on the checks of the API process: over the link, each write comes with
the client's token.
"""

import time
from collections.abc import Iterable
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

from ari_app.link.requests import Line, request
from ari_app.process.counted_threads import CountedThreads
from ari_app.records import campaign_check, way_check
from ari_app.records.campaign_check import Named, NamedEntity
from ari_app.records.write_results import EntityChange, WriteClient, WriteOutcome, WriteRefused
from warmline.access.rights import scope_to_change
from warmline.options.campaign.outbound_options import LONGEST
from warmline.options.user_options import USER, by_administrator
from warmline.options.values.entity import OptionError
from warmline.store.configuration import change_plan, clients, config, config_history, second_factors
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.leads import dnc, dnc_import, lead_batches, list_change, list_country, list_reset
from warmline.store.leads.known_leads import DuplicateRule
from warmline.store.leads.list_change import LeadsChange, WantedLeads

WAITING = 20  # writes that wait for the thread, or are in it
MOST_OPTIONS = 300  # of one entity, in a request
MOST_ENTITIES = 5000  # in a request
LEADS_AT_ONCE = 500  # of a list or a file, in one write; other writes wait for them
MOST_STATUSES = 100  # in a reset
MOST_SECRETS = 100  # passwords and PINs in a request; each takes about 25 ms
LEADS = "leads:write"
LEADS_OF_STEP = 1000  # that are changed in a request
READ = "config:read"
PERSON = "user:"  # before the name of a person in a session, see User.client

Options = Annotated[dict[str, str], Meta(max_length=MOST_OPTIONS)]
Numbers = Annotated[list[Line], Meta(max_length=LEADS_OF_STEP)]
Filter = Annotated[str, Meta(max_length=LONGEST)]
LeadId = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Revision = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class CreateEntity(Struct, frozen=True, tag=True):
    """Create an entity of the configuration."""

    kind: Line
    name: Line
    options: Options


class SetOptions(Struct, frozen=True, tag=True):
    """Change options of an entity, unless it changed after the revision `since`."""

    kind: Line
    name: Line
    options: Options
    since: Revision | None = None


class DeleteEntity(Struct, frozen=True, tag=True):
    """Delete an entity, unless it changed after the revision `since`."""

    kind: Line
    name: Line
    since: Revision | None = None


class WantedEntity(Struct, frozen=True):
    """An entity as it shall be: the options that differ from now, or None to delete it."""

    kind: Line
    name: Line
    options: Options | None


class ApplyEntities(Struct, frozen=True, tag=True):
    """Bring entities to a wanted state, all or none; with `dry_run`, only say what would change."""

    wanted: Annotated[list[WantedEntity], Meta(max_length=MOST_ENTITIES)]
    since: Revision | None = None
    dry_run: bool = False


class UndoRevision(Struct, frozen=True, tag=True):
    """Undo a revision of the configuration; with `dry_run`, only say what would change."""

    revision: Revision
    dry_run: bool = False


class ResetSecondFactor(Struct, frozen=True, tag=True):
    """Remove the second factor of a user, and end the user's sessions."""

    user: Line


class AddDncNumber(Struct, frozen=True, tag=True):
    """Add a number to the system's do-not-call list, or to a campaign's."""

    number: Line
    campaign: Line = ""
    why: Line = ""


class AddDncNumbers(Struct, frozen=True, tag=True):
    """Add the new ones of some numbers of a file to the system's do-not-call list, or to a campaign's."""

    numbers: Annotated[list[Line], Meta(max_length=LEADS_AT_ONCE)]
    campaign: Line = ""
    why: Line = ""


class RemoveDncNumber(Struct, frozen=True, tag=True):
    """Remove a number from the system's do-not-call list, or from a campaign's."""

    number: Line
    campaign: Line = ""


class ResetLeads(Struct, frozen=True, tag=True):
    """Count the calls of a list's leads from 0 again, for some leads after `after`, and with `statuses` only these."""

    list_id: Line
    after: LeadId = 0
    statuses: Annotated[list[Line], Meta(max_length=MOST_STATUSES)] = []


class PlaceLeads(Struct, frozen=True, tag=True):
    """Place the leads of a list by its country, for some leads after the lead `after`."""

    list_id: Line
    after: LeadId = 0


class AddLeads(Struct, frozen=True, tag=True):
    """Add the new ones of some leads of a file to a list.

    `duplicates` and `days` are the rule about known numbers. Leads up to the id `before` are from before the import.
    """

    list_id: Line
    leads: Annotated[list[dict[str, str | int]], Meta(max_length=LEADS_AT_ONCE)]
    duplicates: Literal["", "list", "campaign", "system"] = ""
    days: Annotated[int, Meta(ge=0, le=3660)] = 0
    before: LeadId = 0


class ChangeLeads(Struct, frozen=True, tag=True):
    """Change or delete the next leads of a list, those after the id `after`.

    They match the filter `where`, and their numbers are in the list `against` and among the `numbers`, if given.
    """

    list_id: Line
    where: Filter
    status: Line | None = None
    to_list: Line | None = None
    owner: Line | None = None
    delete: bool = False
    after: LeadId = 0
    against: Line = ""
    numbers: Numbers | None = None


PrivilegedWrite = (
    CreateEntity
    | SetOptions
    | DeleteEntity
    | ApplyEntities
    | UndoRevision
    | ResetSecondFactor
    | AddDncNumber
    | AddDncNumbers
    | RemoveDncNumber
    | ResetLeads
    | PlaceLeads
    | AddLeads
    | ChangeLeads
)
RESTING = AddLeads | AddDncNumbers | ResetLeads | ChangeLeads  # after each of their transactions
OF_LEADS = AddDncNumber | AddDncNumbers | RemoveDncNumber | ResetLeads | PlaceLeads | AddLeads | ChangeLeads


class PrivilegedWriter(Protocol):
    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make the change, or nothing of it.

        Raises WriteRefused, OptionError, NotFound, Conflict, StoreError, CallProcessAway.
        """


class TokenWriter(Protocol):
    @request(OptionError, NotFound, Conflict, WriteRefused, StoreError)
    async def write_for(self, wanted: PrivilegedWrite, token: str) -> WriteOutcome:
        """Make the change of a client whose token is checked first, or nothing of it."""


class PrivilegedThread:
    """Writes to the database at `path` in a thread of its own.

    After each write it rests for as long as the write took, so that neither the journal nor the loop waits long.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._threads = CountedThreads("privileged", 1, WAITING, _too_many)
        self._rests_until = 0.0

    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make the change of a client whose scopes have been checked in this process."""
        return await self._threads.run(self._of_client, wanted, client)

    async def write_for(self, wanted: PrivilegedWrite, token: str) -> WriteOutcome:
        """Check the token's scopes first; its name is the person's in the records."""
        return await self._threads.run(self._checked, wanted, token)

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()

    def _of_client(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        if (known := clients.of_token(self._path, client.token) if client.token else None) is not None:
            self._check(wanted, known)
        elif client.name.startswith(PERSON):  # its session has ended while the write waited
            raise _not_allowed(scopes(self._path, wanted))
        return self._write(wanted, client.name)

    def _checked(self, wanted: PrivilegedWrite, token: str) -> WriteOutcome:
        client = clients.of_token(self._path, token)
        missing = [scope for scope in scopes(self._path, wanted) if not client or not client.may(scope)]
        if client is None or missing:
            raise _not_allowed(missing)
        self._check(wanted, client)
        return self._write(wanted, client.client)

    def _check(self, wanted: PrivilegedWrite, client: ApiToken | User) -> None:
        campaign_check.check(self._path, _named_by(wanted), client)
        way_check.check(self._path, _wanted_of(self._path, wanted), client)

    def _write(self, wanted: PrivilegedWrite, who: str) -> WriteOutcome:
        time.sleep(max(0.0, self._rests_until - time.monotonic()))
        began = time.monotonic()
        try:
            return _made(self._path, wanted, who)
        finally:
            if not isinstance(wanted, RESTING):
                self._rests_until = 2 * time.monotonic() - began


def scopes(path: str, wanted: PrivilegedWrite) -> set[str]:
    """Return the scopes that a write takes. Raises NotFound (a revision), Conflict, OptionError, StoreError."""
    if isinstance(wanted, OF_LEADS):
        return {LEADS}
    match wanted:
        case ApplyEntities(dry_run=True) | UndoRevision(dry_run=True):
            return {READ}
        case ApplyEntities(entities):
            return of_kinds(one.kind for one in entities)
        case UndoRevision(revision):
            return of_kinds(change.kind for change in config_history.revision(path, revision).changes)
        case ResetSecondFactor():
            return of_kinds([USER.kind])
    return {scope_to_change(wanted.kind)}


def _wanted_of(path: str, wanted: PrivilegedWrite) -> change_plan.Wanted:
    """Return the options that a write gives to entities."""
    match wanted:
        case CreateEntity(kind, name, options) | SetOptions(kind, name, options):
            return {(kind, name): options}
        case ApplyEntities(entities, dry_run=False):
            return {(one.kind, one.name): one.options for one in entities}
        case UndoRevision(revision, dry_run=False):
            return config_history.taken_back(path, revision)[0]
    return {}


def _named_by(wanted: PrivilegedWrite) -> Named:
    """Return the campaigns, lists and entities that a write names."""
    match wanted:
        case CreateEntity(kind, name, options):
            return Named(entity=NamedEntity(kind, name, options, is_new=True))
        case SetOptions(kind, name, options):
            return Named(entity=NamedEntity(kind, name, options))
        case DeleteEntity(kind, name):
            return Named(entity=NamedEntity(kind, name))
        case AddDncNumber() | AddDncNumbers() | RemoveDncNumber():
            return Named(campaigns=(wanted.campaign,))
        case ResetLeads() | PlaceLeads():
            return Named(lists=(wanted.list_id,))
        case AddLeads(list_id, duplicates=duplicates):
            return Named(lists=(list_id,), everything=duplicates == "system")
        case ChangeLeads():
            return Named(lists=(wanted.list_id, wanted.to_list or "", wanted.against))
    return Named(everything=True)


def of_kinds(kinds: Iterable[str]) -> set[str]:
    """Return the scopes that changes of entities of these kinds take."""
    return {scope_to_change(kind) for kind in kinds} or {"config:write"}


def _not_allowed(missing: Iterable[str]) -> WriteRefused:
    return WriteRefused(
        "write_not_allowed",
        "the token may not make this change; it lacks {scopes}",
        scopes=", ".join(sorted(missing)),
    )


def _too_many(count: int) -> WriteRefused:
    return WriteRefused("changes_wait", "{count} changes wait; try again later", count=count)


def _made(path: str, wanted: PrivilegedWrite, who: str) -> WriteOutcome:
    match wanted:
        case CreateEntity(kind, name, options):
            config.create(path, kind, name, by_administrator(kind, options), who=who)
        case SetOptions(kind, name, options, since):
            given = by_administrator(kind, options)
            return WriteOutcome(len(config.set_options(path, kind, name, given, who=who, since=since)))
        case DeleteEntity(kind, name, since):
            config.delete(path, kind, name, who=who, since=since)
        case ApplyEntities(entities, since, dry_run):
            return _applied(path, {(one.kind, one.name): one.options for one in entities}, who, since, dry_run=dry_run)
        case UndoRevision(revision, dry_run):
            former, lost = config_history.taken_back(path, revision)
            return _applied(path, former, who, None, lost, dry_run=dry_run)
        case ResetSecondFactor(user):
            second_factors.reset(path, user, who)
        case AddDncNumber(number, campaign, why):
            return WriteOutcome(int(dnc.add(path, number, campaign, who=who, why=why)))
        case AddDncNumbers(numbers, campaign, why):
            return WriteOutcome(dnc_import.insert(path, numbers, campaign, who, why))
        case RemoveDncNumber(number, campaign):
            dnc.delete(path, number, campaign, who=who)
        case ResetLeads(list_id, after, statuses):
            done = list_reset.reset_part(path, list_id, after, LEADS_AT_ONCE, statuses)
            return WriteOutcome(done.leads, after=done.after)
        case PlaceLeads(list_id, after):
            placed = list_country.place_part(path, list_id, after, LEADS_AT_ONCE)
            return WriteOutcome(placed.changed, after=placed.after)
        case AddLeads(list_id, found, duplicates, days, before):
            added = lead_batches.insert(path, list_id, found, DuplicateRule(duplicates, days), before, who)
            return WriteOutcome(added.imported, known=added.in_database, held=added.held)
        case ChangeLeads(list_id, where, status, to_list, owner, delete, after, against, numbers):
            leads = WantedLeads(where, against, None if numbers is None else tuple(numbers))
            change = LeadsChange(status, to_list, owner, delete)
            step = list_change.step(path, list_id, leads, change, after, most=LEADS_OF_STEP)
            return WriteOutcome(step.changed, leads=step)
    return WriteOutcome(1)


def _applied(
    path: str, wanted: change_plan.Wanted, who: str, since: int | None, lost: Iterable[str] = (), *, dry_run: bool
) -> WriteOutcome:
    changes = change_plan.plan(path, wanted, compare=False)
    revision = 0 if dry_run else change_plan.apply(path, changes, who=who, since=since)
    told = [EntityChange(one.action, one.kind, one.name, one.before, one.after, one.locked) for one in changes]
    return WriteOutcome(len(changes), revision, told, list(lost))
