"""The in-groups that an agent serves until logout, changed by CHANGE_INGROUPS."""

from warmline.core.agents import agent_states
from warmline.core.model.session import Session
from warmline.core.queue import empty_ingroup
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def set_ingroups(turn: Turn, session: Session, names: tuple[str, ...]) -> str:
    """Change the in-groups of the agent; a current call stays. Return the reason for a refusal, or ""."""
    for name in names:
        if name not in turn.world.rules.ingroups:
            return reasons.INGROUP_UNKNOWN.text(ingroup=name)
    agent_states.update_availability(turn, turn.put(replace(session, ingroups=names)))
    empty_ingroup.recheck_calls_of_agent(turn, session)
    return ""
