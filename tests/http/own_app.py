"""The web application in one process: it does itself what the call process does for the product."""

from functools import partial
from typing import Any

from aiohttp import web

from ari_app.http.routes import ApiParts, make_app
from ari_app.http.server.api_users import ApiUsers
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.link.call_control import CallControl, FindOrphans
from ari_app.link.idempotency import IdempotentCommands
from ari_app.process import dial_stop_file
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.record_writes import RecordThreads
from ari_app.records.recording_audio import AudioThreads
from ari_app.records.session_writes import SessionThreads
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.model.receipt import Receipt
from warmline.core.rules import reasons
from warmline.store.journal import receipts
from warmline.system.settings import Settings


def own_app(
    board: CallControl, users: ApiUsers, settings: Settings, orphans: FindOrphans, **parts: Any
) -> web.Application:
    """Return the application; `parts` replace those of ApiParts."""
    db = settings.db
    threads = WorkerThreads()
    records, audio = RecordThreads(db), AudioThreads(settings.recordings, db)
    privileged, sessions = PrivilegedThread(db), SessionThreads(db)

    async def stored(by: str, key: str) -> Receipt | None:
        return await threads.look_up(receipts.find_by_key, db, by, key)

    own = ApiParts(
        once=IdempotentCommands(board, stored),
        orphans=orphans,
        find_conversation=no_conversation,
        records=records,
        privileged=privileged,
        audio=audio,
        sessions=sessions,
        dial_stop=partial(dial_stop_file.change, settings.run),
        phones=None,
        metrics=no_metrics,
        too_often=lambda door: None,
    )
    app = make_app(board, users, settings, own._replace(**parts))

    async def close(_app: web.Application) -> None:
        for one in (threads, records, audio, privileged, sessions):
            one.close()

    app.on_cleanup.append(close)
    return app


async def no_conversation(channel: str) -> OutsideTalk | str:
    """Return the reason of an app without a connection to Asterisk."""
    return reasons.CHANNEL_UNKNOWN.text(channel=channel)


async def no_metrics() -> bytes:
    """Return a page without metrics."""
    return b""
