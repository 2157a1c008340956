"""The client of a script in a test: it answers each request in the process of the test, as Asterisk does."""

import asyncio
import inspect
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NoReturn, Self

import msgspec

from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import AriEventStream
from warmline.ari.testing import (  # noqa: F401 - each registers the operations of a resource
    simulated_applications,
    simulated_bridges,
    simulated_channels,
    simulated_dialling,
    simulated_endpoints,
    simulated_system,
)
from warmline.ari.testing.script_process import running_process
from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk
from warmline.ari.testing.simulated_operations import OPERATIONS, UNPLAYED_STATUS, Request, build_refusal

ASTERISK_START_US = 1  # the start of this Asterisk, which never ends
REFUSAL_STATUS = 400  # and above


class GivenAnswer(msgspec.Struct):
    """An answer of the test: to requests of this method whose path matches, `times` times or always (0)."""

    method: str
    pattern: tuple[str, ...]
    answer: Any
    status: int
    times: int

    def matches(self, method: str, path: tuple[str, ...]) -> bool:
        """Return whether it answers a request; `*` in the pattern stands for any part of the path."""
        if method != self.method or len(path) != len(self.pattern) or self.times < 0:
            return False
        return all(fnmatchcase(part, pattern) for part, pattern in zip(path, self.pattern, strict=True))

    def give(self) -> object:
        """Return the answer. Raises AriError if it is a refusal."""
        if self.times:
            self.times = self.times - 1 or -1  # -1: it was given as often as it may be
        if self.status >= REFUSAL_STATUS:
            raise build_refusal(self.status, str(self.answer))
        return self.answer


class RequestLog:
    """The requests of all scripts of a test, such as `POST channels/ID/mute`, and the answers that the test gives."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.answers: list[GivenAnswer] = []


class SimulatedClient(AriClient):
    """The client of one script."""

    def __init__(
        self, asterisk: SimulatedAsterisk, log: RequestLog, url: str, user: str, password: str, app: str
    ) -> None:
        super().__init__(url, user, password, app)
        self.asterisk = asterisk
        self.asterisk_version = simulated_system.VERSION
        self.process = running_process.get()
        self._log = log

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Do nothing: nothing was opened."""

    async def request(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
        **_: bool,
    ) -> bytes:
        """Answer a request. Raises AriError."""
        await asyncio.sleep(0)  # as an answer of Asterisk, this one lets other tasks work first
        number = await self.process.send_request() if self.process else 0
        self._log.requests.append(f"{method} {'/'.join(path)}")
        try:
            answer = self._answer(method, path, {**(query or {}), **(body or {})})
            if inspect.isawaitable(answer):
                answer = await answer
        finally:
            if self.process:
                await self.process.read_answer(number)
        if isinstance(answer, bytes):
            return answer
        return b"" if answer is None else msgspec.json.encode(answer)

    def _answer(self, method: str, path: tuple[str, ...], parameters: Mapping[str, Any]) -> object:
        for given_answer in self._log.answers:
            if given_answer.matches(method, path):
                return given_answer.give()
        all_names = [(operation, operation.match(method, path)) for operation in OPERATIONS]
        matches = [(operation, names) for operation, names in all_names if names is not None]
        if not matches:
            reason = f"warmline.ari.testing does not know the request {method} {'/'.join(path)}"
            raise build_refusal(UNPLAYED_STATUS, reason)
        operation, names = min(matches, key=lambda match: len(match[1]))  # channels/create is no channels/{channelId}
        return operation.play(self.asterisk, Request(names, parameters))


class SimulatedStream(AriEventStream):
    """The events of one script; the connection is never lost."""

    async def run(self) -> NoReturn:
        """Pass the events on until the script ends."""
        client = self._client
        assert isinstance(client, SimulatedClient)
        client.asterisk.listen(client.app, self._take_message)
        try:
            await self._on_connect(ASTERISK_START_US)
            client.asterisk.enter_waiting(client.app)
            await asyncio.get_running_loop().create_future()
        finally:
            client.asterisk.forget(client.app, self._take_message)
        raise AssertionError("the future never ends")

    def _take_message(self, text: str) -> None:
        client = self._client
        if not (isinstance(client, SimulatedClient) and client.process and client.process.is_dead):
            self._on_message(text)
