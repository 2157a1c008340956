"""An Expect header that is no text is refused before any address is looked at: aiohttp would fail in quoting it."""

from typing import Any

from aiohttp import hdrs, web
from aiohttp.web_urldispatcher import AbstractRuleMatching, MatchedSubAppResource


class _NoText(AbstractRuleMatching):
    """Asked about every request first, as a rule for other host names would be; it matches none."""

    canonical = "an Expect header that is no text"

    async def match(self, request: web.Request) -> bool:
        """Raise HTTPExpectationFailed, which quotes nothing."""
        if not request.headers.get(hdrs.EXPECT, "").isascii():
            raise web.HTTPExpectationFailed
        return False

    def get_info(self) -> Any:
        """Nothing besides what it is."""
        return {}


def refuse_what_is_no_text(app: web.Application) -> None:
    """From now on such a request is answered 417, whatever it asks for."""
    app.router.register_resource(MatchedSubAppResource(_NoText(), web.Application()))
