"""Commands about agents: send them to the running app, and print their outcome."""

import sys
from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.arguments import completion
from cli.client.asterisk_check import check_asterisk
from cli.output.json_output import print_json
from cli.output.printing import complain
from warmline.centre import app_client
from warmline.centre.app_answer import AppRefused
from warmline.centre.place import Place, machine
from warmline.core.rules import number_text
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.reports import filter_names_check

COMPLETED = "completed"
NOT_DONE_YET = "command_not_done_yet"  # the code of a command that takes longer than the app waits

User = Annotated[
    str,
    typer.Argument(
        metavar="USER",
        show_default=False,
        help="The agent, such as 1000. Users with an agent of their own can leave USER out, or write me.",
        autocompletion=completion.names("agent"),
    ),
]
Given = str | int | dict[str, str]
Wait = Annotated[
    bool,
    typer.Option(
        "--wait",
        help="Wait for the outcome of the transfer or dial. If the outcome is not `completed`, the exit code is 5.",
    ),
]


def give(user: str, what: str, said: str, *, as_json: bool, wait: bool = False, **body: Given) -> None:
    """Send the command `what` below /agents/USER of the JSON API, and print the receipt, or the sentence `said`.

    `body`: the command's arguments; empty ones are not sent. Raises AppAway, NotFound, AppRefused.
    """
    place = app_client.here()
    given = {name: value for name, value in body.items() if value}
    if isinstance(number := given.get("number"), str):
        given["number"] = number_text.strip_separators(number)
    try:
        receipt = app_client.post(place, f"agents/{quote(user, safe='')}/{what}", given)
    except NotFound:  # an agent who is not logged in and one who does not exist get different errors
        if settings := machine(place):
            with suppress(StoreError):  # a user with a token need not be able to read the database
                filter_names_check.check(settings.db, agent=user)
        raise
    except AppRefused as refused:
        if refused.code == NOT_DONE_YET:
            check_asterisk(place)  # an Asterisk that is away is the usual cause
        raise
    if wait:
        receipt = outcome(place, receipt)
    if as_json:
        print_json(receipt)
    else:
        print(f"agent {receipt['agent']}: {said}{_how_far(receipt)}")


def ring(user: str, what: str, phone: str, said: str, *, as_json: bool) -> None:
    """Give a command that calls a phone, and wait until the phone is picked up.

    `phone`: its name, "" for the agent's own. Raises AppAway, NotFound; AppRefused also if the phone is not picked up.
    """
    place = app_client.here()
    here = f"agents/{quote(user, safe='')}"
    receipt = app_client.post(place, f"{here}/{what}", {"phone": phone} if phone else {})
    which = f"phone {phone or _phone(place, here)}".rstrip()
    if receipt["outcome"] is None and not as_json:
        print(f"agent {receipt['agent']}: {which} rings, pick it up", flush=True)
    receipt = ended(place, receipt)
    if receipt["outcome"] != COMPLETED:
        raise AppRefused("phone_not_picked_up", "{why}", why=_not_picked_up(which, receipt))
    if as_json:
        print_json(receipt)
    else:
        print(f"agent {receipt['agent']}: {said}")


def _phone(place: Place, agent: str) -> str:
    """Return the phone of the agent who is logged in or is about to be."""
    try:
        return str(app_client.get(place, agent)["phone"])
    except NotFound:  # the login has failed already
        return ""


def _not_picked_up(which: str, receipt: dict[str, Any]) -> str:
    """Return why the call to a phone failed, and how to fix it."""
    told = {
        "no_answer": f"did not answer within {receipt['end']['seconds']} s; try again, and pick it up when it rings",
        "busy": "is busy; hang it up, and try again",
        "declined": "declined the call; try again, and pick it up when it rings",
        "failed": f"could not be called: is it switched on and registered? ({receipt['cause']})",
    }
    return f"{which} {told.get(receipt['outcome'], receipt['end']['text'])}"


def outcome(place: Place, receipt: dict[str, Any]) -> dict[str, Any]:
    """Wait for the receipt's outcome, and return the receipt. Raises AppRefused if the outcome is not success."""
    receipt = ended(place, receipt)
    if receipt["outcome"] != COMPLETED:
        raise AppRefused("command_failed", "{why}", why=receipt["end"]["text"])
    return receipt


def ended(place: Place, receipt: dict[str, Any]) -> dict[str, Any]:
    """Wait on the event stream until the receipt has an outcome, and return the receipt."""
    if receipt["outcome"] is None:
        from warmline.centre.event_stream import follow

        try:
            for _ in follow(place, "command", receipt["id"]):
                receipt = app_client.get(place, f"receipts/{receipt['id']}")
                if receipt["outcome"] is not None:
                    break
        except KeyboardInterrupt:
            user = receipt["agent"]
            complain(f"no longer waiting; the command continues, see: warmline agent status {user}{_way_back(receipt)}")
            raise
    return receipt


def _way_back(receipt: dict[str, Any]) -> str:
    """Return the command that ends a dialling command still under way, as a hint; "" for other commands."""
    third = " --third" if receipt["kind"] in ("DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL") else ""
    ends = third or receipt["kind"] == "DIAL"
    return f"; to end it: warmline agent hangup {receipt['agent']}{third}" if ends else ""


def _how_far(receipt: dict[str, Any]) -> str:
    if receipt["outcome"]:
        return ""
    return " - under way" if sys.stdout.isatty() else f" (receipt {receipt['id']})"
