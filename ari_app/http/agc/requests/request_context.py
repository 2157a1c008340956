"""A request for a logged-in agent, as the rows of the function table use it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, AgcPlan
from ari_app.http.agc.requests.fields import Fields
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.commands import CommandFields
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.rules.configuration import Campaign
from warmline.core.world.world import World

Waiting = Callable[[str], int]
"""Returns how many calls wait in a queue."""

C = TypeVar("C", bound=CommandFields)

# VICIdial's API words for an agent's state.
STATUS = {
    AgentState.READY: "CLOSER",
    AgentState.QUEUE: "QUEUE",
    AgentState.INCALL: "INCALL",
    AgentState.DEAD: "INCALL",
    AgentState.DISPO: "PAUSED",
    AgentState.PAUSED: "PAUSED",
}


@dataclass(frozen=True, slots=True)
class RequestContext:
    """`now` is in microseconds UTC. `agent_user` in the fields is the agent that alt_user named, if it named one.

    `waiting` returns how many calls wait in a queue. `by` is the name of the user in receipts, and
    `campaigns` are those whose leads the user may name; None for all.
    """

    fields: Fields
    session: Session
    world: World
    now: int
    server_ip: str
    waiting: Waiting
    by: str
    campaigns: VisibleCampaigns | None = None

    @property
    def value(self) -> str:
        return self.fields["value"]

    @property
    def agent(self) -> str:
        """The agent as written in the request; `session.agent` is the configured agent."""
        return self.fields["agent_user"]

    @property
    def call(self) -> Call | None:
        """The call on the agent's screen; None while the agent waits, pauses or gives a disposition."""
        return self.world.calls.get(self.session.call or "")

    @property
    def has_lead(self) -> bool:
        """Whether a lead is on the agent's screen: during a call, and until its disposition is given."""
        return self.call is not None or self.session.state is AgentState.DISPO

    @property
    def status(self) -> str:
        return STATUS[self.session.state]

    @property
    def campaign(self) -> Campaign:
        return self.world.rules.campaign(self.session.campaign)

    @property
    def lenient(self) -> bool:
        """Whether refusals are answered with success (`api_impossible`)."""
        return self.world.rules.api_impossible == "SUCCESS"

    def command(self, shape: type[C], **arguments: Any) -> C:
        """Return a command for this agent."""
        return shape(self.session.agent, **arguments)


@dataclass(frozen=True, slots=True)
class AgcFunction:
    """A function of the API.

    - `tidy` prepares the fields.
    - `complete` checks them before the agent is looked up.
    - `about` are the fields that the complaint about incomplete fields names.
    - `complaint` is its beginning, if that is not the function's name.
    - `beside` is a field that is named before an unknown agent.
    - `does` and `differs` are sentences of docs/reference/agent-api.md: what happens, and how VICIdial differs.
    - `scope` is the scope that a user's role must have.
    """

    complete: Callable[[Fields], bool]
    plan: Callable[[RequestContext], AgcPlan | AgcAnswer | AgcLookup]
    needs: str
    does: str
    differs: str = ""
    about: tuple[str, ...] = ("value", "agent_user")
    by_alt_user: bool = True
    complaint: str = ""
    tidy: Callable[[Fields], Fields] = lambda fields: fields
    beside: str = ""
    scope: str = "agents:write"


@dataclass(frozen=True, slots=True)
class AgcLookupFunction:
    """A function without an agent in agent_user. Fields as in `AgcFunction`; `find` returns its answer.

    `agent` returns the agent whom it is about, or "".
    """

    complete: Callable[[Fields], bool]
    find: Callable[[Fields, World], AgcAnswer | AgcLookup]
    needs: str
    does: str
    differs: str = ""
    about: tuple[str, ...] = ()
    complaint: str = ""
    tidy: Callable[[Fields], Fields] = lambda fields: fields
    agent: Callable[[Fields, World], str] = lambda _fields, _world: ""


def only_in_value(pattern: str) -> Callable[[Fields], Fields]:
    """Return a `tidy` function that keeps only what matches `pattern` in value."""
    return lambda fields: {**fields, "value": "".join(re.findall(pattern, fields["value"]))}


def names_agent(fields: Fields, shortest_alt: int = 2) -> bool:
    """Return whether a request names an agent; a shorter alt_user does not count."""
    return bool(fields["agent_user"]) or len(fields["alt_user"]) >= shortest_alt


def has_value(fields: Fields) -> bool:
    """Return whether value and agent are given."""
    return bool(fields["value"]) and names_agent(fields)


def value_is_one_of(*values: str) -> Callable[[Fields], bool]:
    """Return a check that value is one of these, and that an agent is named."""
    return lambda fields: fields["value"] in values and names_agent(fields)


def value_contains(*words: str, shortest_alt: int = 2) -> Callable[[Fields], bool]:
    """Return a check that value contains one of these words, and that an agent is named."""
    return lambda fields: any(word in fields["value"] for word in words) and names_agent(fields, shortest_alt)
