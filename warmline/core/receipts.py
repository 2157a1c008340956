"""A command's way: asked, waiting or started, told, ended."""

from dataclasses import replace

from warmline.core.actions import Tell
from warmline.core.commands import Ask
from warmline.core.receipt import Outcome, Receipt
from warmline.core.world import Turn

WAIT = 5_000_000  # microseconds a command waits behind another before it is refused


def open_receipt(turn: Turn, ask: Ask, call: str) -> Receipt:
    """Record who asks for what."""
    command = ask.command
    return turn.put(
        Receipt(
            id=ask.receipt,
            kind=command.kind,
            agent=command.agent,
            call=call,
            number=command.number,
            status=command.status,
            by=ask.by,
            source=ask.source,
            requested=turn.now,
            steps=(("requested", turn.now),),
        )
    )


def step(turn: Turn, receipt: str, name: str) -> None:
    """Note a step of a command that goes on."""
    if found := turn.world.receipts.get(receipt):
        turn.put(found.step(name, turn.now))


def tell(turn: Turn, receipt: str, why: str = "") -> None:
    """Answer the one who asked, once."""
    found = turn.world.receipts.get(receipt)
    if found and not found.told:
        turn.put(replace(found, told=True))
        turn.do(found.call or found.id, *(Tell(asker, why) for asker in (receipt, *found.followers)))


def finish(turn: Turn, receipt: str | None, outcome: Outcome, cause: str = "") -> None:
    """End a command; whoever still waits for the answer gets it."""
    found = turn.world.receipts.get(receipt or "")
    if found is None:
        return
    tell(turn, found.id, "" if outcome is Outcome.COMPLETED else cause)
    found = turn.world.receipts[found.id]
    closed = replace(found.step(outcome.value, turn.now), ended=turn.now, outcome=outcome, cause=cause)
    turn.close(closed)


def follow(turn: Turn, ask: Ask, first: Receipt) -> None:
    """The same request again: whoever asks now gets the first one's answer, when it has one."""
    if first.told:
        turn.do(first.call or first.id, Tell(ask.receipt))
    else:
        turn.put(replace(first, followers=(*first.followers, ask.receipt)))
