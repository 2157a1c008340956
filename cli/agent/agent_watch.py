"""`warmline agent watch`: an agent's state and call, updated at each change."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cli.agent.agent_request import User
from cli.client import own_agent
from cli.client.own_agent import ME
from cli.output.json_output import Json
from warmline.centre import app_client
from warmline.centre.place import machine
from warmline.store.database.database import StoreError
from warmline.store.reports import filter_names_check

if TYPE_CHECKING:
    from cli.client.live_view import LiveRecords

# The agent as the app returns it, with the whole `call`, and its `lead` with script and previous calls. Without a call:
# the agent's `history`, and the `codes` for the last call. Missing parts are None.
Picture = dict[str, Any]

LOGGED_OUT = "LOGGED OUT"
# fmt: off
FIELDS = (
    "user", "full_name", "state", "since", "call", "phone", "campaign", "campaign_name", "ingroups", "pause_code",
    "last_call", "last_status", "muted", "preview", "supervisors", "reachable", "help_since", "overdue", "lead",
    "history", "codes",
)
# fmt: on


def watch(user: User, as_json: Json = False) -> None:
    from cli.agent.agent_view import page
    from cli.client.live_view import pictures, show

    place = app_client.here()
    if user == ME:
        user = own_agent.of(place).agent
    if settings := machine(place):
        with suppress(StoreError):  # a user with a token need not be able to read the database
            filter_names_check.check(settings.db, agent=user)
    found = pictures(place, lambda records: picture(user, records), agent=user, details="true")
    show(found, page, lines, as_json)


def picture(user: str, records: "LiveRecords") -> Picture:
    """Return the agent in these records, with the call and the details."""
    found: Picture = dict.fromkeys(FIELDS)
    agent = records.agents.get(user)
    if agent is None:
        return found | {"user": user, "state": LOGGED_OUT}
    return found | agent | {"call": records.calls.get(agent["call"])} | records.details


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
