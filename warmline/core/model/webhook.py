"""One webhook: the address of another program, and each try to send to it."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.moment import Moment


class WebhookTrigger(StrEnum):
    """The event of a webhook, named after the option of campaign and in-group that holds the address."""

    START = "start_call_url"  # an agent and a caller are connected
    DISPO = "dispo_call_url"  # the agent has given the call its code
    TRANSFER = "transfer_url"  # the agent has handed the call over


class WebhookDelivery(StrEnum):
    DELIVERED = "delivered"  # the receiver answered 2xx
    FAILED = "failed"  # the answer forbids a retry, or all tries failed
    DROPPED = "dropped"  # too many others were waiting


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """A webhook. `url` is the option's text, `facts` are the values of its variables. Times in microseconds, UTC.

    `tries` are triples of end time, HTTP status (0 without an answer) and the reason for a failure. `due` is the time
    of the next try.
    """

    id: str
    hook: WebhookTrigger
    url: str
    call: str
    agent: str
    facts: tuple[tuple[str, str], ...] = ()
    queued: Moment
    due: Moment
    tries: tuple[tuple[Moment, int, str], ...] = ()
    ended: Moment | None = None
    outcome: WebhookDelivery | None = None
