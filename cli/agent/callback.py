"""`warmline callback …`: the callbacks that were promised to customers."""

import sys
import time
from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Protocol
from urllib.parse import quote

import typer

from cli.agent.agent_request import Wait, give
from cli.agent.agent_session import HELP
from cli.arguments.completion import callbacks as open_callbacks
from cli.arguments.completion import names
from cli.arguments.time_options import CallbackDay, callback_period, callback_time
from cli.client import own_agent
from cli.client.own_agent import ME
from cli.client.whole_id import whole_id
from cli.output.cell_format import moment, short
from cli.output.json_output import Json, print_json
from cli.output.printing import printable
from cli.output.table import NAME, print_table
from cli.output.time_format import iso, of_iso
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.core.messages.values.callback import Callback
from warmline.store.configuration.full_names import full_names
from warmline.store.leads import callbacks
from warmline.system.settings import Settings

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A callback's id, or the beginning of its id, from `warmline callback list`.",
        show_default=False,
        autocompletion=open_callbacks,
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--agent",
        metavar="USER",
        help="The agent who dials the callback. Without --agent, the agent of your login.",
        show_default=False,
        autocompletion=names("agent"),
    ),
]

TIMES = ("at", "made", "ended")
HEADS = ("due", "state", "number", "by", NAME, "in-group", "comments", "notes", "id")


class ShownCallback(NamedTuple):
    """A callback with the names of its agent and its in-group, and the notes of the call that promised it."""

    callback: Callback
    full_name: str
    group_name: str
    notes: str


class CallbackState(StrEnum):
    PENDING = "pending"
    DUE = "due"
    MISSED = "missed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


def list_all(
    agent: Annotated[
        str,
        typer.Option(
            "--agent",
            metavar="USER",
            help="Only callbacks that this agent can dial: the agent's own, and those that every agent can dial.",
            autocompletion=names("agent"),
        ),
    ] = "",
    state: Annotated[
        CallbackState | None,
        typer.Option(
            metavar="STATE",
            help=f"Only callbacks in this state: {', '.join(CallbackState)}. Without --state: pending, due, missed.",
        ),
    ] = None,
    of: CallbackDay = "",
    lead: Annotated[
        int, typer.Option(metavar="LEAD", min=1, max=2**63 - 1, help="Only callbacks of this lead.", show_default=False)
    ] = 0,
    as_json: Json = False,
) -> None:
    period = callback_period(of) if of else None
    found = _at(app_client.here()).listed(agent, state or "", lead)
    if period:
        found = [one for one in found if period.start <= one.callback.at < period.end]
    if as_json:
        print_json([_row(one) for one in found])
    elif found:
        written = ("comments", "notes")
        print_table(HEADS, map(_line, found), free=written, spare=("in-group", NAME), if_any=(NAME, "notes"))
    else:
        print(f"No callback is {state or 'pending'}{f' {period.bounds}' if period else ''}.")


def show(callback: Id, as_json: Json = False) -> None:
    place = app_client.here()
    wanted = whole_id(place, "callback", callback)
    one = _at(place).find(wanted)
    if as_json:
        print_json(_row(one))
        return
    for name, value in (_row(one) | {name: moment(getattr(one.callback, name)) for name in TIMES}).items():
        print(f"{name:10} {printable(str(value)) if value not in (None, '') else '-'}")


def dial(callback: Id, agent: By = ME, wait: Wait = False, as_json: Json = False) -> None:
    wanted = whole_id(app_client.here(), "callback", callback)
    give(agent, "dial", "has the customer" if wait else "calls back", as_json=as_json, wait=wait, callback=wanted)


def make(
    lead: Annotated[int, typer.Argument(min=1, help="The lead_id, from `warmline lead list`.", show_default=False)],
    at: Annotated[str, typer.Argument(metavar="TIME", help=f"The time: {HELP}")],
    agent: Annotated[
        str,
        typer.Option(
            "--agent",
            metavar="USER",
            help="The agent who dials the callback. Without --agent every agent can.",
            autocompletion=names("agent"),
        ),
    ] = "",
    campaign: Annotated[
        str,
        typer.Option(
            metavar="CAMPAIGN",
            help="The campaign that dials the callback. Without --campaign, that of the lead's list.",
            autocompletion=names("campaign"),
        ),
    ] = "",
    comments: Annotated[str, typer.Option(metavar="TEXT", help="Notes for the callback.")] = "",
    as_json: Json = False,
) -> None:
    when, shown = callback_time(at, "TIME")
    chosen = {"agent": agent, "campaign": campaign, "comments": comments}
    given = {"lead": lead, "at": when} | {name: value for name, value in chosen.items() if value}
    made = app_client.post(app_client.here(), "callbacks", given)
    if as_json:
        print_json(made)
    else:
        print(f"callback {made['id']}: due {shown}")


