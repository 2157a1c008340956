"""Marionette, by which geckodriver too begins a session of Firefox and reaches the browser itself, not only pages."""

import asyncio
import json
from typing import Any

START = 60.0  # seconds that Firefox may take to start, on a busy machine


class Marionette:
    """A connection to a Firefox that was started with `--marionette`. Each message has its length in front."""

    def __init__(self, port: int) -> None:
        self._port, self._sent = port, 0

    async def connect(self) -> None:
        """Connect as soon as Firefox listens. Raises TimeoutError."""
        async with asyncio.timeout(START):
            while True:
                try:
                    self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
                    break
                except ConnectionRefusedError:
                    await asyncio.sleep(0.05)  # Firefox gives no event before it listens
            await self._message()  # names the version

    async def order(self, command: str, **parameters: Any) -> Any:
        """Send a command, and return its result. Raises RuntimeError with Firefox's own words."""
        self._sent += 1
        text = json.dumps([0, self._sent, command, parameters])
        self._writer.write(f"{len(text)}:{text}".encode())
        _, _, error, result = await self._message()
        if error:
            raise RuntimeError(f"Firefox refuses {command}: {error['message']}")
        return result

    async def new_session(self) -> tuple[str, dict[str, Any]]:
        """Begin a session; return the address of its WebDriver BiDi and its capabilities."""
        wanted = {"webSocketUrl": True, "unhandledPromptBehavior": {"default": "ignore"}}
        capabilities: dict[str, Any] = (await self.order("WebDriver:NewSession", **wanted))["capabilities"]
        await self.order("Marionette:SetContext", value="chrome")
        return capabilities["webSocketUrl"], capabilities

    async def prefer(self, preferences: dict[str, int]) -> None:
        """Set preferences of the running browser, as on about:config."""
        script = "for (const [name, value] of Object.entries(arguments[0])) Services.prefs.setIntPref(name, value);"
        await self.order("WebDriver:ExecuteScript", script=script, args=[preferences], sandbox="system")

    async def close(self) -> None:
        """Close the connection."""
        self._writer.close()
        await self._writer.wait_closed()

    async def _message(self) -> Any:
        length = (await self._reader.readuntil(b":"))[:-1]
        return json.loads(await self._reader.readexactly(int(length)))
