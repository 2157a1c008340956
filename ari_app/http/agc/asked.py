"""One request for one logged-in agent: what the rows of the function table work with."""

from dataclasses import dataclass

from warmline.ari_app.http.agc.fields import Fields
from warmline.core.call.call import Call
from warmline.core.rules import Campaign
from warmline.core.session import Session
from warmline.core.world import World


@dataclass(frozen=True, slots=True)
class Asked:
    """`now` in microseconds, UTC. `agent_user` among the fields is the agent alt_user named, if it named one."""

    fields: Fields
    session: Session
    world: World
    now: int

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
    def campaign(self) -> Campaign:
        return self.world.rules.campaign(self.session.campaign)


def names_agent(fields: Fields, shortest_alt: int = 2) -> bool:
    """Whether a request names an agent at all; a shorter alt_user does not count."""
    return bool(fields["agent_user"]) or len(fields["alt_user"]) >= shortest_alt
