"""/healthz: whether the app takes calls, for load balancers and monitoring."""

from aiohttp import web

from ari_app.http.v1.live_state import JsonApi
from ari_app.live import server_records
from warmline.operations.live_records import iso
from warmline.store.journal.storage_state import in_words
from warmline.system import heartbeat_file


async def healthy(api: JsonApi, _request: web.Request) -> web.Response:
    """Reply with 200 if the app takes calls and stores what is confirmed; otherwise 503, and the reason.

    The app takes calls if it knows Asterisk's state and its heartbeat is current. While the database is late and the
    spill file is written, or one of several servers is away, the answer is 200 with the reason.
    """
    if not api.board.is_up:
        return web.Response(text="the call process is away\n", status=503)
    if not api.board.connected:
        since = f"since {iso(api.board.lost_at)}" if api.board.lost_at else "yet"
        return web.Response(text=f"no Asterisk {since}\n", status=503)
    if past := heartbeat_file.get_stopped_seconds(api.run):
        why = f"no heartbeat for {past:.0f} s; callers go to the fallback (see the log)\n"
        return web.Response(text=why, status=503)
    storage = api.board.storage
    away = server_records.away_in_words(api.board.world, api.board.servers)
    trouble = "; ".join(filter(None, (in_words(storage, iso(storage.since)), away)))
    if storage.stores_nothing:
        return web.Response(text=f"{trouble}\n", status=503)
    return web.Response(text=f"ok; {trouble}\n" if trouble else "ok\n")
