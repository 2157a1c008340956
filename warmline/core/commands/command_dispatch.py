"""A command comes in: who takes it, and what its receipt says if it is done at once."""

from collections.abc import Callable

from warmline.core.agents import agent, agent_mute, phone, remote_login, supervision
from warmline.core.calls import outbound
from warmline.core.commands import call_commands, disposition_correction
from warmline.core.model.commands import CALL_COMMANDS, Ask, Kind
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.state import receipts
from warmline.core.state.world import Turn


def dispatch(turn: Turn, ask: Ask) -> None:
    """Do what a command asks for, or refuse it; asked again under its receipt it is not done again."""
    command, kind = ask.command, ask.command.kind
    if ask.receipt in turn.world.receipts:
        return
    if kind is Kind.SET_STATUS:
        disposition_correction.correct(turn, ask)
        return
    if not command.impossible and (kind in CALL_COMMANDS or kind is Kind.DIAL):
        (outbound if kind is Kind.DIAL else call_commands).accept(turn, ask)
        return
    session = turn.world.sessions.get(command.agent)
    receipt = receipts.open_receipt(turn, ask, command.call or _his_call(session))
    if command.impossible:
        why = command.impossible
    elif kind is Kind.CALLBACK:
        why = outbound.change_callback(turn, command.callback) if command.callback else "it names no callback"
    elif kind is Kind.LOGIN:
        remote_login.log_in(turn, receipt)
        return
    elif session is None:
        why = "the agent is not logged in"
    elif begin := IN_TIME.get(kind):
        begin(turn, session, receipt)
        return
    else:
        why = AT_ONCE[kind](turn, session, ask)
    receipts.finish(turn, receipt.id, Outcome.REFUSED if why else Outcome.COMPLETED, why)


def _his_call(session: Session | None) -> str:
    """The call that he has, or had last."""
    return (session.call or session.last_call) if session else ""


def _disposed(turn: Turn, session: Session, ask: Ask) -> str:
    command = ask.command
    if command.call not in ("", _his_call(session)):
        return f"agent {session.agent} has had another call since"
    return agent.set_status(
        turn, session, command.status, ask.by, command.notes, command.callback, amends=command.amends
    )


# What an agent who is logged in may ask for besides his calls: this ends its receipt itself …
IN_TIME: dict[Kind, Callable[[Turn, Session, Receipt], None]] = {
    **dict.fromkeys(agent_mute.SWITCHES, agent_mute.switch),
    **dict.fromkeys(supervision.HEARS_HIM, supervision.begin),
}
# … and this is done, or why it is refused.
AT_ONCE: dict[Kind, Callable[[Turn, Session, Ask], str]] = {
    Kind.STATUS: _disposed,
    Kind.PAUSE: lambda turn, session, ask: agent.pause(turn, session, ask.command.pause_code),
    Kind.RESUME: lambda turn, session, _: agent.resume(turn, session),
    Kind.LOGOUT: lambda turn, session, _: agent.ask_logout(turn, session),
    Kind.CALL_AGENT: lambda turn, session, _: phone.call_again(turn, session),
    Kind.CHANGE_INGROUPS: lambda turn, session, ask: agent.change_ingroups(
        turn, session, tuple(ask.command.message.split())
    ),
    Kind.PREVIEW: lambda turn, session, ask: outbound.preview(turn, session, ask.command),
    Kind.SKIP: lambda turn, session, _: outbound.skip(turn, session),
}
