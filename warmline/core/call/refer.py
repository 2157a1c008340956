"""A phone's own transfer key: REFER is a command like any other, or refused."""

from warmline.core import agent
from warmline.core.actions import AnswerTransfer
from warmline.core.call import obey
from warmline.core.commands import Ask, Command, Kind
from warmline.core.events import TransferAsked
from warmline.core.world import Turn


def asked(turn: Turn, event: TransferAsked) -> None:
    """An in-group's name is LOCAL_CLOSER, anything else BLIND_TRANSFER with all its rules.

    With Replaces, and from any leg but an agent's, it is refused: a customer does not choose where he goes.
    """
    leg = turn.world.legs.get(event.leg)
    session = agent.by_leg(turn, leg) if leg else None
    if session is None or not event.target:
        turn.note(f"REFER of leg {event.leg} to {event.target or 'another call'} is refused")
        turn.do(event.leg, AnswerTransfer(event.leg, "declined"))
        return
    if event.target in turn.world.rules.ingroups:
        command = Command(Kind.LOCAL_CLOSER, session.agent, ingroup=event.target)
    else:
        command = Command(Kind.BLIND_TRANSFER, session.agent, number=event.target)
    obey.accept(turn, Ask(turn.new_id(), command, by=session.agent, source="phone", refer=event.leg))
