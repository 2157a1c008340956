"""A time limit does not count time in which the loop does not run."""

import asyncio
import time

import pytest

from warmline.ari.client import request_timeout as module
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.request_timeout import limit_time

SHORT = 0.5  # seconds


def stand_still() -> None:
    """Block the loop as SIGSTOP does: time passes without a turn."""
    time.sleep(SHORT + module.EVENT_LOOP_STALL_SECONDS + 0.1)


async def test_a_running_loop_enforces_the_time_limit() -> None:
    with pytest.raises(TimeoutError):
        async with limit_time(SHORT):
            await asyncio.Event().wait()


async def test_a_request_is_sent_although_the_loop_stood_still_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a leave: otherwise the agent's recording ended, and the next one never began."""
    monkeypatch.setattr("warmline.ari.client.request_timeout.REQUEST_TIMEOUT_SECONDS", SHORT)

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        writer.close()

    server = await asyncio.start_server(answers, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, AriClient(f"http://127.0.0.1:{port}/ari", "user", "secret", "warmline") as client:
        asked = asyncio.create_task(client.request("POST", "bridges", "room-1", "record"))
        await asyncio.sleep(0)  # it has begun
        stand_still()
        assert await asked == b"done"
