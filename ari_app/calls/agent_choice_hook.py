"""Asks the hook choose_agent. The core decides when the answer arrives, and no call waits for it after its deadline."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ari_app.process import hook_client
from warmline.core.messages.agent_choice_messages import AgentChosen, AskAgentChoice
from warmline.core.messages.events import Event
from warmline.store.database.database import StoreError
from warmline.store.leads import screen_lead
from warmline.system import hook_request

SECOND = 1_000_000
REASON_MAX = 200  # characters

NO_HOOKS = hook_request.failed("the setting hooks is empty")


class AgentChoiceHook:
    """Asks the worker of hooks at its socket; `post` receives each answer. `db` is the path of the database.

    `now` returns the time of a turn, in microseconds UTC.
    """

    def __init__(self, address: str, db: str, post: Callable[[Event], None], now: Callable[[], int]) -> None:
        self._address = address
        self._db = db
        self._post = post
        self._now = now
        self._asking: set[asyncio.Task[None]] = set()

    def ask(self, action: AskAgentChoice) -> None:
        """Begin a question and return at once."""
        task = asyncio.create_task(self._ask(action))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _ask(self, action: AskAgentChoice) -> None:
        if self._address:
            given = _arguments(action, await self._own_fields(action.lead))
            seconds = (action.until - self._now()) / SECOND
            said = await hook_client.ask(self._address, "choose_agent", action.call, seconds, given)
        else:
            said = NO_HOOKS
        if said["ok"] or not said["why"].startswith(hook_request.NO_ANSWER):  # the core's timer ends the question
            self._post(answer_of(action, said))

    async def _own_fields(self, lead: int) -> dict[str, str]:
        """Return the custom fields of a lead; none if they cannot be read."""
        if lead:
            with suppress(StoreError):
                return await asyncio.to_thread(screen_lead.own_fields_of, self._db, lead)
        return {}


def answer_of(action: AskAgentChoice, said: dict[str, Any]) -> AgentChosen:
    """Return the event for a checked answer of the worker; only an agent of the question can be chosen."""
    by = _plain(said["by"])
    if not said["ok"]:
        return AgentChosen(action.call, action.question, by=by, why=_plain(said["why"]))
    if (answer := said["answer"]) is None:
        return AgentChosen(action.call, action.question, by=by, why="no choice")
    agent, reason = answer.get("agent"), answer.get("reason")
    if agent not in [one.user for one in action.agents]:
        return AgentChosen(action.call, action.question, by=by, why="the choice is none of the agents")
    return AgentChosen(action.call, action.question, agent, by, _plain(reason) if isinstance(reason, str) else "")


def _arguments(action: AskAgentChoice, own_fields: dict[str, str]) -> dict[str, Any]:
    caller = {"call": action.call, "number": action.number, "dialled": action.dialled, "data": dict(action.data)}
    call = {"caller": caller, "ingroup": action.ingroup, "waited": action.waited / SECOND}
    call |= {"lead": action.lead, "custom_fields": own_fields}
    agents = [{"user": one.user, "ready": one.ready / SECOND, "calls": one.calls} for one in action.agents]
    return {"call": call, "agents": agents}


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)[:REASON_MAX]
