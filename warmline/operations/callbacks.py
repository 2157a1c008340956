"""Callbacks that customers are promised: to list them, make one for a lead, take, reschedule or cancel one."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, structs

from warmline.core.messages.values.callback import (
    CANCELLED,
    OPEN_STATES,
    PENDING,
    STATES,
    Callback,
    explain_closed,
)
from warmline.operations import argument_types
from warmline.operations.operation import (
    FIRST_PAGE,
    Caller,
    Column,
    CommandForm,
    Done,
    Field,
    LiveCommand,
    Page,
    Values,
    at_argument,
    invalid,
    operation,
)
from warmline.operations.times import Time, iso
from warmline.store.configuration.full_names import full_names
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks, dnc
from warmline.text.iso_time import of_iso
from warmline.text.written_time import AHEAD_HELP, ahead

if TYPE_CHECKING:  # the core takes longer to load than these commands run
    from warmline.core.rules.configuration import Rules
    from warmline.operations.receipts import ReceiptNow

READS, CHANGES = "calls:read", "agents:write"
ID = "01KAFH8Y3C00"

CallbackId = Annotated[
    str,
    Field("A callback's id, or the beginning of its id, from `warmline callback list`.", "ID", decoder="callback_id"),
]
Lead = Annotated[argument_types.LeadId, Field("The lead_id, from `warmline lead list`.", "lead")]
Moment = Annotated[argument_types.Moment, Field(f"The time: {AHEAD_HELP}", "TIME", decoder="time_ahead")]
Agent = Annotated[
    argument_types.Name,
    Field(
        "The agent who dials the callback. Without --agent, the agent of your login.", "USER", "", "agent", "own_agent"
    ),
]
AnyAgent = Annotated[
    str,
    Field(
        "Only callbacks that this agent can dial: the agent's own, and those that every agent can dial.",
        "USER",
        names="agent",
        decoder="agent_or_me",
    ),
]
MadeFor = Annotated[
    argument_types.Name,
    Field("The agent who dials the callback. Without --agent every agent can.", "USER", names="agent"),
]
MadeIn = Annotated[
    argument_types.Name,
    Field(
        "The campaign that dials the callback. Without --campaign, that of the lead's list.", "CAMPAIGN", "", "campaign"
    ),
]
NewComments = Annotated[
    argument_types.Comments,
    Field("New notes for the callback. Without --comments the previous notes stay.", "TEXT"),
]
State = Annotated[
    Literal["pending", "due", "missed", "completed", "cancelled"],
    Field(f"Only callbacks in this state: {', '.join(STATES)}. Without --state: {', '.join(OPEN_STATES)}.", "STATE"),
]
Period = Annotated[
    str,
    Meta(max_length=80, examples=["2026-11-20T00:00+01:00..2026-11-21T00:00+01:00"]),
    Field(
        "Only callbacks of this day, week or month: today, tomorrow, monday (the next one), thisweek, nextweek, "
        "yesterday or 2026-11-27. Short forms are --today and --week.",
        "DAY",
        decoder="days_ahead",
        option="day",
    ),
]


class CallbackEntry(Struct, frozen=True):
    """A callback at `at` by `agent`, or by any agent if that is empty.

    `full_name` and `group_name` are the names of agent and in-group. `call` is the call in which it was promised; it is
    empty if a program made the callback for a lead. `customer_name` is that of the `lead`. It was done in the call
    `done_in`. `by` changed it last.
    `do_not_call` names the do-not-call list of system or campaign that has the number, or is empty. `notes` are those
    of the call in which it was promised.
    """

    id: str
    state: str
    at: Time
    number: str
    lead: int | None
    customer_name: str
    agent: str
    full_name: str
    comments: str
    status: str
    ingroup: str
    group_name: str
    campaign: str
    call: str
    made: Time
    by: str
    ended: Time | None
    done_in: str
    do_not_call: str
    notes: str


def _without_callbacks(values: Values) -> str:
    """Return the sentence for a list without rows."""
    return f"No callback is {values['state'] or 'pending'}{values['between'] and ' ' + values['between']}."


def _with_lead_zero(row: Any, _values: Values) -> dict[str, Any]:
    """Return the row of a command, in which no lead is 0."""
    return {**row, "lead": row["lead"] or 0}


FIELDS = (
    "id call lead number ingroup campaign agent at made status comments by state ended done_in full_name group_name "
    "notes"
)
LIST = CommandForm(
    "callback list",
    "List callbacks, the earliest first.",
    ("--day today", "--agent 1000 --state missed"),
    options="agent state between lead",
    columns=(
        Column("due", "at"),
        Column("state", "state"),
        Column("number", "number"),
        Column("by", "agent", "anybody"),
        Column("name", "full_name", spare=2, if_any=True),
        Column("in-group", "ingroup", spare=1),
        Column("comments", "comments", folds=True),
        Column("notes", "notes", folds=True, if_any=True),
        Column("id", "id", is_id=True),
    ),
    none=_without_callbacks,
    fields=FIELDS,
    json=_with_lead_zero,
)
OF_AGENT = structs.replace(
    LIST,
    words="agent callbacks",
    help="List the callbacks an agent can dial.\n\n"
    "These are the agent's own callbacks, and the callbacks that every agent can dial. To dial one, use "
    "`warmline callback dial`.",
    examples=("1000", "1000 --json"),
    arguments="agent",
    options="",
    heading="Dialling out",
)


@operation(
    "GET /callbacks", "listCallbacks", READS, LIST, OF_AGENT, agents="ROWS", campaigns="CALLS", more_problems=(404,)
)
def list_callbacks(
    caller: Caller,
    page: Page = FIRST_PAGE,
    agent: AnyAgent = "",
    lead: Annotated[int, Meta(ge=1, le=10**18 - 1), Field("Only callbacks of this lead.", "LEAD")] | None = None,
    state: State | None = None,
    between: Period = "",
) -> list[CallbackEntry]:
    """List pending callbacks, earliest first."""
    period = _times_of(between) if between else None
    found = callbacks.listed(
        caller.db, _now(), agent, state or "", page.limit, page.after, caller.agents, lead or 0, period
    )
    return _entries(caller.db, found)


SHOW = CommandForm("callback show", "Show a callback.", (ID, f"{ID} --json"), "id", fields=FIELDS, json=_with_lead_zero)


@operation("GET /callbacks/{id}", "getCallback", READS, SHOW, agents="CALLBACK", campaigns="CALLS")
def get_callback(caller: Caller, id: CallbackId) -> CallbackEntry:
    """Show a callback."""
    return _entry(caller.db, id)


MAKE = CommandForm(
    "callback make",
    "Make a callback for a lead.\n\nThe lead gets the status CBHOLD: its list does not dial it before.",
    ('17 "tomorrow 10:00"', '17 +2h --agent 1000 --comments "after six"'),
    "lead at",
    options="agent campaign comments",
    said=lambda answer, values: f"callback {answer['id']}: due {values['at']}",
)


@operation(
    "POST /callbacks",
    "makeCallback",
    "leads:write",
    MAKE,
    agents="CALLBACK_AGENT",
    campaigns="CALLBACK_IN_BODY",
    done=Done.LIVE,
    location="/callbacks/{id}",
    example={"lead": 1, "at": "2026-12-24T18:05", "agent": "1000", "comments": "after six"},
)
def make_callback(
    caller: Caller,
    lead: Lead,
    at: Moment,
    agent: MadeFor = "",
    campaign: MadeIn = "",
    status: Annotated[argument_types.Code, Field("The code that promised it.", "CODE")] = "",
    comments: Annotated[argument_types.Comments, Field("Notes for the callback.", "TEXT")] = "",
) -> LiveCommand[CallbackEntry]:
    """Promise a lead a callback without a call.

    A callback for a lead: its time (by default in the setting timezone), its agent, and its campaign.

    Also the next `18:05` or `monday 9:00`, `tomorrow 10:00`, or a time from now: `+30m`, `+2h`. Without an agent every
    agent of the campaign can make it. Without a campaign it is that of the lead's list. `status` is the code that
    promised it.
    """
    for name, value, known in (
        ("agent", agent, _rules(caller).agents),
        ("campaign", campaign, _rules(caller).campaigns),
    ):
        if value and value not in known:
            error = NotFound("callback_names_nothing", "{field} {name!r} does not exist", field=name, name=value)
            raise at_argument(name, error)
    new = Callback(id="", call="", number="", lead=int(lead), at=_moment(caller, at), status=status, comments=comments)
    try:
        callback = callbacks.for_lead(caller.db, replace(new, agent=agent, campaign=campaign), caller.campaigns)
    except NotFound as error:
        raise at_argument("lead", error) from None
    from warmline.core.messages.agent_command_types import MakeCallback

    return LiveCommand(MakeCallback(change=f"lead {callback.lead}", callback=callback), partial(_entry, caller.db))


TAKE = CommandForm(
    "callback take",
    "Assign a callback to an agent.\n\nThe callback may be another agent's, or one that every agent can dial.",
    (f"{ID} --agent 1000", f"{ID} --agent 1000 --json"),
    "id",
    said=lambda _, values: f"callback {values['id']}: agent {values['agent']} calls back",
)


@operation(
    "POST /callbacks/{id}/take",
    "takeCallback",
    CHANGES,
    TAKE,
    agents="CALLBACK",
    campaigns="CALLS",
    done=Done.LIVE,
    example={"agent": "1000"},
)
def take_callback(caller: Caller, id: CallbackId, agent: Agent) -> "LiveCommand[ReceiptNow]":
    """Assign it to an agent.

    The agent who calls back.
    """
    if agent not in _rules(caller).agents:
        raise invalid("agent", f"there is no agent {agent}")
    return _change(caller, id, f"taken by {agent}", {"agent": agent, "state": PENDING}, agent)


RESCHEDULE = CommandForm(
    "callback reschedule",
    "Change the time of a callback.",
    (f'{ID} "tomorrow 10:00"', f'{ID} +2h --comments "in a meeting"'),
    "id at",
    said=lambda _, values: f"callback {values['id']}: due {values['at']}",
)


@operation(
    "POST /callbacks/{id}/reschedule",
    "rescheduleCallback",
    CHANGES,
    RESCHEDULE,
    agents="CALLBACK_CHANGE",
    campaigns="CALLS",
    done=Done.LIVE,
    example={"at": "2026-12-24T18:05"},
)
def reschedule_callback(
    caller: Caller,
    id: CallbackId,
    at: Moment,
    comments: NewComments | None = None,
) -> "LiveCommand[ReceiptNow]":
    """Move it to another time.

    The new time of a callback, by default in the setting timezone.

    Also the next `18:05` or `monday 9:00`, `tomorrow 10:00`, or a time from now: `+30m`, `+2h`.
    """
    new = {"at": _moment(caller, at), "state": PENDING} | ({} if comments is None else {"comments": comments})
    # The text as sent, so that a repeated request with `+2h` is still the same.
    return _change(caller, id, f"rescheduled to {at}", new)


CANCEL = CommandForm(
    "callback cancel",
    "Cancel a callback.",
    (ID, f"{ID} --json"),
    "id",
    said=lambda _, values: f"callback {values['id']}: cancelled",
)


@operation(
    "POST /callbacks/{id}/cancel",
    "cancelCallback",
    CHANGES,
    CANCEL,
    agents="CALLBACK_CHANGE",
    campaigns="CALLS",
    done=Done.LIVE,
)
def cancel_callback(caller: Caller, id: CallbackId) -> "LiveCommand[ReceiptNow]":
    """Cancel the callback."""
    return _change(caller, id, "cancelled", {"state": CANCELLED, "ended": _now()})


def _change(
    caller: Caller, callback_id: str, change: str, new: Mapping[str, Any], agent: str = ""
) -> "LiveCommand[ReceiptNow]":
    from warmline.core.messages.agent_command_types import ChangeCallback

    found = callbacks.find(caller.db, callback_id, _now())
    changed = replace(found, by=caller.name, **new)
    impossible = explain_closed(found)
    return LiveCommand(ChangeCallback(agent, change=f"{found.id} {change}", callback=changed, impossible=impossible))


def _entry(db: str, callback_id: str) -> CallbackEntry:
    [entry] = _entries(db, [callbacks.find(db, callback_id, _now())])
    return entry


def _entries(db: str, found: Sequence[Callback]) -> list[CallbackEntry]:
    """Return callbacks with their customers, notes and do-not-call lists. Raises StoreError."""
    customers, notes = callbacks.customers(db, found), callbacks.notes(db, found)
    agents, groups = full_names(db, "agent"), full_names(db, "ingroup")
    lists = dnc.lists_of(db, ((callback.number, callback.campaign) for callback in found))
    entries = []
    for callback, do_not_call in zip(found, lists, strict=True):
        times = {"at": iso(callback.at), "made": iso(callback.made), "ended": callback.ended and iso(callback.ended)}
        names = {
            "lead": callback.lead or None,
            "customer_name": customers.get(callback.lead, ""),
            "full_name": agents.get(callback.agent, ""),
            "group_name": groups.get(callback.ingroup, ""),
            "do_not_call": do_not_call,
            "notes": notes.get(callback.id, ""),
        }
        entries.append(CallbackEntry(**{**vars(callback), **times, **names}))
    return entries


def _times_of(between: str) -> tuple[int, int]:
    """Return the times of `A..B` in microseconds UTC. Raises OptionError."""
    start, _, end = between.partition("..")
    try:
        return of_iso(start), of_iso(end)
    except ValueError:
        raise invalid("between", "allowed: two times in ISO 8601 with .. between them") from None


def _moment(caller: Caller, text: str) -> int:
    """Return the time of a text, by default in the setting timezone, in microseconds UTC. Raises OptionError."""
    try:
        return ahead(text, ZoneInfo(_rules(caller).timezone), _now())
    except ValueError as error:
        raise invalid("at", str(error)) from None


def _rules(caller: Caller) -> "Rules":
    assert caller.rules, "an operation that is live"
    return caller.rules


def _now() -> int:
    return time.time_ns() // 1000
