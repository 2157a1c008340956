"""The JSON API in the call process, for the command line's socket."""

from functools import partial
from typing import cast

from ari_app.http.local.shown_board import ShownBoard
from ari_app.http.server.bearer_tokens import TokenAuthentication
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.http.streams.live_totals import LiveTotals
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.call_control import CallControl, ChangeDialStop, FindConversation, FindOrphans
from ari_app.link.idempotency import CommandGiver
from ari_app.live.hub import Hub
from ari_app.records.privileged_writes import PrivilegedWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker
from warmline.system.settings import Settings


def local_api(
    board: CallControl,
    once: CommandGiver,
    settings: Settings,
    orphans: FindOrphans,
    conversation: FindConversation,
    dial_stop: ChangeDialStop,
    audio: AudioSource,
    writers: tuple[RecordWriter, PrivilegedWriter, SessionMaker],
) -> JsonApi:
    """Return the parts that the handlers use here. Close `threads` at the end.

    No token makes a client the local administrator: the kernel names the user.
    """
    rate, threads = partial(RateLimit, settings.api_rate), WorkerThreads()
    askers = TokenAuthentication("", settings.db, rate(), rate(), threads)
    hub = Hub(board.turns)
    parts = once, settings.db, orphans, settings.run, askers, threads, None, hub, conversation, dial_stop, audio
    return JsonApi(cast(CallControl, ShownBoard(board)), *parts, *writers, LiveTotals(settings.db))
