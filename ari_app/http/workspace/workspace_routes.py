"""The addresses of the workspace: its files, which need no session, and login and logout."""

from functools import partial

from aiohttp import web

from ari_app.http.screen.screen_views import ScreenViews
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace import browser_sessions, feed, page_files
from ari_app.http.workspace.page_headers import PREFIX
from warmline.system.program_files import WORKSPACE


def routes(api: JsonApi) -> list[web.RouteDef]:
    """Return the addresses of the workspace; those of files come last, because they match any name."""
    return [
        web.get(PREFIX, page_files.redirect),
        web.post(f"{PREFIX}/login", partial(browser_sessions.log_in, api)),
        web.post(f"{PREFIX}/logout", partial(browser_sessions.log_out, api)),
        web.get(f"{PREFIX}/feed", partial(feed.serve, api, ScreenViews.of(api)), allow_head=False),
        web.get(f"{PREFIX}/{{file:.*}}", partial(page_files.serve, page_files.read(WORKSPACE))),
    ]
