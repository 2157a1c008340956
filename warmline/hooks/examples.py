"""Example arguments of each hook, for `warmline hook test`, and those of a past call."""

from typing import Any

from warmline.core.rules.routing import through

NUMBER, DIALLED = "15551234", "8005550100"

ENDED = {
    "direction": "in", "result": "talked", "disposition": "SALE", "ingroup": "SALESLINE", "agent": "1000",
    "campaign": "TESTCAMP", "wait": 12, "talk": 95, "ended_by": "customer", "lead": 1,
    "custom_fields": {"plan": "gold"}, "recordings": [],
}  # fmt: skip
EVENT = {
    "id": "1723-1", "at": "2026-01-05T12:00:00.000+00:00", "type": "call.ended", "call": "01EXAMPLE", "agent": "1000",
    "data": {"state": "ended"},
}  # fmt: skip


def arguments(hook: str) -> dict[str, Any]:
    """Return example arguments of a hook, as a request has them."""
    data = {"ticket": "4711"}
    caller = {"call": "01EXAMPLE", "number": NUMBER, "name": "Ada Lovelace", "dialled": DIALLED, "data": data}
    route = {"target": "ingroup:SALESLINE", "priority": 0, "data": data, "reason": ""}
    call = {"caller": caller, "ingroup": "SALESLINE", "waited": 12.5, "lead": 1, "custom_fields": {"plan": "gold"}}
    agents = [{"user": "1000", "ready": 60.0, "calls": 4}, {"user": "1001", "ready": 30.0, "calls": 2}]
    known: dict[str, dict[str, Any]] = {
        "before_route": {"caller": caller, "route": route},
        "choose_agent": {"call": call, "agents": agents},
        "after_call": {"call": ENDED | {"caller": caller}},
        "on_event": {"event": EVENT},
    }
    return known[hook]


def of_call(hook: str, call: dict[str, Any], waits: list[dict[str, Any]], own_fields: dict[str, str]) -> dict[str, Any]:
    """Return the arguments of a hook for a past call; `waits` are its records of waiting, the first one first.

    `own_fields` are the custom fields of its lead.

    Those of after_call are read from the database: see ended_call.py.
    """
    given = arguments(hook)
    first = waits[0] if waits else {"ingroup": call["ingroup"], "direct": ""}
    target = f"agent:{first['direct']}" if first["direct"] else f"ingroup:{first['ingroup']}"
    data = dict(call["data"] or ())
    caller = {
        "call": call["id"], "number": call["number"] or "", "name": "", "dialled": call["dialled"] or "", "data": data
    }  # fmt: skip
    if hook == "on_event":
        return {"event": EVENT | {"call": call["id"], "agent": call["last_agent"], "data": {"state": call["state"]}}}
    if hook == "choose_agent":
        given["call"] |= {"caller": caller, "ingroup": first["ingroup"], "lead": call["lead"] or 0}
        given["call"]["custom_fields"] = own_fields
        return given
    given["route"] |= {"target": target if through(target) else "", "data": data}
    return given | {"caller": caller}
