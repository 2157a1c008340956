"""Example arguments of each hook, for `warmline hook test`, and those of a past call."""

from typing import Any

from warmline.core.rules.routing import through

NUMBER, DIALLED = "15551234", "8005550100"


def arguments(hook: str) -> dict[str, Any]:
    """Return example arguments of a hook, as a request has them."""
    data = {"ticket": "4711"}
    caller = {"call": "01EXAMPLE", "number": NUMBER, "name": "Ada Lovelace", "dialled": DIALLED, "data": data}
    route = {"target": "ingroup:SALESLINE", "priority": 0, "data": data, "reason": ""}
    call = {"caller": caller, "ingroup": "SALESLINE", "waited": 12.5, "lead": 1}
    agents = [{"user": "1000", "ready": 60.0, "calls": 4}, {"user": "1001", "ready": 30.0, "calls": 2}]
    known: dict[str, dict[str, Any]] = {
        "before_route": {"caller": caller, "route": route},
        "choose_agent": {"call": call, "agents": agents},
    }
    return known[hook]


def of_call(hook: str, call: dict[str, Any], waits: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the arguments of a hook for a past call; `waits` are its records of waiting, the first one first."""
    given = arguments(hook)
    first = waits[0] if waits else {"ingroup": call["ingroup"], "direct": ""}
    target = f"agent:{first['direct']}" if first["direct"] else f"ingroup:{first['ingroup']}"
    data = dict(call["data"] or ())
    caller = {
        "call": call["id"], "number": call["number"] or "", "name": "", "dialled": call["dialled"] or "", "data": data
    }  # fmt: skip
    if hook == "choose_agent":
        given["call"] |= {"caller": caller, "ingroup": first["ingroup"], "lead": call["lead"] or 0}
        return given
    given["route"] |= {"target": target if through(target) else "", "data": data}
    return given | {"caller": caller}
