"""The hook `before_route` in a decision of a script: the question, the check of the answer, the line in the reasons.

A hook that fails or answers nonsense leaves the decision as it is. Only a machine with the setting `hooks` loads this.
"""

from warmline.agi import WHY_MAX
from warmline.agi.channel import AGI
from warmline.core.rules import call_data, routing
from warmline.core.rules.routing import RoutingDecision, RuleStep
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import hook_request

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from typing import Any

    Items = list[tuple[str, str]]

RULE = "before_route"
SHOWN = 110  # characters of a hook's line in the reasons, which together have 250
NUMBER_MAX = 80  # characters
WORD_MAX = 100  # characters of a target


def decided(
    channel: AGI,
    decision: RoutingDecision,
    items: "Items",
    source: str | KeptDatabase,
    hooks: str,
    call: str,
    dialled: str,
) -> "tuple[RoutingDecision, Items]":
    """Return the decision and the data after the hook; `hooks` is the worker's socket.

    Raises FactsError if the database cannot be read.
    """
    seconds = routing_facts.hook_deadline(source) / 1000
    said = hook_request.ask(hooks, RULE, call, seconds, _question(channel, decision, items, call, dialled))
    if not said["ok"]:
        return _with_line(decision, f"{_by(said)}{said['why']}"), items
    if said["answer"] is None:
        return (_with_line(decision, f"{_by(said)}no change") if said.get("functions") else decision), items
    return answered(decision, items, source, said)


def answered(
    decision: RoutingDecision, items: "Items", source: str | KeptDatabase, said: "dict[str, Any]"
) -> "tuple[RoutingDecision, Items]":
    """Check an answer with content like a route of the configuration. Raises FactsError."""
    answer, by = said["answer"], _by(said)
    if why := _why_not(answer):
        return _with_line(decision, f"{by}the answer is not valid: {why}"), items
    target, reason = answer["target"], answer["reason"]
    data, left_out = call_data.checked(list(answer["data"].items()))
    other_data = data != call_data.checked(items)[0]
    found, place = decision, -1
    if target != decision.target:
        ingroups, agents = routing_facts.targets(source, target)[:2]
        found = routing.to(target, ingroups, agents)
        if not found.route and not found.goto:
            return _with_line(decision, f"{by}refused: {found.reason}"), items
        place = len(decision.steps)
        found.steps = [*decision.steps, *found.steps]
    changes = _changes(decision, target, answer["priority"]) or ("other data" if other_data else "no change")
    found = _with_line(found, f"{by}{changes}{' because ' if reason else ''}{reason}", place, passed=not found.goto)
    if found.route:
        found.steps += [RuleStep("data", True, why) for why in left_out]
    found.priority = answer["priority"]
    return found, [*data] if other_data else items


def _question(channel: AGI, decision: RoutingDecision, items: "Items", call: str, dialled: str) -> "dict[str, Any]":
    data = dict(call_data.checked(items)[0])
    caller = {
        "call": call,
        "number": _known(channel.env.get("agi_callerid", "")),
        "name": _known(channel.env.get("agi_calleridname", "")),
        "dialled": dialled[:NUMBER_MAX],
        "data": data,
    }
    target = decision.target if decision.route or decision.goto else ""
    reason = "" if target else decision.reason
    return {"caller": caller, "route": {"target": target, "priority": 0, "data": data, "reason": reason}}


def _known(text: str) -> str:
    """Return a number or a name; Asterisk says `unknown` for none."""
    return "" if text == "unknown" else text[:NUMBER_MAX]


def _why_not(answer: "dict[str, Any]") -> str:
    """Return which field of an answer is not valid, or ""."""
    priority, data = answer.get("priority"), answer.get("data")
    if not isinstance(answer.get("target"), str) or len(answer["target"]) > WORD_MAX:
        return f"target (allowed: text of up to {WORD_MAX} characters)"
    if type(priority) is not int or not -99 <= priority <= 99:
        return "priority (allowed: -99 to 99)"
    if not isinstance(data, dict) or not all(isinstance(one, str) for pair in data.items() for one in pair):
        return "data (allowed: names and texts)"
    return "" if isinstance(answer.get("reason"), str) else "reason (allowed: text)"


def _changes(decision: RoutingDecision, target: str, priority: int) -> str:
    changes = [f"sent to {target}"] if target != decision.target else []
    changes += [f"priority {priority:+}"] if priority else []
    return ", ".join(changes)


def _with_line(decision: RoutingDecision, text: str, place: int = -1, *, passed: bool = True) -> RoutingDecision:
    """Add the hook's line at this place; before the last rule, which says where the call goes.

    If the reasons are too long to be kept, the line is the second one, because the last ones are cut off.
    """
    plain = "".join(sign if sign.isprintable() and sign != ";" else "," for sign in text)[:SHOWN]
    before = RoutingDecision("", decision.steps[:place]).told
    if len(f"{before}; {RULE}: {plain}") > WHY_MAX:
        place = 1
    decision.steps.insert(place, RuleStep(RULE, passed, plain))
    return decision


def _by(said: "dict[str, Any]") -> str:
    return f"{said['by']}: " if said["by"] else ""
