"""The shapes of the JSON API's other answers, and the functions that build them. Times are ISO 8601, UTC."""

from msgspec import Struct

from warmline.core.messages.command_classes import get_column
from warmline.core.model.receipt import Receipt
from warmline.core.receipts import command_ends
from warmline.operations.live_records import iso
from warmline.operations.receipts import ReceiptEnd, ReceiptNow, StepNow


class OrphanList(Struct, frozen=True):
    """Channels and bridges in Asterisk under Warmline's name that belong to no call or agent session."""

    channels: tuple[str, ...]
    bridges: tuple[str, ...]


def receipt(found: Receipt) -> ReceiptNow:
    """Return a command's receipt, open or ended."""
    end = command_ends.describe_receipt(found)
    return ReceiptNow(
        id=found.id,
        kind=found.kind,
        agent=found.agent,
        call=found.call,
        number=get_column(found.command, "number"),
        ingroup=get_column(found.command, "ingroup"),
        to_agent=get_column(found.command, "to_agent"),
        status=get_column(found.command, "status"),
        notes=get_column(found.command, "notes"),
        by=found.by,
        source=found.source,
        requested=iso(found.requested),
        ended=_maybe(found.ended),
        outcome=found.outcome,
        cause=found.cause,
        end=ReceiptEnd(*end) if end else None,
        steps=[StepNow(name, iso(at)) for name, at in found.steps],
    )


def _maybe(microseconds: int | None) -> str | None:
    return None if microseconds is None else iso(microseconds)
