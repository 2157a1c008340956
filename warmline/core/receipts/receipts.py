"""The receipt of a command, from the request through its steps and the answer to its outcome."""

from warmline.core.messages.commands import Ask, Reply
from warmline.core.messages.refer_messages import AnswerRefer
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.permission import dial_facts_queries
from warmline.core.replace import make_record, replace
from warmline.core.world.turn import Turn


def open_receipt(turn: Turn, ask: Ask, call: str) -> Receipt:
    """Open a receipt for a command."""
    command = ask.command
    steps = (("requested", turn.now), *([(command.note, turn.now)] if command.note else ()))
    return turn.put(
        make_record(
            Receipt,
            id=ask.receipt,
            command=command,
            call=call,
            key=ask.key,
            request=ask.request,
            by=ask.by,
            source=ask.source,
            refer=ask.refer,
            requested=turn.now,
            steps=steps,
        )
    )


def record_step(turn: Turn, receipt: str, name: str) -> None:
    """Record a step of a command in progress."""
    if found := turn.world.receipts.get(receipt):
        turn.put(found.with_step(name, turn.now))


def answer_sender(turn: Turn, receipt: str, why: str = "", *, refused: bool = False) -> None:
    """Answer the sender of the command and its followers, once."""
    found = turn.world.receipts.get(receipt)
    if found and not found.told:
        turn.put(replace(found, told=True))
        _answer(turn, found, why, refused=refused)


def _answer(turn: Turn, receipt: Receipt, why: str, *, refused: bool) -> None:
    lane = receipt.call or receipt.id
    tell_followers = (Reply(follower, why, refused, of=receipt.id) for follower in receipt.followers)
    turn.do(lane, Reply(receipt.id, why, refused), *tell_followers)
    if receipt.refer:
        failed = "declined" if refused else "unavailable"
        turn.do(lane, AnswerRefer(receipt.refer, failed if why else "answered"))


def finish(turn: Turn, receipt: str | None, outcome: Outcome, cause: str = "") -> None:
    """Close a receipt with an outcome. The sender gets the answer if it is still pending."""
    found = turn.world.receipts.get(receipt or "")
    if found is None:
        return
    if not found.told:
        _answer(turn, found, "" if outcome is Outcome.COMPLETED else cause, refused=outcome is Outcome.REFUSED)
    steps = (*found.steps, (outcome.value, turn.now))
    turn.close(replace(found, told=True, steps=steps, ended=turn.now, outcome=outcome, cause=cause))
    dial_facts_queries.drop_check(turn, found.agent, found.id)


def follow(turn: Turn, ask: Ask, first: Receipt) -> None:
    """Let a repeated request follow the first one, so that its sender gets the same answer."""
    if not first.told:
        turn.put(replace(first, followers=(*first.followers, ask.receipt), refer=ask.refer or first.refer))
        return
    turn.do(first.call or first.id, Reply(ask.receipt, of=first.id))
    if ask.refer:
        turn.do(first.call or first.id, AnswerRefer(ask.refer, "answered"))
