"""A speech engine for Asterisk's res_speech_aeap: it recognizes the same text in any speech."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import WSMsgType, web

RESULTS = [
    {"text": "two tickets", "score": 870, "grammar": "order", "best": 0},
    {"text": "to tickets", "score": 300, "grammar": "order", "best": 1},
]
SPEECH_BYTES = 3200  # of audio, after which the engine has understood


async def answer(request: web.Request) -> web.WebSocketResponse:
    """Answer what Asterisk asks, and tell it the text after some speech."""
    socket = web.WebSocketResponse(protocols=("speech_to_text",))
    await socket.prepare(request)
    heard = 0
    async for message in socket:
        if message.type == WSMsgType.BINARY:
            is_first = heard < SPEECH_BYTES
            heard += len(message.data)
            if is_first and heard >= SPEECH_BYTES:
                await socket.send_json({"request": "set", "id": "1", "params": {"results": RESULTS}})
        elif message.type == WSMsgType.TEXT and "request" in (question := json.loads(message.data)):
            reply = {"response": question["request"], "id": question["id"]}
            await socket.send_json(reply | ({"codecs": question["codecs"]} if question["request"] == "setup" else {}))
    return socket


@contextmanager
def running(port: int) -> Iterator[None]:
    """Serve an engine at a port of this machine within the block."""
    loop = asyncio.new_event_loop()
    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=1)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
