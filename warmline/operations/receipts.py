"""A receipt, the durable record of a command. Times are ISO 8601, UTC."""

from msgspec import Struct

from warmline.core.messages.commands import Kind
from warmline.core.model.receipt import Outcome
from warmline.operations.times import Time


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
