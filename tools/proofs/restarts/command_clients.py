"""Programs that send commands all the time, each with a key, and repeat a command until it succeeds."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import aiohttp

from lab.description import Lab
from tools.proofs.restarts.keyed_commands import AGC, Commands, KeyedCommand

EVERY = 0.1  # seconds between two commands of a client
AGAIN = 0.05  # seconds until a command is repeated
LONGEST = 100  # characters of a failure
PATIENCE = 30.0  # seconds after which a command that never succeeded counts as lost
WITHIN = aiohttp.ClientTimeout(
    total=10
)  # for an answer; a command waits 3 s for the call process, and takes 5 s at most


class FinishedCommand(NamedTuple):
    """A command that succeeded; times by CLOCK_MONOTONIC. `tries` is the number of its requests."""

    command: KeyedCommand
    begun: float
    ended: float
    tries: int


@dataclass
class SentCommands:
    """All commands of all clients."""

    done: list[FinishedCommand] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # answers that are neither success nor 503 or `ERROR:`
    failures: Counter[str] = field(default_factory=Counter)  # requests that failed as they may, by the reason
    pending: dict[str, str] = field(default_factory=dict)  # the last failure of each command that is repeated, by key

    def since(self, moment: float) -> list[FinishedCommand]:
        """Return the commands begun at or after a moment, the first one that succeeded first."""
        return sorted((one for one in self.done if one.begun >= moment), key=lambda one: one.ended)


class CommandClient:
    """One client. With `fresh`, each request has a connection of its own."""

    def __init__(self, lab: Lab, sent: SentCommands, *, fresh: bool = False) -> None:
        self.sent = sent
        self._form = {"source": "bench", **lab.api_user}
        self._token = (Path(lab.dir) / "run/token").read_text().strip()
        self._http = aiohttp.ClientSession(
            lab.api, timeout=WITHIN, connector=aiohttp.TCPConnector(force_close=fresh, limit=0)
        )

    async def close(self) -> None:
        """Close its connections."""
        await self._http.close()

    async def run(self, commands: Commands, over: asyncio.Event) -> None:
        """Send one command after the other until `over` is set; the last one is repeated until it succeeds too."""
        for command in commands:
            await self.give(command)
            if over.is_set():
                return
            await asyncio.sleep(EVERY)

    async def give(self, command: KeyedCommand, patience: float = PATIENCE) -> bool:
        """Send a command until it succeeds; return whether it did within `patience` seconds."""
        begun = time.monotonic()
        why, tries = "", 0
        while time.monotonic() < begun + patience:
            tries += 1
            if not (why := await self._failure(command)):
                self.sent.pending.pop(command.key, None)
                self.sent.done.append(FinishedCommand(command, begun, time.monotonic(), tries))
                return True
            self.sent.failures[why] += 1
            self.sent.pending[command.key] = why
            await asyncio.sleep(AGAIN)
        if patience == PATIENCE:
            self.sent.lost.append(f"{command.key} {command.path} {command.body} never succeeded, at last: {why}")
        return False

    async def _failure(self, command: KeyedCommand) -> str:
        """Send a command once; return why it failed, or ""."""
        try:
            return await (self._form_failure(command) if command.path == AGC else self._json_failure(command))
        except (aiohttp.ClientError, TimeoutError) as problem:
            return type(problem).__name__

    async def _json_failure(self, command: KeyedCommand) -> str:
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": command.key}
        async with self._http.post(command.path, json=command.body, headers=headers) as answer:
            text = await answer.text()
        if answer.status not in (HTTPStatus.CREATED, HTTPStatus.SERVICE_UNAVAILABLE):
            self.sent.wrong.append(f"{command.key} {command.path}: {answer.status} {text}")
        return "" if answer.status == HTTPStatus.CREATED else f"{answer.status}"

    async def _form_failure(self, command: KeyedCommand) -> str:
        form = self._form | command.body | {"idempotency_key": command.key}
        async with self._http.post(AGC, data=form) as answer:
            text = (await answer.text()).strip()
        good, bad = text.startswith("SUCCESS: "), text.startswith("ERROR: ")
        if answer.status != HTTPStatus.OK or not (good or bad):
            self.sent.wrong.append(f"{command.key} {command.body['function']}: {answer.status} {text}")
        return "" if good else text[:LONGEST]


@asynccontextmanager
async def client(lab: Lab, sent: SentCommands, *, fresh: bool = False) -> AsyncIterator[CommandClient]:
    """Provide a client."""
    one = CommandClient(lab, sent, fresh=fresh)
    try:
        yield one
    finally:
        await one.close()