def take(callback: Id, agent: By = ME, as_json: Json = False) -> None:
    if agent == ME:
        agent = own_agent.of(app_client.here()).agent
    _change(callback, "take", f"agent {agent} calls back", as_json, {"agent": agent})


def reschedule(
    callback: Id,
    at: Annotated[str, typer.Argument(metavar="TIME", help=f"The new time: {HELP}")],
    comments: Annotated[
        str,
        typer.Option(metavar="TEXT", help="New notes for the callback. Without --comments the previous notes stay."),
    ] = "",
    as_json: Json = False,
) -> None:
    when, shown = callback_time(at, "TIME")
    given = {"at": when} | ({"comments": comments} if comments else {})
    _change(callback, "reschedule", f"due {shown}", as_json, given)


def cancel(callback: Id, as_json: Json = False) -> None:
    _change(callback, "cancel", "cancelled", as_json, {})


def _change(callback: str, what: str, said: str, as_json: bool, given: dict[str, str]) -> None:
    place = app_client.here()
    callback = whole_id(place, "callback", callback)
    receipt = app_client.post(place, f"callbacks/{quote(callback, safe='')}/{what}", given)
    if as_json:
        print_json(receipt)
    else:
        print(f"callback {callback}: {said}")


class CallbackRecords(Protocol):
    """The callbacks of a place."""

    def listed(self, agent: str, state: str, lead: int) -> list[ShownCallback]: ...
    def find(self, callback: str) -> ShownCallback: ...


def _at(where: Place) -> CallbackRecords:
    return choose(where, DatabaseCallbacks, AppCallbacks)


class DatabaseCallbacks:
    """The callbacks in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def listed(self, agent: str, state: str, lead: int) -> list[ShownCallback]:
        return _named(self.path, callbacks.listed(self.path, _now(), agent, state, lead=lead))

    def find(self, callback: str) -> ShownCallback:
        [one] = _named(self.path, [callbacks.find(self.path, callback, _now())])
        return one


class AppCallbacks:
    """The callbacks over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def listed(self, agent: str, state: str, lead: int) -> list[ShownCallback]:
        given = {"agent": agent, "state": state, "lead": str(lead or "")}
        asked = {name: value for name, value in given.items() if value}
        return list(map(_of_json, app_client.pages(self.login, "callbacks", asked, "id", sys.maxsize)))

    def find(self, callback: str) -> ShownCallback:
        return _of_json(app_client.get(self.login, f"callbacks/{quote(callback, safe='')}"))


def _named(path: str, found: list[Callback]) -> list[ShownCallback]:
    agents, groups, notes = full_names(path, "agent"), full_names(path, "ingroup"), callbacks.notes(path, found)
    return [
        ShownCallback(row, agents.get(row.agent, ""), groups.get(row.ingroup, ""), notes.get(row.id, ""))
        for row in found
    ]


def _of_json(row: dict[str, Any]) -> ShownCallback:
    known = {one.name: row[one.name] for one in fields(Callback)}
    known |= {"lead": row["lead"] or 0} | {name: row[name] and of_iso(row[name]) for name in TIMES}
    callback = Callback(**known)
    return ShownCallback(callback, row["full_name"], row["group_name"], row.get("notes", ""))


def _row(one: ShownCallback) -> dict[str, Any]:
    names = {"full_name": one.full_name, "group_name": one.group_name, "notes": one.notes}
    return vars(one.callback) | names | {name: iso(getattr(one.callback, name)) for name in TIMES}


def _line(one: ShownCallback) -> tuple[str, ...]:
    what = one.callback
    due, whose = moment(what.at), what.agent or "anybody"
    return (due, what.state, what.number, whose, one.full_name, what.ingroup, what.comments, one.notes, short(what.id))


def _now() -> int:
    return time.time_ns() // 1000
