"""The transfer key of a phone: a REFER becomes a command, or is refused."""

from dataclasses import replace

from warmline.core.agents import agent_states
from warmline.core.messages.call_command_types import BlindTransfer, LocalCloser
from warmline.core.messages.commands import Ask
from warmline.core.messages.refer_messages import AnswerRefer, ReferReceived
from warmline.core.model.session import Session
from warmline.core.world.turn import Turn
from warmline.core.world.world import World


def handle_refer(turn: Turn, event: ReferReceived) -> Ask | None:
    """Return the command of a REFER: LOCAL_CLOSER for an in-group's name, else BLIND_TRANSFER with all its rules.

    A REFER with Replaces, or from a leg that is not an agent's, is refused and returns None. Customers cannot transfer.
    """
    leg = turn.world.legs.get(event.leg)
    session = agent_states.find_session_by_leg(turn, leg) if leg else None
    if session is None or not event.target:
        turn.note(f"REFER of leg {event.leg} to {event.target or 'another call'} is refused")
        turn.do(event.leg, AnswerRefer(event.leg, "declined", server=event.server))
        return None
    command = replace(choose_command(session, event.target, turn.world), impossible=event.impossible)
    return Ask(turn.new_id(), command, by=session.agent, source="phone", refer=event.leg, checked=event.checked)


def choose_command(session: Session, target: str, world: World) -> BlindTransfer | LocalCloser:
    """Return the command for a REFER of this agent's phone."""
    if target in world.rules.ingroups:
        return LocalCloser(session.agent, ingroup=target)
    return BlindTransfer(session.agent, number=target, by_person=True)
