"""Hands webhooks and finished recordings to the workers. New workers get all work that has no result yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ari_app.link.work import Work, WorkResult
from warmline.core.model.actions import ConvertRecording, MeasureRecording, SendWebhook
from warmline.core.model.events import Event, RecordingConverted, RecordingMeasured, WebhookTried
from warmline.core.model.webhook import Webhook
from warmline.core.state.world import World


class WorkQueue:
    """The work of the core that is not done. `post` receives the results."""

    def __init__(self, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._world, self._post = world, post
        self._open: dict[tuple[str, str], Work] = {}
        self._give: Callable[[Work], None] | None = None

    def __len__(self) -> int:
        """Return the number of pieces of work without a result."""
        return len(self._open)

    def ask(self, action: SendWebhook | MeasureRecording | ConvertRecording) -> None:
        """Queue an action and return at once."""
        work = self._world().webhooks.get(action.webhook) if isinstance(action, SendWebhook) else action
        if work is None:
            return
        self._open[_key(work)] = work
        if self._give:
            self._give(work)

    def done(self, result: WorkResult) -> None:
        """Take the result of a piece of work."""
        self._open.pop(_key(result), None)
        self._post(result)

    @contextmanager
    def handed_to(self, give: Callable[[Work], None]) -> Iterator[None]:
        """Hand all open and later work to `give` while in the context. Newer workers replace earlier ones."""
        self._give = give
        for work in list(self._open.values()):
            give(work)
        try:
            yield
        finally:
            if self._give is give:
                self._give = None


def _key(one: Work | WorkResult) -> tuple[str, str]:
    match one:
        case Webhook(id=name) | WebhookTried(name):
            return "webhook", name
        case MeasureRecording(name) | RecordingMeasured(name):
            return "measurement", name
        case ConvertRecording(name) | RecordingConverted(name):
            return "conversion", name
