"""The writes that need a scope, as they come over the link: messages alone. privileged_writes.py makes them."""

from typing import Annotated, Any, Literal, ParamSpec

import msgspec
from msgspec import Meta, Struct

from ari_app.link.requests import Line
from warmline.operations.operation import Operation
from warmline.options.campaign.lead_dialling_options import LONGEST
from warmline.store.calls.call_comments import LONGEST as LONGEST_COMMENT

P = ParamSpec("P")

LEADS_AT_ONCE = 500  # of a list or a file, in one write; other writes wait for them
MOST_STATUSES = 100  # in a reset
LEADS_OF_STEP = 1000  # that are changed in a request

Numbers = Annotated[list[Line], Meta(max_length=LEADS_OF_STEP)]
Filter = Annotated[str, Meta(max_length=LONGEST)]
LeadId = Annotated[int, Meta(ge=0, le=2**63 - 1)]
CommentText = Annotated[str, Meta(max_length=LONGEST_COMMENT)]  # with line breaks


class DoOperation(Struct, frozen=True, tag=True):
    """Do an operation of `warmline.operations` that changes records; `arguments` is JSON."""

    id: Line
    arguments: bytes


def do(operation: Operation[P, Any], /, *given: P.args, **named: P.kwargs) -> DoOperation:
    """Return the message that does an operation with these arguments."""
    arguments = dict(zip((one.name for one in operation.arguments), given, strict=False)) | named
    return DoOperation(operation.id, msgspec.json.encode(arguments))


class RevokeRecordingLinks(Struct, frozen=True, tag=True):
    """End the signed links to a recording, or to all recordings if it is empty."""

    recording: Line = ""


class AddDncNumbers(Struct, frozen=True, tag=True):
    """Add the new ones of some numbers of a file to the system's do-not-call list, or to a campaign's."""

    numbers: Annotated[list[Line], Meta(max_length=LEADS_AT_ONCE)]
    campaign: Line = ""
    why: Line = ""


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
    `again` is for leads that were sent before without an answer: the newest lead at that time. All writes with one
    `file`, its SHA-256, are one change in the record, until the last one.
    """

    list_id: Line
    leads: Annotated[list[dict[str, str | int]], Meta(max_length=LEADS_AT_ONCE)]
    duplicates: Literal["", "list", "campaign", "system"] = ""
    days: Annotated[int, Meta(ge=0, le=3660)] = 0
    before: LeadId = 0
    again: LeadId | None = None
    file: Line = ""
    is_last: bool = False


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


class AddCallComment(Struct, frozen=True, tag=True):
    """Write a comment on a call, by the whole id of the call. An empty mark is none."""

    call: Line
    comment: CommentText
    mark: Line = ""


class DeleteCallComment(Struct, frozen=True, tag=True):
    """Delete a comment of a call."""

    call: Line
    comment: Annotated[int, Meta(ge=1, le=2**63 - 1)]


PrivilegedWrite = (
    DoOperation
    | RevokeRecordingLinks
    | AddDncNumbers
    | ResetLeads
    | PlaceLeads
    | AddLeads
    | ChangeLeads
    | AddCallComment
    | DeleteCallComment
)
LargeWrite = AddDncNumbers | ResetLeads | PlaceLeads | AddLeads | ChangeLeads  # of many rows, in a process of its own
RESTING = AddLeads | AddDncNumbers | ResetLeads | ChangeLeads  # after each of their transactions, too
OF_LEADS = AddDncNumbers | ResetLeads | PlaceLeads | AddLeads | ChangeLeads
