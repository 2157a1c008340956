"""The shapes of the JSON API's other answers, and the functions that build them. Times are ISO 8601, UTC."""

from msgspec import Struct

from ari_app.live.live_records import Time, iso
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.receipts import command_ends


class StepNow(Struct, frozen=True):
    name: str
    at: Time


class ReceiptEnd(Struct, frozen=True):
    """How a command ended: a code, such as `third_busy`, the seconds that it ran, and a sentence for people."""

    code: str
    seconds: int
    text: str


class ReceiptNow(Struct, frozen=True):
    """The durable record of a command. `outcome` and `end` are null while it runs; `cause` is the reason in words."""

    id: str
    kind: Kind
    agent: str
    call: str
    number: str
    ingroup: str
    to_agent: str
    status: str
    notes: str
    by: str
    source: str
    requested: Time
    ended: Time | None
    outcome: Outcome | None
    cause: str
    end: ReceiptEnd | None
    steps: list[StepNow]


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
