"""`warmline agent watch`: an agent's state and call, updated at each change."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cli.agent.agent_request import User
from cli.client import app_client
from cli.output.json_output import Json
from warmline.store.database.errors import NotFound
from warmline.store.reports import name_check
from warmline.system import settings

if TYPE_CHECKING:
    from cli.client.live_view import Changed

# The agent as the app returns it, with the whole `call`, and its `lead` with script and previous calls. Without a call:
# the agent's `history`, and the `codes` for the last call. Missing parts are None.
Picture = dict[str, Any]

LOGGED_OUT = "LOGGED OUT"
# fmt: off
FIELDS = (
    "user", "state", "since", "call", "phone", "campaign", "ingroups", "pause_code", "last_call", "last_status",
    "muted", "preview", "supervisors", "reachable", "lead", "history", "codes",
)
# fmt: on
PAST = 5  # the agent's own calls that are shown between two calls


def watch(user: User, as_json: Json = False) -> None:
    from cli.agent.agent_view import page
    from cli.client.event_stream import is_about
    from cli.client.live_view import pictures, show

    place = settings.load()
    name_check.check(place.db, agent=user)
    calls = {""}

    def look() -> Picture:
        found = picture(place, user)
        calls.add((found["call"] or {}).get("id", ""))
        return found

    def concerns(changed: "Changed") -> bool:
        of_call = is_about(changed, "call") and changed["call"] in calls
        return of_call or is_about(changed, "agent", user)

    show(pictures(place, look, concerns), page, lines, as_json)


def picture(place: settings.Settings, user: str) -> Picture:
    """Return the agent now, with the call. Raises AppAway."""
    found: Picture = dict.fromkeys(FIELDS)
    here = f"agents/{quote(user, safe='')}"
    try:
        agent: Picture = app_client.get(place, here)
    except NotFound:
        return found | {"user": user, "state": LOGGED_OUT}
    call = _maybe(place, f"calls/{agent['call']}") if agent["call"] else None
    found |= agent | {"call": call}
    if call:
        found["lead"] = _maybe(place, f"calls/{call['id']}/lead")
    else:
        found["history"] = _maybe(place, f"history?agent={quote(user, safe='')}&limit={PAST}")
    if agent["state"] in ("DISPO", "DEAD"):
        found["codes"] = _maybe(place, f"{here}/dispositions")
    return found


def _maybe(place: settings.Settings, path: str) -> Any:
    """Return the record at `path`; None if it has just ended, which an event then reports."""
    try:
        return app_client.get(place, path)
    except NotFound:
        return None


def lines(found: Picture) -> list[str]:
    """Return the picture as one line, without parts that change with time alone."""
    from cli.agent.agent_view import name_of, stands

    call = found["call"] or {}
    parts = (
        found["user"],
        stands(found),
        call.get("state"),
        call.get("customer"),
        call and name_of(found),
        call.get("third"),
    )
    return ["  ".join(part for part in parts if part)]
