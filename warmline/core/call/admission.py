"""May a call, or a request for a closer, wait in this in-group now?"""

from warmline.core.session import AgentState
from warmline.core.world import Turn


def no_queue(turn: Turn, ingroup: str, to_agent: str = "") -> str:
    """Why nobody may wait in this in-group now (`active`, `no_agent_no_queue`), or ""."""
    rules = turn.world.rules.ingroups.get(ingroup)
    if rules is None or rules.active != "Y":
        return f"in-group {ingroup} is not valid"
    return no_agent(turn, ingroup, to_agent)


def no_agent(turn: Turn, ingroup: str, to_agent: str = "") -> str:
    """Why `no_agent_no_queue` says that nobody may wait, for the in-group's agents or for the one named, or ""."""
    rules = turn.world.rules.ingroups.get(ingroup)
    if rules is None or rules.no_agent_no_queue == "N":
        return ""
    serving = [
        session
        for session in turn.world.sessions.values()
        if (session.agent == to_agent if to_agent else ingroup in session.ingroups)
    ]
    enough = {
        "Y": bool(serving),
        "NO_PAUSED": any(session.state is not AgentState.PAUSED for session in serving),
        "NO_READY": any(session.state is AgentState.READY for session in serving),
    }
    if enough[rules.no_agent_no_queue]:
        return ""
    return f"in-group {ingroup} has no agent (no_agent_no_queue={rules.no_agent_no_queue})"


def goes_to_its_drop_action(turn: Turn, ingroup: str) -> bool:
    """Whether a call that is handed over goes there all the same, for the drop action (`api_impossible=SUCCESS`)."""
    rules = turn.world.rules.ingroups.get(ingroup)
    open_ = rules is not None and rules.active == "Y"
    return open_ and turn.world.rules.api_impossible == "SUCCESS" and bool(no_agent(turn, ingroup))
