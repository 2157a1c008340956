"""The workers: all that Warmline does beside calls, and that no call waits for."""

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from ari_app.link.work_requests import Work, WorkResult
from ari_app.recordings.file_work import FileWork
from ari_app.workers import (
    list_resets,
    note_indexing,
    queue_log_file,
    retention,
    routing_copy_refresh,
    scheduled_reports,
    timezone_refresh,
)
from ari_app.workers.event_hooks import EventHooks
from ari_app.workers.journal_follower import JournalFollower
from ari_app.workers.webhook_sender import WebhookFacts, WebhookSender
from warmline.core.messages.recording_messages import ConvertRecording, MeasureRecording
from warmline.core.model.webhook import Webhook
from warmline.store.database import leader_epoch
from warmline.store.lookups import webhook_values
from warmline.store.recordings.recording_places import every_place
from warmline.system.settings import Settings


class Workers:
    """Takes work, and gives `done` its results."""

    def __init__(self, settings: Settings, done: Callable[[WorkResult], None], journal: JournalFollower) -> None:
        self._settings, self._journal = settings, journal
        self._files = FileWork(settings, done)
        self._webhooks = WebhookSender(partial(_facts, settings), done)
        self._event_hooks = EventHooks(settings.db)
        self.reload(settings)

    def take(self, work: Work) -> None:
        """Queue a piece of work and return at once. Work that is queued already is not queued again."""
        match work:
            case Webhook():
                self._webhooks.ask(work)
            case MeasureRecording() | ConvertRecording():
                self._files.take(work)

    def reload(self, settings: Settings) -> None:
        """Apply the settings that can change at any time."""
        self._webhooks.use(settings.webhook_secret, settings.webhook_secrets)
        self._event_hooks.use(settings.webhook_secrets)

    def parts(self) -> list[Coroutine[Any, Any, None]]:
        """Return what must run, each part without end."""
        settings = self._settings
        found = [
            self._webhooks.run(),
            self._event_hooks.run(),
            *self._files.parts(),
            retention.keep_short(settings.db, every_place(settings)),
            timezone_refresh.keep_filled(settings.db),
            list_resets.keep_reset(settings.db),
            note_indexing.keep_filled(settings.db),
            scheduled_reports.keep_sent(settings),
            routing_copy_refresh.keep_fresh(settings.db),
        ]
        if settings.queue_log:
            found.append(queue_log_file.follow(settings.db, Path(settings.queue_log), self._journal.committed))
        return found


def _facts(settings: Settings, webhook: Webhook) -> WebhookFacts:
    leader_epoch.must_lead(settings.db)
    known = {"server_ip": settings.server_ip} | webhook_values.webhook_facts(settings.db, webhook)
    return WebhookFacts(known, webhook_values.webhook_hosts(settings.db))
