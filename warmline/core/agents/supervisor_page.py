"""A supervisor's browser phone: nothing dials it, and the supervisor's page brings its leg.

A page is known by its id and by the client that gave the command. The client is the number of the page's leg.
"""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import Supervision
from warmline.core.messages.leg_messages import AnswerLeg, HangUpLeg, LegArrived
from warmline.core.model import hangup_causes
from warmline.core.model.leg import Leg, LegSupervision, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt, get_outcome_for_cause
from warmline.core.model.session import BROWSER_PHONE
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

OFFER_TIMEOUT_US = 30_000_000  # from the command to the offer


def find_page_leg(world: World, *, user: str, client: str, page: str) -> Leg | None:
    """Return the newest leg of a page that supervises this agent, or None."""
    return next((leg for leg in reversed(_list_legs(world, page)) if (leg.owner, leg.number) == (user, client)), None)


def find_waiting_command(world: World, *, user: str, client: str, page: str) -> Receipt | None:
    """Return the command to supervise this agent that waits for the page's leg, or None."""
    return next((receipt for receipt in _list_waiting_commands(world, client, page) if receipt.agent == user), None)


def await_page_leg(turn: Turn, receipt: Receipt, page: str) -> None:
    """Wait for the leg of a page, which supervises one agent at a time."""
    for replaced_receipt in _list_waiting_commands(turn.world, receipt.by, page):
        if replaced_receipt.id != receipt.id:
            receipts.finish(turn, replaced_receipt.id, Outcome.ABANDONED, cause=reasons.SUPERVISION_CHANGED.text())
    for leg in _list_legs(turn.world, page):
        if leg.number == receipt.by:
            _hang_up(turn, leg)
    receipts.record_step(turn, receipt.id, "begun")
    receipts.answer_sender(turn, receipt.id)
    check_offer_timeout(turn, turn.world.receipts[receipt.id])


def check_offer_timeout(turn: Turn, receipt: Receipt) -> None:
    """End a supervision whose page has offered no phone in time, or set a timer for that. Others are ignored."""
    if not is_waiting(turn.world, receipt):
        return
    offer_until_us = receipt.requested + OFFER_TIMEOUT_US
    if offer_until_us <= turn.now:
        receipts.finish(turn, receipt.id, *get_outcome_for_cause(hangup_causes.NO_ANSWER))
    else:
        turn.wake(offer_until_us, TimerKind.RECEIPT, receipt.id)


def answer_page_leg(turn: Turn, event: LegArrived) -> bool:
    """Answer the leg of a page that supervises, or is to. Return whether there is such a page.

    The arguments of the leg are "browser", the agent, the page and the client. A page that has a leg already offers
    another one, because it lost the connection.
    """
    _, user, page, client = event.args
    replaced_leg = find_page_leg(turn.world, user=user, client=client, page=page)
    receipt = find_waiting_command(turn.world, user=user, client=client, page=page)
    if receipt and isinstance(receipt.command, Supervision):
        media, receipt_id = receipt.command.whispers, receipt.id
    elif replaced_leg:
        media, receipt_id = replaced_leg.media, replaced_leg.supervision.receipt
    else:
        return False
    leg = Leg(
        id=event.leg,
        role=Role.SUPERVISOR,
        owner=user,
        server=event.server,
        number=client,
        page=page,
        replaces=replaced_leg.id if replaced_leg else "",
        created=turn.now,
        phase=Phase.ARRIVED,
        media=media,
        supervision=LegSupervision(receipt=receipt_id),
    )
    turn.put(leg)
    turn.do(user, AnswerLeg(leg.id))
    return True


def end_page_supervision(turn: Turn, user: str, page: str) -> None:
    """End the supervision of an agent from a page that is gone."""
    for leg in _list_legs(turn.world, page):
        if leg.owner == user:
            _hang_up(turn, leg)
    for receipt in list(turn.world.receipts.values()):
        if receipt.agent == user and is_waiting(turn.world, receipt) and _find_page(receipt) == page:
            receipts.finish(turn, receipt.id, Outcome.ABANDONED, cause=reasons.SUPERVISOR_PAGE_GONE.text())


def abandon_commands(turn: Turn, user: str, reason: str) -> None:
    """End the commands to supervise an agent, who has logged out, that wait for a page."""
    for receipt in list(turn.world.receipts.values()):
        if receipt.agent == user and is_waiting(turn.world, receipt):
            receipts.finish(turn, receipt.id, Outcome.ABANDONED, cause=reason)


def is_waiting(world: World, receipt: Receipt) -> bool:
    """Return whether this is the command of a supervision that waits for the leg of a page."""
    command = receipt.command
    if not isinstance(command, Supervision) or command.phone != BROWSER_PHONE:
        return False
    return all(leg.supervision.receipt != receipt.id for leg in world.legs.values())


def _list_legs(world: World, page: str) -> list[Leg]:
    """Return the legs with which a page supervises, the oldest first."""
    return [leg for leg in world.legs.values() if _is_supervising(leg, page) and not leg.hangup_requested]


def _is_supervising(leg: Leg, page: str) -> bool:
    return leg.role is Role.SUPERVISOR and bool(leg.page) and leg.page == page


def _list_waiting_commands(world: World, client: str, page: str) -> list[Receipt]:
    return [
        receipt
        for receipt in world.receipts.values()
        if receipt.by == client and is_waiting(world, receipt) and _find_page(receipt) == page
    ]


def _find_page(receipt: Receipt) -> str:
    return receipt.command.page if isinstance(receipt.command, Supervision) else ""


def _hang_up(turn: Turn, leg: Leg) -> None:
    turn.put(replace(leg, hangup_requested=True))
    turn.do(leg.owner, HangUpLeg(leg.id))
