"""The commands that an agent may give now. The reasons are those with which the core refuses the commands."""

from warmline.core.calls import take_call
from warmline.core.commands import call_commands
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling, RegisteredCommand
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

# About a conversation, a callback or an earlier call; then those about the dialler of a campaign, or about a server.
OTHER_SUBJECT_KINDS = (Kind.ADOPT, Kind.CALLBACK, Kind.MAKE_CALLBACK, Kind.SET_STATUS)
NON_AGENT_KINDS = (*OTHER_SUBJECT_KINDS, Kind.DIALLER_START, Kind.DIALLER_STOP, Kind.SERVER_DRAIN, Kind.SERVER_RESUME)
AGENT_KINDS = tuple(kind for kind in Kind if kind not in NON_AGENT_KINDS)


def list_refusals(world: World, user: str, now_us: int) -> dict[Kind, str]:
    """Return why each command to an agent is refused now, or "" if it is allowed. `now_us` in microseconds UTC.

    An allowed command may still be refused for its arguments, such as a number. Behind a command that is pending, a
    command waits: its answer is that of the state in which the pending one ends.
    """
    turn = Turn(world, now_us, "")  # only reads
    session = world.sessions.get(user)
    current_call = world.calls.get(session.call or "") if session else None
    call = _predict_call(current_call) if current_call else None
    return {kind: _explain_refusal(turn, REGISTERED_COMMANDS[kind], user, call=call) for kind in AGENT_KINDS}


def _explain_refusal(turn: Turn, registered_command: RegisteredCommand, user: str, call: Call | None) -> str:
    session = turn.world.sessions.get(user)
    if registered_command.handling is Handling.ACT_ON_AGENT:
        return registered_command.find_refusal(turn, user)
    if registered_command.kind is Kind.END_CALL:
        return registered_command.find_refusal(turn, call)
    if session is None:
        return reasons.AGENT_LOGGED_OUT.text()
    if registered_command.kind is Kind.TAKE_CALL and not session.call:
        return take_call.find_take_back_refusal(turn, session)
    if not registered_command.is_about_call:
        return registered_command.find_refusal(turn, session)
    return (
        call_commands.find_refusal(turn, call, registered_command.kind, user=user)
        if call
        else reasons.AGENT_WITHOUT_CALL.text()
    )


def _predict_call(call: Call) -> Call | None:
    """Return the call as its pending command leaves it; None if the agent is no longer in it then."""
    if call.commands.target is None:
        return call
    is_agent_gone = LAYOUT[call.commands.target].agent is None
    return None if is_agent_gone else replace(call, state=call.commands.target)
