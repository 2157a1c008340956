"""The tries of a webhook: sent now, and again after a wait that grows with each failed try."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.webhook_messages import SendWebhook, WebhookTried
from warmline.core.model.webhook import Webhook, WebhookDelivery
from warmline.core.moment import SECOND_US
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

# Seconds after the first try, the second …; after the last, the webhook has failed.
BACKOFF_SECONDS = (5, 30, 120, 600, 1800, 3600, 7200)
RETRY_STATUSES = (0, 408, 425, 429)  # HTTP status: no answer, or "later"; 5xx is retried too


def send(turn: Turn, webhook: Webhook) -> None:
    """Send a webhook now."""
    turn.do(webhook.id, SendWebhook(webhook.id))


def resume(turn: Turn) -> None:
    """Send webhooks again after a restart of the app, because their last try may have succeeded or not."""
    for webhook in turn.world.webhooks.values():
        turn.wake(max(webhook.due, turn.now), TimerKind.WEBHOOK, webhook.id)


def handle_try(turn: Turn, event: WebhookTried) -> None:
    """Handle the result of one try."""
    webhook = turn.world.webhooks.get(event.webhook)
    if webhook is None:
        return
    is_retried = not event.final and (event.status in RETRY_STATUSES or event.status >= 500)
    if 200 <= event.status < 300:
        end(turn, webhook, event.status, reason="", outcome=WebhookDelivery.DELIVERED)
    elif is_retried and len(webhook.tries) < len(BACKOFF_SECONDS):
        due_us = turn.now + BACKOFF_SECONDS[len(webhook.tries)] * SECOND_US
        turn.put(replace(webhook, due=due_us, tries=(*webhook.tries, (turn.now, event.status, event.why))))
        turn.wake(due_us, TimerKind.WEBHOOK, webhook.id)
    else:
        end(turn, webhook, event.status, reason=event.why, outcome=WebhookDelivery.FAILED)


def end(turn: Turn, webhook: Webhook, status: int, reason: str, outcome: WebhookDelivery) -> None:
    """End a webhook with its last try."""
    tries = (*webhook.tries, (turn.now, status, reason))
    turn.close(replace(webhook, tries=tries, ended=turn.now, outcome=outcome))
