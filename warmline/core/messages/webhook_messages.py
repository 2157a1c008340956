"""The request of a webhook, and the result of one try."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SendWebhook:
    """Try an open webhook once. Proof: WebhookTried."""

    webhook: str


@dataclass(frozen=True, slots=True)
class WebhookTried:
    """One try of a webhook is over. `status` is the HTTP status, or 0 without an answer. `final`: no retry can help."""

    webhook: str
    status: int = 0
    why: str = ""
    final: bool = False
