"""A relay between Playwright and a Firefox that is older than Playwright expects.

Playwright speaks WebDriver BiDi to Firefox. Debian's long-term Firefox does not know all of its commands. The relay
answers those that tests do not need, and begins the session by Marionette, which also reaches the preferences.
Scripts of Playwright do what the policy of the workspace forbids. The relay rewrites them, so that each fault that a
test finds is one of the page.
"""

import asyncio
import json
import re
from contextlib import suppress
from typing import Any

import aiohttp
from aiohttp import web

from tests.browser.firefox.marionette import Marionette

# Unknown to Firefox 140. Tests read no answers of the network, download nothing, and choose schemes by preferences.
ANSWERS: dict[str, dict[str, Any]] = {
    "network.addDataCollector": {"collector": "none"},
    "emulation.setMediaFeaturesOverride": {},
    "emulation.setScreenOrientationOverride": {},
    "emulation.setScreenSettingsOverride": {},
    "browser.setDownloadBehavior": {},
}

# The function that Playwright calls, and the place of the expression among its arguments.
EVALUATES, EXPRESSION = "(utilityScript, ...args) => utilityScript.evaluate(...args)", 3
WRITTEN_IN = """(utilityScript, ...args) => {
    const global = {__proto__: utilityScript.global, eval: () => (%s\n)};
    return Object.create(utilityScript, {global: {value: global}}).evaluate(...args);
}"""
# Two more places, and what does the same: a style sheet before a screenshot, and `eval` of a script that fills fields.
INSTEAD = {
    r"document\.head\.appendChild\(style\);": "",
    r"injectedScript\.extend\(.*?\);": "window.__pw_bidiInsertText = text => "
    "{ document.execCommand('insertText', false, text); };",
}


class Relay:
    """A server for one Playwright, and the Firefox behind it."""

    def __init__(self, marionette: Marionette) -> None:
        self._marionette = marionette

    async def start(self) -> str:
        """Listen; return the address that Firefox would print."""
        app = web.Application()
        app.router.add_get("/session", self._serve)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"ws://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close the connections."""
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        client = web.WebSocketResponse(max_msg_size=0)
        await client.prepare(request)
        await self._marionette.connect()
        url, capabilities = await self._marionette.new_session()
        async with aiohttp.ClientSession() as http, http.ws_connect(url, max_msg_size=0) as browser:
            reports = asyncio.create_task(self._report(browser, client))
            async for message in client:
                asked = json.loads(message.data)
                if asked["method"] == "session.new":
                    result: Any = {"sessionId": url.rpartition("/")[2], "capabilities": capabilities}
                elif asked["method"] == "browser.close":
                    break
                else:
                    result = ANSWERS.get(asked["method"])
                if result is None:
                    await browser.send_json(_allowed(asked))
                else:
                    await client.send_json({"type": "success", "id": asked["id"], "result": result})
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._marionette.order("Marionette:Quit", flags=["eForceQuit"])
            await reports
        await self._marionette.close()
        return client

    async def _report(self, browser: aiohttp.ClientWebSocketResponse, client: web.WebSocketResponse) -> None:
        async for message in browser:
            await client.send_str(message.data)
        await client.close()


def _allowed(asked: dict[str, Any]) -> dict[str, Any]:
    """Return a command without what the policy forbids: an expression to evaluate stands in the script itself."""
    given = asked["params"]
    if asked["method"] == "script.callFunction" and given["functionDeclaration"] == EVALUATES:
        expression = given["arguments"][EXPRESSION]["value"]
        for forbidden, instead in INSTEAD.items():
            expression = re.sub(forbidden, instead, expression)
        given["functionDeclaration"] = WRITTEN_IN % expression
    return asked
