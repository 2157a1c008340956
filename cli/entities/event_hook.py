"""`warmline event-hook …`: programs that get events; a new one with its secret, a test, and the latest attempts."""

from collections.abc import Mapping
from time import monotonic, sleep
from typing import Any

import msgspec
import typer

from cli.arguments.entity_arguments import Name, NewName, Pairs
from cli.entities.entity import given_options
from cli.entities.entity_edit import copying
from cli.output.cell_format import iso_moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import clock, date_and_time, iso, of_iso
from warmline.centre import app_client, operation_calls
from warmline.operations.configuration import create_entity
from warmline.operations.event_hooks import EventHookState, get_event_hook, send_sample
from warmline.options.event_hook_options import EVENT_HOOK

KIND = EVENT_HOOK.kind
WITHIN = 15.0  # seconds for the result of a test; a receiver has 10
EVERY = 0.2  # seconds between two looks for it
FIELDS = ("name", "state", "delivered", "behind", "tries", "waiting", "failing", "due", "stopped", "deliveries")
TIMES = {"waiting", "failing", "due", "stopped", "at"}


def create(_context: typer.Context, name: NewName, options: Pairs = None, as_json: Json = False) -> None:
    arguments = {"kind": KIND, "name": name, "options": given_options(EVENT_HOOK, options)}
    secret = operation_calls.do(create_entity, app_client.records(), arguments).secret
    if as_json:
        print_json({"name": name, "secret": secret})
        return
    typer.echo(f"{KIND} {name}: the secret of its signatures is on the next line", err=True)
    print(secret)


copy = copying(create)


def test(name: Name, as_json: Json = False) -> None:
    place, ends = app_client.records(), monotonic() + WITHIN
    delivery = operation_calls.do(send_sample, place, {"name": name}).delivery
    while True:
        state = operation_calls.do(get_event_hook, place, {"name": name})
        attempt = next((one for one in state.deliveries if one.delivery == delivery), None)
        if attempt or monotonic() > ends:
            break
        sleep(EVERY)
    status, why = (attempt.status, attempt.why) if attempt else (None, "no result")
    if as_json:
        print_json({"name": name, "delivery": delivery, "delivered": not why, "status": status, "why": why})
    elif attempt is None:
        print(f"{KIND} {name}: no result after {WITHIN:.0f} s; the worker process must run: warmline doctor")
    elif why:
        print(f"{KIND} {name}: the sample was not delivered: {why}")
    else:
        print(f"{KIND} {name}: the receiver took the sample and answered {status}")
    if why:
        raise typer.Exit(1)


def deliveries(name: Name, as_json: Json = False) -> None:
    state = operation_calls.do(get_event_hook, app_client.records(), {"name": name})
    if as_json:
        record = _exact(msgspec.to_builtins(state))
        print_json({field: record[field] for field in FIELDS} | {"deliveries": list(map(_exact, record["deliveries"]))})
        return
    _print_state(state)
    if state.deliveries:
        rows = ((iso_moment(one.at), one.type, one.delivery, one.why or str(one.status)) for one in state.deliveries)
        print_table(("at", "event", "delivery", "result"), rows, free=("result",))


def _exact(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its times as all commands print them."""
    return {name: iso(of_iso(value)) if name in TIMES and value else value for name, value in record.items()}


def _print_state(state: EventHookState) -> None:
    print(f"{KIND} {state.name} is {state.state}: {state.delivered} events delivered.")
    if state.behind and state.waiting:
        print(f"Behind by {state.behind} rows of the journal, since {date_and_time(of_iso(state.waiting))}.")
    if state.stopped:
        print(
            f"Stopped at {date_and_time(of_iso(state.stopped))}, after {state.tries} failed attempts. "
            f"To let it go on: warmline {KIND} test {state.name}"
        )
    elif state.due:
        print(f"Failed attempts: {state.tries}; the next one at {clock(of_iso(state.due))}.")
