"""What the commands of an agent have in common: an order to the running app, and what came of it."""

from typing import Annotated, Any
from urllib.parse import quote

import typer

from warmline import settings
from warmline.cli import running_app
from warmline.cli.output import print_json
from warmline.settings import Settings

User = Annotated[str, typer.Argument(metavar="USER", show_default=False)]
Given = str | int | dict[str, str]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for the outcome; exit 5 if it is not completed.")]


def give(user: str, what: str, said: str, *, as_json: bool, wait: bool = False, **body: Given) -> None:
    """Order `what` below /agents/USER of the JSON API, and print the receipt, or what is said of it.

    `body`: what goes with it, without what is empty. Raises AppAway, NotFound, AppRefused.
    """
    place = settings.load()
    given = {name: value for name, value in body.items() if value}
    receipt = running_app.post(place, f"agents/{quote(user, safe='')}/{what}", given)
    if wait:
        receipt = outcome(place, receipt)
    if as_json:
        print_json(receipt)
    else:
        print(f"agent {user}: {said}{_how_far(receipt)}")


def ring(user: str, what: str, phone: str, said: str, *, as_json: bool) -> None:
    """Order something for which a phone is called, the agent's own if `phone` is empty, and wait until it is picked up.

    Raises AppAway, NotFound, AppRefused: also if nobody picks up.
    """
    place = settings.load()
    receipt = running_app.post(place, f"agents/{quote(user, safe='')}/{what}", {"phone": phone} if phone else {})
    if receipt["outcome"] is None and not as_json:
        which = f"phone {phone}" if phone else "the phone"
        print(f"agent {user}: {which} rings, pick it up", flush=True)
    receipt = outcome(place, receipt)
    if as_json:
        print_json(receipt)
    else:
        print(f"agent {user}: {said}")


def outcome(place: Settings, receipt: dict[str, Any]) -> dict[str, Any]:
    """The receipt once it has an outcome, awaited by the event stream. Raises AppRefused if that is no success."""
    if receipt["outcome"] is None:
        from warmline.cli.event_stream import follow

        for _ in follow(place, "receipt", receipt["id"]):
            receipt = running_app.get(place, f"receipts/{receipt['id']}")
            if receipt["outcome"] is not None:
                break
    if receipt["outcome"] != "completed":
        raise running_app.AppRefused(f"{receipt['outcome'].replace('_', ' ')}: {receipt['cause']}")
    return receipt


def _how_far(receipt: dict[str, Any]) -> str:
    return "" if receipt["outcome"] else f" (receipt {receipt['id']})"
