"""The addresses of the workspace: its files, which need no session, and login and logout."""

from collections.abc import Mapping
from functools import partial

from aiohttp import web

from ari_app.http.screen.screen_views import ScreenViews
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace import browser_sessions, feed, page_files
from ari_app.http.workspace.other_origins import ORIGINS
from ari_app.http.workspace.page_files import PageFile
from ari_app.http.workspace.page_headers import PREFIX, policy
from warmline.store.database.database import StoreError
from warmline.store.lookups import web_forms
from warmline.system.program_files import WORKSPACE


def routes(api: JsonApi) -> list[web.RouteDef]:
    """Return the addresses of the workspace; those of files come last, because they match any name."""
    return [
        web.get(PREFIX, page_files.redirect),
        web.post(f"{PREFIX}/login", partial(browser_sessions.log_in, api)),
        web.post(f"{PREFIX}/logout", partial(browser_sessions.log_out, api)),
        web.get(f"{PREFIX}/feed", partial(feed.serve, api, ScreenViews.of(api)), allow_head=False),
        web.get(f"{PREFIX}/{{file:.*}}", partial(_file, api, page_files.read(WORKSPACE))),
    ]


async def _file(api: JsonApi, files: Mapping[str, PageFile], request: web.Request) -> web.Response:
    """Answer with a file; the page itself may have web forms in its panels, and be in a frame itself."""
    response = await page_files.serve(files, request)
    if page_files.is_index(request):
        try:
            frames = await in_time(web_forms.panel_origins, api.db)
        except StoreError:  # the page is shown without panels
            frames = []
        response.headers["Content-Security-Policy"] = policy(frames, request.app[ORIGINS].frames)
    return response
