"""The work that the call process hands to the worker process, and its results.

A piece of work may be handed out twice, after the end of either process. Its result has the same key.
"""

from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.webhook_messages import WebhookTried
from warmline.core.model.webhook import Webhook

Work = Webhook | MeasureRecording | ConvertRecording  # a webhook is to be sent once
WorkResult = WebhookTried | RecordingMeasured | RecordingConverted
WorkKey = tuple[str, str]


def key_of(one: Work | WorkResult) -> WorkKey:
    """Return the kind and name that a piece of work and its result have in common."""
    match one:
        case Webhook(id=name) | WebhookTried(name):
            return "webhook", name
        case MeasureRecording(name) | RecordingMeasured(name):
            return "measurement", name
        case ConvertRecording(name) | RecordingConverted(name):
            return "conversion", name
