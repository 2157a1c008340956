"""A supervisor's browser phone: nothing dials it, and the supervisor's page brings its leg.

A page is known by its id and by the client that gave the command. The client is the number of the page's leg.
"""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import Supervision
from warmline.core.messages.leg_messages import AnswerLeg, HangUpLeg, LegArrived
from warmline.core.model.leg import Leg, LegSupervision, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt, get_outcome_for_cause
from warmline.core.model.session import BROWSER_PHONE
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

OFFER_TIMEOUT_US = 30_000_000  # microseconds from the command to the offer
NO_ANSWER_CAUSE = 19  # the cause "no answer" of Q.850


def find_page_leg(world: World, user: str, by: str, page: str) -> Leg | None:
    """Return the newest leg of a page that supervises this agent, or None."""
    return next((leg for leg in reversed(_legs(world, page)) if (leg.owner, leg.number) == (user, by)), None)


def find_waiting_command(world: World, user: str, by: str, page: str) -> Receipt | None:
    """Return the command to supervise this agent that waits for the page's leg, or None."""
    return next((one for one in _waiting(world, by, page) if one.agent == user), None)


def await_page_leg(turn: Turn, receipt: Receipt, page: str) -> None:
    """Wait for the leg of a page, which supervises one agent at a time."""
    for other in _waiting(turn.world, receipt.by, page):
        if other.id != receipt.id:
            receipts.finish(turn, other.id, Outcome.ABANDONED, reasons.SUPERVISION_CHANGED.text())
    for leg in _legs(turn.world, page):
        if leg.number == receipt.by:
            _hang_up(turn, leg)
    receipts.record_step(turn, receipt.id, "begun")
    receipts.answer_sender(turn, receipt.id)
    check_offer_timeout(turn, turn.world.receipts[receipt.id])


def check_offer_timeout(turn: Turn, receipt: Receipt) -> None:
    """End a supervision whose page has offered no phone in time, or set a timer for that. Others are ignored."""
    if not is_waiting(turn.world, receipt):
        return
    until = receipt.requested + OFFER_TIMEOUT_US
    if until <= turn.now:
        receipts.finish(turn, receipt.id, *get_outcome_for_cause(NO_ANSWER_CAUSE))
    else:
        turn.wake(until, TimerKind.RECEIPT, receipt.id)


def answer_page_leg(turn: Turn, event: LegArrived) -> bool:
    """Answer the leg of a page that supervises, or is to. Return whether there is such a page.

    The arguments of the leg are "browser", the agent, the page and the client. A page that has a leg already offers
    another one, because it lost the connection.
    """
    _, user, page, by = event.args
    old, receipt = find_page_leg(turn.world, user, by, page), find_waiting_command(turn.world, user, by, page)
    if receipt and isinstance(receipt.command, Supervision):
        media, of = receipt.command.whispers, receipt.id
    elif old:
        media, of = old.media, old.supervision.receipt
    else:
        return False
    leg = Leg(
        id=event.leg,
        role=Role.SUPERVISOR,
        owner=user,
        server=event.server,
        number=by,
        page=page,
        replaces=old.id if old else "",
        created=turn.now,
        phase=Phase.ARRIVED,
        media=media,
        supervision=LegSupervision(receipt=of),
    )
    turn.put(leg)
    turn.do(user, AnswerLeg(leg.id))
    return True


def end_page_supervision(turn: Turn, user: str, page: str) -> None:
    """End the supervision of an agent from a page that is gone."""
    for leg in _legs(turn.world, page):
        if leg.owner == user:
            _hang_up(turn, leg)
    for receipt in list(turn.world.receipts.values()):
        if receipt.agent == user and is_waiting(turn.world, receipt) and _page(receipt) == page:
            receipts.finish(turn, receipt.id, Outcome.ABANDONED, reasons.SUPERVISOR_PAGE_GONE.text())


def abandon_commands(turn: Turn, user: str, why: str) -> None:
    """End the commands to supervise an agent, who has logged out, that wait for a page."""
    for receipt in list(turn.world.receipts.values()):
        if receipt.agent == user and is_waiting(turn.world, receipt):
            receipts.finish(turn, receipt.id, Outcome.ABANDONED, why)


def is_waiting(world: World, receipt: Receipt) -> bool:
    """Return whether this is the command of a supervision that waits for the leg of a page."""
    command = receipt.command
    if not isinstance(command, Supervision) or command.phone != BROWSER_PHONE:
        return False
    return all(leg.supervision.receipt != receipt.id for leg in world.legs.values())


def _legs(world: World, page: str) -> list[Leg]:
    """Return the legs with which a page supervises, the oldest first."""
    return [leg for leg in world.legs.values() if _supervises(leg, page) and not leg.hangup_requested]


def _supervises(leg: Leg, page: str) -> bool:
    return leg.role is Role.SUPERVISOR and bool(leg.page) and leg.page == page


def _waiting(world: World, by: str, page: str) -> list[Receipt]:
    return [one for one in world.receipts.values() if one.by == by and is_waiting(world, one) and _page(one) == page]


def _page(receipt: Receipt) -> str:
    return receipt.command.page if isinstance(receipt.command, Supervision) else ""


def _hang_up(turn: Turn, leg: Leg) -> None:
    turn.put(replace(leg, hangup_requested=True))
    turn.do(leg.owner, HangUpLeg(leg.id))
