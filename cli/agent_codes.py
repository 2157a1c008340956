"""The codes that an agent may choose now: for the call, or for a pause."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from warmline import settings
from warmline.cli import running_app
from warmline.cli.output import print_json, print_table
from warmline.cli.running_app import AppRefused

Codes = list[dict[str, Any]]


def show_dispositions(user: str, as_json: bool) -> None:
    """Print what the agent may give the call he is in, or has just had. Raises AppAway, NotFound."""
    found = _found(user, "dispositions")
    if as_json:
        print_json(found)
    elif found:
        print_table(("code", "meaning", "with"), [(one["status"], one["status_name"], _with(one)) for one in found])
        print(f"\nTo give one: warmline agent dispo {user} CODE")
    else:
        print("There is no disposition that he may choose; they are made with: warmline disposition create")


def _with(code: dict[str, Any]) -> str:
    promised = "--callback TIME" if code["scheduled_callback"] else ""
    return " ".join(filter(None, (promised, "--notes TEXT (needed)" if code["notes_required"] else "")))


def show_pause_codes(user: str, as_json: bool = False) -> None:
    """Print what the agent may pause with. Raises AppAway, NotFound."""
    found = _found(user, "pause-codes")
    if as_json:
        print_json(found)
    elif found:
        print_table(("code", "meaning"), [(one["pause_code"], one["pause_code_name"]) for one in found])
        print(f"\nTo give one: warmline agent pause {user} CODE")
    else:
        print("His campaign has no pause codes: any word of up to 6 letters will do.")


def with_choices(user: str, code: str, order: Callable[[], None], what: str) -> None:
    """Give an order that has a code; if the code is the reason for a refusal, say how to see those there are.

    `what`: dispositions or pause-codes. Raises what the order raises.
    """
    try:
        order()
    except AppRefused as refused:
        key, see = {"dispositions": ("status", "dispo {}"), "pause-codes": ("pause_code", "pause {} --codes")}[what]
        if code in [one[key] for one in _found(user, what)]:
            raise
        raise AppRefused(f"{refused}; all he may choose: warmline agent {see.format(user)}") from None


def pause_hint(user: str) -> str:
    """What is said to an agent who pauses without a code where there are some; else nothing."""
    codes = [one["pause_code"] for one in _found(user, "pause-codes")]
    return f"; to say why: warmline agent pause {user} {'|'.join(codes)}" if codes else ""


def _found(user: str, what: str) -> Codes:
    found: Codes = running_app.get(settings.load(), f"agents/{quote(user, safe='')}/{what}")
    return found
