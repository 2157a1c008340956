"""The supervisors of an agent whose line moves to another server: each follows to the new line, by a new command.

A supervisor's leg is on the server of the agent's line, and cannot hear a line elsewhere. It is hung up with that line.
When the new one is answered, the phone is called from there, or the page is asked for its browser phone.
"""

from collections.abc import Iterator

from warmline.core.agents import agent_states, supervision, supervisor_page
from warmline.core.messages.agent_command_types import Barge, Listen, Supervision, Whisper
from warmline.core.messages.commands import Ask
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import BROWSER_PHONE, MovedSupervisor, Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

COMMAND_SOURCE = "line_moved"
COMMAND_TYPES: dict[str, type[Supervision]] = {
    command_type.whispers: command_type for command_type in (Listen, Whisper, Barge)
}


def hang_up_supervisors(turn: Turn, session: Session) -> Session:
    """Hang up the supervisors of a line that is about to end for one on another server; return the session with them.

    They include those whose phones still ring.
    """
    supervisors = []
    for leg in _list_supervisor_legs(turn.world, session.agent):
        phone, client = (BROWSER_PHONE, leg.number) if leg.page else (leg.number, "")
        supervisors.append(MovedSupervisor(media=leg.media, phone=phone, by=client, page=leg.page))
        receipts.finish(turn, leg.supervision.receipt, Outcome.ABANDONED, cause=reasons.LINE_MOVED.text())
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))
    return replace(session, moved_supervisors=tuple(supervisors))


def reconnect_supervisors(turn: Turn, user: str) -> None:
    """Bring the supervisors to the agent's new line, once that is answered.

    A supervisor who has begun another supervision by now is left alone.
    """
    session, line = turn.world.sessions.get(user), agent_states.find_agent_leg(turn, user)
    if session is None or not session.moved_supervisors or line is None or line.phase is not Phase.UP:
        return
    supervisors = session.moved_supervisors
    session = turn.put(replace(session, moved_supervisors=()))
    for supervisor in supervisors:
        command = COMMAND_TYPES[supervisor.media](agent=user, phone=supervisor.phone, page=supervisor.page)
        if not _is_busy(turn.world, supervisor):
            receipt = receipts.open_receipt(
                turn, Ask(turn.new_id(), command, by=supervisor.by, source=COMMAND_SOURCE), ""
            )
            supervision.begin_supervision(turn, session, receipt, command=command)


def list_awaited_supervisors(world: World, user: str) -> Iterator[supervision.ConnectedSupervisor]:
    """Yield the supervisors whose pages are to offer their browser phones, because the agent's line has moved."""
    for receipt in world.receipts.values():
        command = receipt.command
        if isinstance(command, Supervision) and _is_awaited(world, receipt, user):
            kind = supervision.KIND_BY_WHISPERS[command.whispers]
            yield supervision.ConnectedSupervisor(BROWSER_PHONE, kind, receipt.by, page=command.page)


def _is_awaited(world: World, receipt: Receipt, user: str) -> bool:
    return receipt.source == COMMAND_SOURCE and receipt.agent == user and supervisor_page.is_waiting(world, receipt)


def _list_supervisor_legs(world: World, user: str) -> list[Leg]:
    legs = [leg for leg in world.legs.values() if leg.role is Role.SUPERVISOR and not leg.hangup_requested]
    return [leg for leg in legs if leg.owner == user]


def _is_busy(world: World, supervisor: MovedSupervisor) -> bool:
    """Return whether the supervisor has begun another supervision from the same phone or page."""
    identity = (supervisor.by, supervisor.page) if supervisor.page else (supervisor.phone, "")
    legs = (leg for leg in world.legs.values() if leg.role is Role.SUPERVISOR and not leg.hangup_requested)
    waiting_receipts = (
        receipt for receipt in world.receipts.values() if supervisor.page and supervisor_page.is_waiting(world, receipt)
    )
    return any((leg.number, leg.page) == identity for leg in legs) or any(
        isinstance(receipt.command, Supervision) and (receipt.by, receipt.command.page) == identity
        for receipt in waiting_receipts
    )
