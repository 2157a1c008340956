"""The codes that an agent can choose now: dispositions and pause codes."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from cli.client.own_agent import ME, named
from cli.output.json_output import print_json
from cli.output.table import print_table
from warmline.centre import app_client
from warmline.centre.app_answer import AppRefused
from warmline.store.database.errors import NotFound

Codes = list[dict[str, Any]]


def show_dispositions(user: str, as_json: bool) -> None:
    """Print the codes that the agent can give the current or the previous call. Raises AppAway, NotFound."""
    found = _found(user, "dispositions")
    if as_json:
        print_json(found)
    elif found:
        print_table(("code", "meaning", "with"), [(one["status"], one["status_name"], _with(one)) for one in found])
        print(f"\nTo give one: warmline agent dispo{named(user)} CODE")
    else:
        print("No disposition can be chosen; create one with: warmline disposition create")


def _with(code: dict[str, Any]) -> str:
    promised = "--callback TIME (needed)" if code["scheduled_callback"] else ""
    return " ".join(filter(None, (promised, "--notes TEXT (needed)" if code["notes_required"] else "")))


def show_pause_codes(user: str, as_json: bool = False) -> None:
    """Print the agent's pause codes. Raises AppAway, NotFound."""
    found = _found(user, "pause-codes")
    if as_json:
        print_json(found)
    elif found:
        print_table(("code", "meaning"), [(one["pause_code"], one["pause_code_name"]) for one in found])
        print(f"\nTo give one: warmline agent pause{named(user)} CODE")
    else:
        whose = "your agent" if user == ME else f"agent {user}"
        print(f"The campaign of {whose} has no pause codes. Any word of up to 6 letters is accepted.")


def with_choices(user: str, code: str, order: Callable[[str], None], what: str, *, promised: bool = True) -> None:
    """Give a command with its code; if the code is refused, the error says how to list all codes.

    The case of letters in `code` does not matter. `what` is dispositions or pause-codes; `promised`: whether the time
    of a callback is given with it. Raises what `order` raises.
    """
    try:
        order(code)
    except AppRefused as refused:
        key, see = {"dispositions": ("status", "dispo{}"), "pause-codes": ("pause_code", "pause{} --codes")}[what]
        try:
            known = {one[key]: one for one in _found(user, what)}
        except (AppRefused, NotFound):
            raise refused from None
        meant = [one for one in known if one.lower() == code.lower()]
        if code not in known and len(meant) == 1:
            with_choices(user, meant[0], order, what, promised=promised)
            return
        if code not in known:
            raise AppRefused(
                "code_not_allowed",
                "{why}; to list all codes: warmline agent {command}",
                why=refused,
                command=see.format(named(user)),
            ) from None
        if known[code].get("scheduled_callback") and not promised:
            raise no_time(user, code) from None
        raise


def no_time(agent: str, code: str) -> AppRefused:
    """Return the error for a code that needs the time of a callback."""
    return AppRefused(
        "callback_time_missing",
        "{code} needs --callback TIME: warmline agent dispo{agent} {code} --callback 'tomorrow 10:00'",
        code=code,
        agent=named(agent),
    )


def pause_hint(user: str) -> str:
    """Return a hint for an agent who pauses without a code; "" if the campaign has no codes, or they cannot be read."""
    try:
        codes = [one["pause_code"] for one in _found(user, "pause-codes")]
    except (AppRefused, NotFound):
        return ""  # the pause itself is refused for the same reason
    return f"; to say why: warmline agent pause{named(user)} {'|'.join(codes)}" if codes else ""


def _found(user: str, what: str) -> Codes:
    found: Codes = app_client.get(app_client.here(), f"agents/{quote(user, safe='')}/{what}")
    return found
