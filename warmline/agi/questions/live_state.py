"""Questions about queues and agents as they are now."""

from datetime import datetime
from http import HTTPStatus

import msgspec

from warmline.agi.questions import app_question
from warmline.store.agi import routing_facts
from warmline.system import settings


class QueueAnswer(msgspec.Struct, frozen=True):
    """An in-group's queue now. `longest` and `estimate` are in seconds."""

    waiting: int
    longest: int
    ready: int
    agents: int
    estimate: int | None


class AgentAnswer(msgspec.Struct, frozen=True):
    """An agent now. `since` has a time zone."""

    logged_in: bool
    state: str = ""
    since: datetime | None = None
    in_call: bool = False


class _Queue(msgspec.Struct):
    """The fields of IngroupNow in the JSON API that a script sees."""

    waiting: int
    longest_ms: int
    agents: int
    ready: int
    estimate_ms: int | None


class _Agent(msgspec.Struct):
    """The fields of AgentNow in the JSON API that a script sees."""

    state: str
    since: datetime
    call: str | None


def queue(name: str) -> QueueAnswer | None:
    """Return an in-group's queue as it is now; None if the app does not tell it within 0.5 s.

    It is None while the app is stopped, stuck, or without Asterisk. Then let the call go on: the dialplan has a
    fallback. Raises CodedError, also if the in-group does not exist. The result has these attributes:

    - `waiting`: the callers without an agent
    - `longest`: the seconds that the first of them has waited; 0 if none waits
    - `ready`: the agents who take a call at once
    - `agents`: the agents who are logged in for the in-group
    - `estimate`: the seconds that this caller would wait, as `play_estimate_hold_time` announces them to callers. 0 if
      an agent is free for the caller. None if no wait is known yet, and for AGENTDIRECT.
    """
    known = settings.load()
    answer = app_question.ask(known.run, "ingroups", name)
    if answer is None or answer.status != HTTPStatus.OK:
        routing_facts.check_known(str(known.db), "ingroup", name)
        return None
    told = msgspec.json.decode(answer.body, type=_Queue)
    estimate = None if told.estimate_ms is None else told.estimate_ms // 1000
    return QueueAnswer(told.waiting, told.longest_ms // 1000, told.ready, told.agents, estimate)


def agent(user: str) -> AgentAnswer | None:
    """Return an agent as they are now; None if the app does not tell it within 0.5 s, as for `queue`.

    Raises CodedError, also if the agent does not exist. The result has these attributes:

    - `logged_in`: whether the agent is logged in
    - `state`: such as `READY`, `PAUSED`, `INCALL` or `NO PHONE`; '' if the agent is not logged in
    - `since`: the `datetime` at which the state began, in UTC; None if the agent is not logged in
    - `in_call`: whether the agent has a call
    """
    known = settings.load()
    answer = app_question.ask(known.run, "agents", user)
    if answer is not None and answer.status == HTTPStatus.OK:
        told = msgspec.json.decode(answer.body, type=_Agent)
        return AgentAnswer(True, told.state, told.since, told.call is not None)
    routing_facts.check_known(str(known.db), "agent", user)
    return AgentAnswer(False) if answer is not None and answer.status == HTTPStatus.NOT_FOUND else None
