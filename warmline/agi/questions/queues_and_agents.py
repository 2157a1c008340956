"""Questions about queues and agents as they are now."""

from warmline.agi.questions import app_question
from warmline.agi.questions.app_question import NOT_FOUND_STATUS, OK_STATUS
from warmline.system import settings

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from datetime import datetime


class QueueAnswer:
    """An in-group's queue now. `longest` and `estimate` are in seconds."""

    __slots__ = ("agents", "estimate", "longest", "ready", "waiting")

    def __init__(
        self, waiting: int = 0, longest: int = 0, ready: int = 0, agents: int = 0, estimate: int | None = None
    ) -> None:
        self.waiting = waiting
        self.longest = longest
        self.ready = ready
        self.agents = agents
        self.estimate = estimate


class AgentAnswer:
    """An agent now. `since` is in UTC."""

    __slots__ = ("in_call", "logged_in", "since", "state")

    def __init__(self, state: str = "", since: "datetime | None" = None, *, in_call: bool = False) -> None:
        self.logged_in = bool(state)
        self.state = state
        self.since = since
        self.in_call = in_call


def queue(name: str) -> QueueAnswer | None:
    """Return an in-group's queue as it is now; None if the app does not answer within 0.5 s.

    It is None while the app is stopped, stuck, or without Asterisk. Then let the call go on: the dialplan has a
    fallback. Raises CodedError, also if the in-group does not exist. The result has these attributes:

    - `waiting`: the callers without an agent
    - `longest`: the seconds that the first of them has waited; 0 if none waits
    - `ready`: the agents who take a call immediately
    - `agents`: the agents who are logged in for the in-group
    - `estimate`: the seconds that this caller would wait, as `play_estimate_hold_time` announces them to callers. 0 if
      an agent is free for the caller. None if no wait is known yet, and for AGENTDIRECT.
    """
    config = settings.load(servers=False)
    answer = app_question.ask(config.run, "ingroups", name)
    if answer is None or answer[0] != OK_STATUS:
        _check_exists(str(config.db), "ingroup", name)
        return None
    queue_fields = answer[1]
    estimate = queue_fields["estimate_ms"]
    return QueueAnswer(
        waiting=queue_fields["waiting"],
        longest=queue_fields["longest_ms"] // 1000,
        ready=queue_fields["ready"],
        agents=queue_fields["agents"],
        estimate=None if estimate is None else estimate // 1000,
    )


def agent(user: str) -> AgentAnswer | None:
    """Return an agent as they are now; None if the app does not answer within 0.5 s, as for `queue`.

    Raises CodedError, also if the agent does not exist. The result has these attributes:

    - `logged_in`: whether the agent is logged in
    - `state`: such as `READY`, `PAUSED`, `INCALL` or `NO PHONE`; '' if the agent is not logged in
    - `since`: the `datetime` at which the state began, in UTC; None if the agent is not logged in
    - `in_call`: whether the agent has a call
    """
    config = settings.load(servers=False)
    answer = app_question.ask(config.run, "agents", user)
    if answer is not None and answer[0] == OK_STATUS:
        from datetime import datetime

        agent_fields = answer[1]
        return AgentAnswer(
            agent_fields["state"],
            datetime.fromisoformat(agent_fields["since"]),
            in_call=agent_fields["call"] is not None,
        )
    _check_exists(str(config.db), "agent", user)
    return AgentAnswer() if answer is not None and answer[0] == NOT_FOUND_STATUS else None


def _check_exists(db: str, kind: str, name: str) -> None:
    """Check that a name exists. Raises NotFound, FactsError."""
    from warmline.store.agi import routing_facts  # with sqlite3, which an answer of the app does not need

    routing_facts.check_known(db, kind, name)
