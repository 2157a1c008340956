"""The receipt of a command, from the request through its steps and the answer to its outcome."""

from warmline.core.messages.commands import Ask, Reply
from warmline.core.messages.refer_messages import AnswerRefer
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.permission import dial_facts_queries
from warmline.core.replace import make_record, replace
from warmline.core.world.turn import Turn


def open_receipt(turn: Turn, request: Ask, call: str) -> Receipt:
    """Open a receipt for a command."""
    command = request.command
    steps = (("requested", turn.now), *([(command.note, turn.now)] if command.note else ()))
    return turn.put(
        make_record(
            Receipt,
            id=request.receipt,
            command=command,
            call=call,
            key=request.key,
            request=request.request,
            by=request.by,
            source=request.source,
            refer=request.refer,
            requested=turn.now,
            steps=steps,
        )
    )


def record_step(turn: Turn, receipt_id: str, name: str) -> None:
    """Record a step of a command in progress."""
    if receipt := turn.world.receipts.get(receipt_id):
        turn.put(receipt.with_step(name, turn.now))


def answer_sender(turn: Turn, receipt_id: str, reason: str = "", *, refused: bool = False) -> None:
    """Answer the sender of the command and its followers, once."""
    receipt = turn.world.receipts.get(receipt_id)
    if receipt and not receipt.told:
        turn.put(replace(receipt, told=True))
        _answer(turn, receipt, reason, refused=refused)


def _answer(turn: Turn, receipt: Receipt, reason: str, *, refused: bool) -> None:
    order_key = receipt.call or receipt.id
    follower_replies = (Reply(follower, reason, refused, of=receipt.id) for follower in receipt.followers)
    turn.do(order_key, Reply(receipt.id, reason, refused), *follower_replies)
    if receipt.refer:
        failure = "declined" if refused else "unavailable"
        turn.do(order_key, AnswerRefer(receipt.refer, failure if reason else "answered"))


def finish(turn: Turn, receipt_id: str | None, outcome: Outcome, cause: str = "") -> None:
    """Close a receipt with an outcome. The sender gets the answer if it is still pending."""
    receipt = turn.world.receipts.get(receipt_id or "")
    if receipt is None:
        return
    if not receipt.told:
        _answer(turn, receipt, "" if outcome is Outcome.COMPLETED else cause, refused=outcome is Outcome.REFUSED)
    steps = (*receipt.steps, (outcome.value, turn.now))
    turn.close(replace(receipt, told=True, steps=steps, ended=turn.now, outcome=outcome, cause=cause))
    dial_facts_queries.drop_check(turn, receipt.agent, receipt.id)


def follow(turn: Turn, request: Ask, first_receipt: Receipt) -> None:
    """Let a repeated request follow the first one, so that its sender gets the same answer."""
    if not first_receipt.told:
        turn.put(
            replace(
                first_receipt,
                followers=(*first_receipt.followers, request.receipt),
                refer=request.refer or first_receipt.refer,
            )
        )
        return
    turn.do(first_receipt.call or first_receipt.id, Reply(request.receipt, of=first_receipt.id))
    if request.refer:
        turn.do(first_receipt.call or first_receipt.id, AnswerRefer(request.refer, "answered"))
