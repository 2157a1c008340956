"""A queue in the core alone: agents who are logged in and paused, and any number of waiting callers."""

from tools.bench.core.live_core import LiveCore, Took
from tools.bench.tools.result import CannotMeasureError
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.options.ingroup_options import RANKINGS

AGENTS = 200
SERVED = 5  # in-groups of each agent


def rules() -> Rules:
    """Return an in-group for each way of ranking; each agent serves some of them."""
    groups = [f"GROUP{number}" for number in range(len(RANKINGS))]
    agents = (
        Agent(id=str(n), phone=str(n), campaign="BENCH", ingroups=tuple((groups * 2)[n % len(groups) :][:SERVED]))
        for n in range(1000, 1000 + AGENTS)
    )
    ranked = zip(groups, RANKINGS, strict=True)
    return Rules(
        campaigns={"BENCH": Campaign(id="BENCH")},
        ingroups={name: Ingroup(id=name, next_agent_call=method) for name, method in ranked},
        agents={agent.id: agent for agent in agents},
    )


class FullQueue(LiveCore):
    """The core with all agents and callers in it."""

    def __init__(self, callers: int) -> None:
        super().__init__(rules())
        self._came = 0
        for user in self.rules.agents:
            self.tell(ev.LegArrived(f"phone-{user}", ("login", user), up=True))
        for _ in range(callers):
            self.caller()

    def caller(self) -> None:
        """Let one more caller arrive."""
        group = list(self.rules.ingroups)[self._came % len(self.rules.ingroups)]
        self._came += 1
        self.tell(ev.LegArrived(f"caller-{self._came}", ("ingroup", group), up=True))

    def decide(self, user: str) -> Took:
        """Let this agent become READY; return how long the core took to choose a caller, then end that call.

        Raises CannotMeasureError if callers wait for the agent and none is chosen.
        """
        self.tell(self.ask(Kind.RESUME, user))
        _, took = self.handled[0]
        self._end(user)
        return took

    def _end(self, user: str) -> None:
        session = self.world.sessions[user]
        self.tell(self.ask(Kind.PAUSE, user))
        if session.call:
            self.tell(ev.LegDestroyed(self.world.calls[session.call].customer or "", 16))
            self.tell(self.ask(Kind.STATUS, user, status="A"))
            self.caller()
        elif any(self.world.matcher.how_many_wait(group) for group in session.ingroups):
            raise CannotMeasureError(f"agent {user} is READY and gets no caller, although callers wait")
        if self.world.sessions[user].state is not AgentState.PAUSED:
            raise CannotMeasureError(f"agent {user} is not paused again: {self.world.sessions[user]}")
