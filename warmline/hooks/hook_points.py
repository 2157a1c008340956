"""The hooks: the name of each, its arguments and its answer. The reference page is generated from this table."""

from typing import Any, NamedTuple

import msgspec

from warmline.hooks.records import AgentChoice, Caller, EndedCall, Event, FreeAgent, Route, WaitingCall


class HookPoint(NamedTuple):
    """A hook: names and types of its arguments, and the type of its answer.

    A hook without an answer (None) gets each item of a list, and all of its functions run.
    """

    arguments: dict[str, Any]
    answer: type | None
    meaning: str


HOOK_POINTS = {
    "before_route": HookPoint(
        {"caller": Caller, "route": Route},
        Route,
        "runs before a call enters Warmline; it may change the route, the priority and the data, or refuse the caller",
    ),
    "choose_agent": HookPoint(
        {"call": WaitingCall, "agents": tuple[FreeAgent, ...]},
        AgentChoice,
        "runs when an agent is ready for a call of an in-group with `choose_agent_hook`; it may choose another one",
    ),
    "after_call": HookPoint(
        {"call": EndedCall},
        None,
        "runs after the end of a call and its disposition; without one, after the agent's wrap-up or 15 minutes",
    ),
    "on_event": HookPoint(
        {"event": Event},
        None,
        "runs after each event of `/api/v1/events`; lost events are not repeated",
    ),
}


def arguments_of(hook: str, given: dict[str, Any]) -> list[Any]:
    """Return the records for a hook's function from decoded JSON. Raises ValueError if they do not fit."""
    return [msgspec.convert(given[name], kind) for name, kind in HOOK_POINTS[hook].arguments.items()]


def plain_answer(hook: str, answer: object) -> dict[str, Any] | None:
    """Return a function's answer as JSON values. Raises TypeError with the allowed types."""
    kind = HOOK_POINTS[hook].answer
    if answer is None or kind is None:
        return None
    if not isinstance(answer, kind):
        raise TypeError(f"the answer is of type {type(answer).__name__} (allowed: {kind.__name__} or None)")
    try:
        plain: dict[str, Any] = msgspec.to_builtins(answer)
        msgspec.convert(plain, kind)
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"the answer is not valid: {error}"[:200]) from None
    return plain
