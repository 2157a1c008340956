"""The work that the call process hands to the worker process, and its results.

A piece of work may be handed out twice, after the end of either process. Its result names it.
"""

from warmline.core.model.actions import ConvertRecording, MeasureRecording
from warmline.core.model.events import RecordingConverted, RecordingMeasured, WebhookTried
from warmline.core.model.webhook import Webhook

Work = Webhook | MeasureRecording | ConvertRecording  # a webhook is to be sent once
WorkResult = WebhookTried | RecordingMeasured | RecordingConverted
