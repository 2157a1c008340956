"""Example arguments of each hook, for `warmline hook test`, and those of a past call."""

from typing import Any

from warmline.core.rules.routing import through

NUMBER, DIALLED = "15551234", "8005550100"


def arguments(hook: str) -> dict[str, Any]:
    """Return example arguments of a hook, as a request has them."""
    data = {"ticket": "4711"}
    caller = {"call": "01EXAMPLE", "number": NUMBER, "name": "Ada Lovelace", "dialled": DIALLED, "data": data}
    route = {"target": "ingroup:SALESLINE", "priority": 0, "data": data, "reason": ""}
    return {"before_route": {"caller": caller, "route": route}}[hook]


def of_call(hook: str, call: dict[str, Any], waits: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the arguments of a hook for a past call; `waits` are its records of waiting, the first one first."""
    given = arguments(hook)
    first = waits[0] if waits else {"ingroup": call["ingroup"], "direct": ""}
    target = f"agent:{first['direct']}" if first["direct"] else f"ingroup:{first['ingroup']}"
    data = dict(call["data"] or ())
    given["caller"] = {
        "call": call["id"], "number": call["number"] or "", "name": "", "dialled": call["dialled"] or "", "data": data
    }  # fmt: skip
    given["route"] |= {"target": target if through(target) else "", "data": data}
    return given
