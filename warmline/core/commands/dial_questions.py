"""A command that dials a number waits until the database has been asked about it."""

from warmline.core.calls import outbound
from warmline.core.commands import call_commands
from warmline.core.model.agent_command_types import Dial
from warmline.core.model.command_shapes import NumberDial
from warmline.core.model.commands import Ask
from warmline.core.model.dial_check import DialCheck, DialFacts
from warmline.core.model.replace import replace
from warmline.core.model.session import Session
from warmline.core.state import dial_checks
from warmline.core.state.world import Turn


def waits(turn: Turn, ask: Ask) -> bool:
    """Ask about the command's number, if it dials one; whether the command waits for the answer."""
    command = ask.command
    session = turn.world.sessions.get(command.agent)
    if not isinstance(command, NumberDial) or command.impossible or session is None:
        return False
    if dial_checks.find(turn.world, session.agent, ask.receipt):
        return True
    shown = session.previewed if isinstance(command, Dial) and not command.number else None
    number = shown.number if shown else command.number
    if not number or is_repeat(turn, command, session):
        return False
    callback = shown.callback.id if shown and shown.callback else ""  # others may have done it since it was shown
    campaign = turn.world.rules.campaign(session.campaign)
    asked = dial_checks.question(turn, ask.receipt, session.agent, campaign, number, callback)
    if ask.checked:
        known = DialCheck(question=asked, asked=turn.now, facts=DialFacts())
        turn.put(replace(session, dial_checks=(*session.dial_checks, known)))
        return False
    dial_checks.begin(turn, session, asked, ask)
    return True


def is_repeat(turn: Turn, command: NumberDial, session: Session) -> bool:
    """Whether the same dial was asked for a moment ago: the command follows that one."""
    if isinstance(command, Dial):
        return outbound.repeated(turn.world, session, command.number, turn.now) is not None
    call = turn.world.calls.get(session.call or "") or turn.world.calls.get(session.last.call)
    return call is not None and call_commands.repeated(turn.world, call, command, turn.now) is not None
