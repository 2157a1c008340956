"""`warmline event-hook …`: programs that get events; their secrets, a test, and the latest attempts."""

from time import monotonic, sleep
from typing import Any

import typer

from cli.arguments.entity_arguments import Name, NewName, Pairs
from cli.entities.entity import given_options
from cli.entities.entity_edit import copying
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import clock, date_and_time, iso
from warmline.centre import app_client
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.store.event_hooks.hook_states import HookDelivery, HookState

KIND = EVENT_HOOK.kind
WITHIN = 15.0  # seconds for the result of a test; a receiver has 10
EVERY = 0.2  # seconds between two looks for it


def create(_context: typer.Context, name: NewName, options: Pairs = None, as_json: Json = False) -> None:
    from cli.client import config_records

    given = given_options(EVENT_HOOK, options)
    config_records.at(app_client.records()).create(KIND, name, given)
    _show_secret(name, as_json, "the secret of its signatures is on the next line")


copy = copying(create)


def secret(name: Name, as_json: Json = False) -> None:
    _show_secret(name, as_json, "its secret is on the next line, and the history notes that you saw it")


def renew(name: Name, as_json: Json = False) -> None:
    _show_secret(name, as_json, "its new secret is on the next line", renew=True)


def _show_secret(name: str, as_json: bool, sentence: str, *, renew: bool = False) -> None:
    from cli.entities import event_hook_records

    found = event_hook_records.at(app_client.records()).secret(name, renew=renew)
    if as_json:
        print_json({"name": name, "secret": found})
        return
    typer.echo(f"{KIND} {name}: {sentence}", err=True)
    print(found)


def test(name: Name, as_json: Json = False) -> None:
    from cli.entities import event_hook_records

    records = event_hook_records.at(app_client.records())
    delivery, ends = records.send_sample(name), monotonic() + WITHIN
    while True:
        state = records.state(name)
        told = next((one for one in state.deliveries if one.delivery == delivery), None)
        if told or monotonic() > ends:
            break
        sleep(EVERY)
    if as_json:
        print_json({"name": name, "delivery": delivery, "delivered": _is_delivered(told)} | _answer(told))
    elif told is None:
        print(f"{KIND} {name}: no result after {WITHIN:.0f} s; the worker process must run: warmline doctor")
    elif told.why:
        print(f"{KIND} {name}: the sample was not delivered: {told.why}")
    else:
        print(f"{KIND} {name}: the receiver took the sample and answered {told.status}")
    if not _is_delivered(told):
        raise typer.Exit(1)


def deliveries(name: Name, as_json: Json = False) -> None:
    from cli.entities import event_hook_records

    state = event_hook_records.at(app_client.records()).state(name)
    if as_json:
        print_json(_document(name, state))
        return
    for line in _lines(name, state):
        print(line)
    if state.deliveries:
        heads = ("at", "event", "delivery", "result")
        print_table(heads, map(_row, state.deliveries), free=("result",))


def _is_delivered(told: HookDelivery | None) -> bool:
    return told is not None and not told.why


def _lines(name: str, state: HookState) -> list[str]:
    """Return the state in sentences."""
    lines = [f"{KIND} {name} is {state.state}: {state.delivered} events delivered."]
    if state.behind and state.waiting is not None:
        lines.append(f"Behind by {state.behind} rows of the journal, since {date_and_time(state.waiting)}.")
    if state.stopped:
        lines.append(
            f"Stopped at {date_and_time(state.stopped)}, after {state.tries} failed attempts. "
            f"To let it go on: warmline {KIND} test {name}"
        )
    elif state.due:
        lines.append(f"Failed attempts: {state.tries}; the next one at {clock(state.due)}.")
    return lines


def _row(one: HookDelivery) -> tuple[str, ...]:
    return moment(one.at), one.type, one.delivery, one.why or str(one.status)


def _answer(told: HookDelivery | None) -> dict[str, Any]:
    return {"status": (told.status or None) if told else None, "why": told.why if told else "no result"}


def _document(name: str, state: HookState) -> dict[str, Any]:
    times = {one: None if (at := getattr(state, one)) is None else iso(at) for one in TIMES}
    same = {"name": name, "state": state.state, "delivered": state.delivered, "behind": state.behind}
    rows = [{"delivery": one.delivery, "type": one.type, "at": iso(one.at)} | _answer(one) for one in state.deliveries]
    return same | {"tries": state.tries} | times | {"deliveries": rows}


TIMES = ("waiting", "failing", "due", "stopped")
