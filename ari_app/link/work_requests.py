"""The work that the call process hands to the worker process, and its results.

A piece of work may be handed out twice, after the end of either process. Its result has the same key.
"""

from typing import Protocol

from msgspec import Struct

from ari_app.link.requests import request
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


class OpenWork(Struct, frozen=True):
    """Work that has no result yet, up to piece number `last` of the call process `beginning`."""

    beginning: str
    last: int
    webhooks: list[Webhook]
    measurements: list[MeasureRecording]
    conversions: list[ConvertRecording]

    @property
    def work(self) -> list[Work]:
        return [*self.webhooks, *self.measurements, *self.conversions]


class WorkRequests(Protocol):
    @request()
    async def take(self, beginning: str, after: int) -> OpenWork:
        """Take the work after piece number `after` of this call process; wait for it a few seconds.

        `beginning` and `after` are those of the last answer; "" and 0 before it.
        """

    @request()
    async def finish(
        self,
        webhooks: list[WebhookTried],
        measurements: list[RecordingMeasured],
        conversions: list[RecordingConverted],
    ) -> None:
        """Take results of work; return when the journal has them."""
