"""Refuses an Expect header with non-ASCII bytes before routing, because aiohttp fails when it quotes the header."""

from typing import Any

from aiohttp import hdrs, web
from aiohttp.web_urldispatcher import AbstractRuleMatching, MatchedSubAppResource


class _NoText(AbstractRuleMatching):
    """A router rule that sees every request first, and matches none."""

    canonical = "an Expect header that is no text"

    async def match(self, request: web.Request) -> bool:
        """Raise HTTPExpectationFailed, which quotes nothing, for an invalid header."""
        if not request.headers.get(hdrs.EXPECT, "").isascii():
            raise web.HTTPExpectationFailed
        return False

    def get_info(self) -> Any:
        """Return no further information."""
        return {}


def refuse_what_is_no_text(app: web.Application) -> None:
    """Answer all requests with such a header with 417."""
    app.router.register_resource(MatchedSubAppResource(_NoText(), web.Application()))
