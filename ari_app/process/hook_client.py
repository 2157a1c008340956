"""A request to the worker of hooks that does not block the event loop."""

import asyncio
from typing import Any

from warmline.system import hook_request
from warmline.system.unix_paths import short


async def ask(path: str, hook: str, call: str, seconds: float, arguments: dict[str, Any]) -> dict[str, Any]:
    """Ask the worker, and return its answer within `seconds`; a failure of any kind is an answer that is not ok."""
    try:
        async with asyncio.timeout(seconds):
            with short(path) as near:
                reader, writer = await asyncio.open_unix_connection(near, limit=hook_request.ANSWER_MAX)
            try:
                writer.write(hook_request.encoded(hook, call, max(seconds, 0.0), arguments))
                await writer.drain()
                return hook_request.decoded(await reader.readline())
            finally:
                writer.close()
    except TimeoutError:
        return hook_request.failed(f"{hook_request.NO_ANSWER} {max(seconds, 0.0) * 1000:.0f} ms")
    except ValueError:  # the line is too long
        return hook_request.failed("the worker's answer is not valid")
    except OSError as error:
        return hook_request.failed(f"the hooks of the app cannot be reached: {error.strerror}")
