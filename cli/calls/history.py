"""`warmline history`: the calls of an agent, or of a number."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments.completion import entry_names, names
from cli.client import own_agent
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.table import NAME, print_table
from warmline.centre import app_client
from warmline.centre.place import machine

if TYPE_CHECKING:
    from warmline.store.calls.call_history import PastCall

Agent = Annotated[
    str,
    typer.Argument(
        metavar="[USER]",
        show_default=False,
        help="The agent; a number of six digits or more works like --number.",
        autocompletion=names("agent"),
    ),
]
Number = Annotated[
    str,
    typer.Option(
        metavar="N", help="Only calls from or to this number. Without USER the calls of every agent are listed."
    ),
]
Limit = Annotated[
    int,
    typer.Option(
        metavar="N", min=1, max=1000, help="List at most this many calls, 1 to 1000. The newest call comes first."
    ),
]

HEADS = ("call", "when", "", "number", "agent", NAME, "in-group", "length", "outcome", "code")


def history(agent: Agent = "", number: Number = "", limit: Limit = 20, as_json: Json = False) -> None:
    from warmline.centre import past_calls
    from warmline.store.database.errors import NotFound
    from warmline.store.reports import filter_names_check

    place = app_client.here()
    if not agent and not number:
        agent = own_agent.of(place).agent
    if agent and not number and _is_number(agent) and (known := entry_names("agent")) and agent not in known:
        agent, number = "", agent
    if bool(agent) == bool(number):
        raise InvalidArgument("history_filter_missing", "no agent is given; give one, or --number NUMBER")
    found = past_calls.list_calls(place, agent, number, limit + 1)
    more, found = len(found) > limit, found[:limit]
    if not found and (settings := machine(place)):
        try:
            filter_names_check.check(settings.db, agent=agent)
        except NotFound as error:
            if _is_number(agent):
                error.hinting(f"for a number: warmline history --number {agent}")
            raise
    if as_json:
        print_json([_document(one) for one in found])
    elif found:
        spare = (NAME, "agent", "in-group") if agent else ("in-group", "length", NAME)
        print_table(HEADS, map(_line, found), free=(), spare=spare, if_any=(NAME,))
        if more:
            print(f"There are more: --limit {2 * limit} shows twice as many.")
    else:
        print("No call.")


def _is_number(text: str) -> bool:
    """Return whether a word may be a telephone number."""
    return len(text) > 5 and text.removeprefix("+").isdigit()


def _line(one: "PastCall") -> tuple[str, ...]:
    from cli.output.cell_format import moment, short
    from cli.output.time_format import length

    had = length(one.length) if one.length else ""
    who = one.agent, one.full_name, one.ingroup
    return short(one.call), moment(one.at), one.direction, one.number, *who, had, one.outcome, one.status


def _document(one: "PastCall") -> dict[str, Any]:
    from dataclasses import asdict

    from cli.output.time_format import iso

    told = asdict(one)
    return told | {"at": iso(one.at), "length_ms": told.pop("length") / 1000}
