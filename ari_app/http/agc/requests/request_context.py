"""One request for one logged-in agent: what the rows of the function table work with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, AgcPlan
from ari_app.http.agc.requests.fields import Fields
from warmline.core.model.call import Call
from warmline.core.model.commands import CommandFields
from warmline.core.model.session import AgentState, Session
from warmline.core.rules.configuration import Campaign
from warmline.core.state.world import World

C = TypeVar("C", bound=CommandFields)

# The words of VICIdial's API for an agent's state.
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
    """`now` in microseconds, UTC. `agent_user` among the fields is the agent alt_user named, if it named one."""

    fields: Fields
    session: Session
    world: World
    now: int
    server_ip: str

    @property
    def value(self) -> str:
        return self.fields["value"]

    @property
    def agent(self) -> str:
        """The agent as the request wrote it; `session.agent` is the agent as configured."""
        return self.fields["agent_user"]

    @property
    def call(self) -> Call | None:
        """The call on the agent's screen; an agent who waits, pauses or gives a disposition has none."""
        return self.world.calls.get(self.session.call or "")

    @property
    def has_lead(self) -> bool:
        """Whether the agent has somebody on the screen: in a call, and until its disposition is given."""
        return self.call is not None or self.session.state is AgentState.DISPO

    @property
    def status(self) -> str:
        return STATUS[self.session.state]

    @property
    def campaign(self) -> Campaign:
        return self.world.rules.campaign(self.session.campaign)

    @property
    def lenient(self) -> bool:
        """Whether what is impossible is told as done (`api_impossible`)."""
        return self.world.rules.api_impossible == "SUCCESS"

    def command(self, shape: type[C], **arguments: Any) -> C:
        """A command to this agent."""
        return shape(self.session.agent, **arguments)


@dataclass(frozen=True, slots=True)
class AgcFunction:
    """One function of the API.

    `tidy` makes the fields ready, `complete` sees them before the agent is looked up, `about` is what the complaint
    about them names, and `complaint` how it begins, if not with the function's name; "" names nothing. `beside` is a
    field that is named before an agent who cannot be found.
    `does` and `differs` are for docs/reference/agent-api.md: what happens, and what VICIdial does otherwise.
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


@dataclass(frozen=True, slots=True)
class AgcLookupFunction:
    """A function that asks nothing of an agent named by agent_user. As `AgcFunction`; `find` gives its answer."""

    complete: Callable[[Fields], bool]
    find: Callable[[Fields, World], AgcAnswer | AgcLookup]
    needs: str
    does: str
    differs: str = ""
    about: tuple[str, ...] = ()
    complaint: str = ""
    tidy: Callable[[Fields], Fields] = lambda fields: fields


def only_in_value(pattern: str) -> Callable[[Fields], Fields]:
    """Makes the fields ready: what does not match is dropped from value."""
    return lambda fields: {**fields, "value": "".join(re.findall(pattern, fields["value"]))}


def names_agent(fields: Fields, shortest_alt: int = 2) -> bool:
    """Whether a request names an agent at all; a shorter alt_user does not count."""
    return bool(fields["agent_user"]) or len(fields["alt_user"]) >= shortest_alt


def has_value(fields: Fields) -> bool:
    """Whether value and agent are there."""
    return bool(fields["value"]) and names_agent(fields)


def value_is_one_of(*values: str) -> Callable[[Fields], bool]:
    """The check that value is one of these, and that an agent is named."""
    return lambda fields: fields["value"] in values and names_agent(fields)


def value_contains(*words: str, shortest_alt: int = 2) -> Callable[[Fields], bool]:
    """The check that one of these words is somewhere in value, and that an agent is named."""
    return lambda fields: any(word in fields["value"] for word in words) and names_agent(fields, shortest_alt)
