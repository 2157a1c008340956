"""One webhook: an address that somebody else's program is told at, and each try to do so."""

from dataclasses import dataclass
from enum import StrEnum


class WebhookTrigger(StrEnum):
    """When it is due; named like the option of campaign and in-group that holds the address."""

    START = "start_call_url"  # an agent and his caller have each other
    DISPO = "dispo_call_url"  # the agent has given the call its code
    TRANSFER = "transfer_url"  # the agent has handed the call over


class WebhookDelivery(StrEnum):
    DELIVERED = "delivered"  # the receiver said 2xx
    FAILED = "failed"  # it said what no further try would change, or nothing at any try
    DROPPED = "dropped"  # too many others waited


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """`url` is the option's text, `facts` what the core knows for its variables. Times in microseconds, UTC.

    `tries` are (when it was over, HTTP status or 0, why it failed); `due` is when the next one is to be.
    """

    id: str
    hook: WebhookTrigger
    url: str
    call: str
    agent: str
    facts: tuple[tuple[str, str], ...] = ()
    queued: int
    due: int
    tries: tuple[tuple[int, int, str], ...] = ()
    ended: int | None = None
    outcome: WebhookDelivery | None = None
