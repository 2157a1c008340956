"""Webhooks of the real app. It, or its worker process alone, is killed during one: the receiver still gets it."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from aiohttp import web

from ari_app.workers.webhook_sender import signature
from lab.app_parts import pid_of
from lab.configure import Change
from tests.free_port import free_port
from tests.http.bare_app import WITHIN, BareApp, after_their_calls, status
from tools.simulation.call_centre.webhook_receiver import Receiver, receiving
from warmline.options.option_table import SETTING
from warmline.store.database.reading import Row
from warmline.store.reports import webhook_attempts

SECRET = "s3cret-of-the-crm"  # noqa: S105 - of a test
TOKEN = "t0ken-in-the-address"  # noqa: S105 - of a test


async def delivered(folder: Path, number: int = 1) -> list[Row]:
    """Return all webhooks, once their receiver has answered."""
    async with asyncio.timeout(WITHIN):
        while True:
            rows = await asyncio.to_thread(webhook_attempts.tried, folder / "warmline.db", 0)
            if len(rows) == number and all(row["outcome"] for row in rows):
                return rows
            await asyncio.sleep(0.05)  # another process writes it


def sent_to(receiver: Receiver) -> list[Change]:
    """Return the configuration that sends a webhook for each disposition."""
    url = f"http://127.0.0.1:{receiver.port}/{TOKEN}?who=--A--user--B--&code=--A--dispo--B--"
    return [
        ("setting", SETTING.only, {"webhook_hosts": "127.0.0.1"}),
        ("campaign", "TESTCAMP", {"dispo_call_url": url}),
    ]


def of_us(request: web.BaseRequest) -> bool:
    """Return whether its signature is Warmline's."""
    name, now = request.headers["Warmline-Webhook-Id"], int(request.headers["Warmline-Webhook-Time"])
    return request.headers["Warmline-Webhook-Signature"] == signature(SECRET.encode(), name, now, request.path_qs)


async def run(folder: Path, port: int, receiver: Receiver, user: str) -> None:
    """A disposition is given, its receiver gets a webhook and does not answer, the app is killed and started again."""
    receiver.answer = receiver.nothing
    app = await asyncio.to_thread(BareApp, folder, port, webhook_secret=SECRET)
    try:
        sent = await asyncio.to_thread(app.ask_code, user, "k")
        assert await asyncio.to_thread(status, sent) == 201, "the answer waits for no receiver"
        await receiver.request(1, WITHIN)
    finally:
        app.kill()
    receiver.answer = receiver.ok
    app = await asyncio.to_thread(BareApp, folder, port, webhook_secret=SECRET)
    try:
        await receiver.request(2, WITHIN)
        [row] = await delivered(folder)
    finally:
        app.kill()
    assert (row["outcome"], row["hook"]) == ("delivered", "dispo_call_url")


@pytest.mark.fault(
    "the worker process is killed (-9), or stopped (-STOP)",
    "nothing: callers are served without hooks until it is back",
    "the same as without the fault, some seconds later; a webhook that was being sent is sent again",
)
async def test_commands_do_not_need_the_worker_process(tmp_path: Path) -> None:
    """It is stopped, then killed during a webhook. Each disposition is answered, and its webhook comes afterwards."""
    async with receiving() as receiver:
        users = await asyncio.to_thread(after_their_calls, tmp_path, 2, *sent_to(receiver))
        app = await asyncio.to_thread(BareApp, tmp_path, free_port())
        try:
            worker = pid_of(app.pid, "workers")
            os.kill(worker, signal.SIGSTOP)
            sent = await asyncio.to_thread(app.ask_code, users[0], "first")
            assert await asyncio.to_thread(status, sent) == 201 and not receiver.requests
            os.kill(worker, signal.SIGCONT)
            await receiver.request(1, WITHIN)
            receiver.answer = receiver.nothing
            sent = await asyncio.to_thread(app.ask_code, users[1], "second")
            assert await asyncio.to_thread(status, sent) == 201
            await receiver.request(2, WITHIN)
            os.kill(worker, signal.SIGKILL)
            receiver.answer = receiver.ok
            await receiver.request(3, WITHIN)
            rows = await delivered(tmp_path, 2)
        finally:
            app.kill()
        ids = [request.headers["Warmline-Webhook-Id"] for request in receiver.requests]
    assert {row["outcome"] for row in rows} == {"delivered"}
    assert len(ids) == 3 and ids[0] != ids[1] == ids[2]


async def test_a_webhook_in_progress_is_sent_again_and_no_secret_is_logged(tmp_path: Path) -> None:
    async with receiving() as receiver:
        [user] = await asyncio.to_thread(after_their_calls, tmp_path, 1, *sent_to(receiver))
        await run(tmp_path, free_port(), receiver, user)
        first, second = receiver.requests
    assert dict(first.query) == {"who": user, "code": "SALE"} == dict(second.query)
    assert first.headers["Warmline-Webhook-Id"] == second.headers["Warmline-Webhook-Id"]
    assert of_us(first) and of_us(second)
    log = (tmp_path / "app.log").read_text()
    assert TOKEN not in log and SECRET not in log and "Traceback" not in log
