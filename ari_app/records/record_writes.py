"""Writes of records that belong to no call: leads. One process writes; the others ask it."""

from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

from ari_app.link.command_rights import ClientUnknown
from ari_app.link.requests import Line, request
from ari_app.process.counted_threads import CountedThreads
from ari_app.records.write_results import WriteRefused
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.values.entity import OptionError
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.lead_changes import hopper_entries
from warmline.store.leads import leads, list_change
from warmline.store.leads.duplicate_leads import ALWAYS_NEW, NewLeadRule
from warmline.store.leads.leads import LeadOutcome

AT_ONCE = 2  # threads; each may wait 5 s while another program locks the database
MOST_CALLS = 9999  # of a lead, if a program sets their number
MOST_RULES = 12  # about known leads
WAITING = 100  # writes that wait for a thread, or are in one
LeadId = Annotated[int, Meta(le=2**63 - 1)]  # the largest number of the database


class UpdateLead(Struct, frozen=True, tag=True):
    """Change fields of a lead, all or none.

    `agent` is the agent on whose screen the lead is, or "". With `to_list`, the lead also moves to that list.
    `reset` counts its calls since the last reset of its list from 0. None is for what stays. The change is recorded in
    the name `by`, which the call process sets.
    """

    lead: LeadId
    fields: dict[str, str]
    agent: Line = ""
    to_list: Line = ""
    user: Line | None = None
    called_count: Annotated[int, Meta(ge=0, le=MOST_CALLS)] | None = None
    reset: bool = False
    by: Line = ""


class CreateLead(Struct, frozen=True, tag=True):
    """Create a lead in a list for the API user `by`, or do what the `rule` says about a lead that is known.

    With a `key`, a repeated request creates nothing, and has the same result. `request` is its fingerprint. A known
    lead is in a list of the `campaigns`, which the call process sets; None for all. `dnc_check` is as in `leads.put`.
    """

    list_id: Line
    fields: dict[str, str]
    by: Line
    key: Line = ""
    request: Line = ""
    rule: NewLeadRule = ALWAYS_NEW
    dnc_check: Literal["", "system", "campaign", "both"] = ""
    campaigns: frozenset[str] | None = None
    more_rules: Annotated[tuple[NewLeadRule, ...], Meta(max_length=MOST_RULES)] = ()


class DeleteLead(Struct, frozen=True, tag=True):
    """Delete a lead in the name `by`, which the call process sets."""

    lead: LeadId
    by: Line = ""


class QueueLead(Struct, frozen=True, tag=True):
    """Put a lead before the others of its campaign in the name `by`, which the call process sets."""

    lead: LeadId
    priority: Annotated[int, Meta(ge=hopper_entries.LEAST, le=hopper_entries.MOST)] = 0
    by: Line = ""


class UnqueueLead(Struct, frozen=True, tag=True):
    """Take that back in the name `by`, which the call process sets."""

    lead: LeadId
    by: Line = ""


RecordWrite = UpdateLead | CreateLead | DeleteLead | QueueLead | UnqueueLead


class RecordWriter(Protocol):
    @request(OptionError, NotFound, Conflict, ClientUnknown, WriteRefused, StoreError)
    async def write(self, wanted: RecordWrite, token: Line) -> LeadOutcome:
        """Make the change of the client with this token, or nothing of it, and return its result.

        Raises OptionError, NotFound, Conflict, ClientUnknown, WriteRefused, StoreError.
        """


class RecordThreads:
    """Writes to the database at `path` in threads of its own, so that neither calls nor look-ups wait.

    It looks at no token: CheckedRecords does that for writes over the link.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._threads = CountedThreads("records", AT_ONCE, WAITING, _too_many)

    async def write(self, wanted: RecordWrite, token: str = "") -> LeadOutcome:
        """Make the change. Raises StoreError also if too many changes wait."""
        return await self._threads.run(_written, self._path, wanted)

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()


def _too_many(count: int) -> StoreError:
    return StoreError("writes_wait", "{count} changes of records wait; try again later", count=count)


def _written(path: str, wanted: RecordWrite) -> LeadOutcome:
    if isinstance(wanted, UpdateLead):
        changed = leads.update(path, wanted.lead, wanted.fields, wanted.to_list, _others(wanted), wanted.by)
        return LeadOutcome(wanted.lead, "updated", len(changed))
    if isinstance(wanted, DeleteLead):
        list_change.delete_one(path, wanted.lead, who=wanted.by)
        return LeadOutcome(wanted.lead, "deleted")
    if isinstance(wanted, QueueLead):
        entry = hopper_entries.add(path, wanted.lead, wanted.priority, wanted.by)
        return LeadOutcome(wanted.lead, "queued", entry=entry)
    if isinstance(wanted, UnqueueLead):
        return LeadOutcome(wanted.lead, "unqueued", int(hopper_entries.remove(path, wanted.lead, wanted.by)))
    request = leads.LeadRequest(wanted.by, wanted.key, wanted.request) if wanted.key else None
    if request and (before := leads.made_by(path, request)):
        return before
    return leads.put(
        path,
        wanted.list_id,
        wanted.fields,
        who=wanted.by,
        request=request,
        rule=wanted.rule,
        campaigns=None if wanted.campaigns is None else VisibleCampaigns(wanted.campaigns),
        dnc_check=wanted.dnc_check,
        more_rules=wanted.more_rules,
    )


def _others(wanted: UpdateLead) -> dict[str, str | int]:
    """Return the new values of columns that are no fields of a lead."""
    given = {"user": wanted.user, "called_count": wanted.called_count}
    reset: dict[str, str | int] = {"passes": 0, "next_number": ""} if wanted.reset else {}
    return {name: value for name, value in given.items() if value is not None} | reset
