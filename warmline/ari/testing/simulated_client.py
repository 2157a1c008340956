"""The client of a script in a test: it answers each request in the process of the test, as Asterisk does."""

import asyncio
from collections.abc import Mapping
from typing import Any, NoReturn, Self

import msgspec

from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import AriEventStream
from warmline.ari.testing import simulated_calls
from warmline.ari.testing.script_process import running_process
from warmline.ari.testing.simulated_calls import PartyLine, SimulatedCalls, build_refusal

ASTERISK_START_US = 1  # the start of this Asterisk, which never ends
INVISIBLE_OPERATIONS = ("mute", "unmute", "hold", "silence", "dtmf")  # they change nothing that a test sees


class SimulatedClient(AriClient):
    """The client of one script. `requests` has each request, such as `POST channels/ID/mute`."""

    def __init__(
        self, calls: SimulatedCalls, requests: list[str], url: str, user: str, password: str, app: str
    ) -> None:
        super().__init__(url, user, password, app)
        self.calls = calls
        self.process = running_process.get()
        self._requests = requests

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
        number = self.process.send_request() if self.process else 0
        self._requests.append(f"{method} {'/'.join(path)}")
        try:
            answer = self._answer(method, path, query or {}, body=body or {})
        finally:
            if self.process:
                self.process.read_answer(number)
        return b"" if answer is None else msgspec.json.encode(answer)

    def _answer(self, method: str, path: tuple[str, ...], query: Mapping[str, Any], body: Mapping[str, Any]) -> object:
        match path:
            case ("channels",) if method == "GET":
                return [self.calls.to_channel(line) for line in self.calls.lines.values()]
            case ("bridges",) if method == "GET":
                return [simulated_calls.to_bridge(bridge) for bridge in self.calls.bridges.values()]
            case ("applications", self.app, "subscription") if method == "POST":
                return None  # the script that plays a sound gets its end
            case ("channels", "create"):
                pass
            case ("channels", name) if method == "POST" and name not in self.calls.lines:
                return self.calls.to_channel(self.calls.dial(name, self.app, query, body.get("variables", {})))
            case ("channels", name):
                return self._answer_channel_request(method, self._get_line(name))
            case ("channels", name, *operation_path):
                return self._answer_channel_operation(
                    method, self._get_line(name), operation_path, query=query, body=body
                )
            case ("bridges", name) if method == "POST":
                bridge = self.calls.bridges.setdefault(
                    name, simulated_calls.SimulatedBridge(name, str(query.get("name", "")))
                )
                return simulated_calls.to_bridge(bridge)
            case ("bridges", name, *operation_path):
                return self._answer_bridge_request(method, name, operation_path, query=query, body=body)
            case ("playbacks", name) if name not in self.calls.playing:
                raise build_refusal(404, "Playback not found")
            case ("playbacks", name):
                playback = self.calls.playing[name].playback
                if method == "DELETE":
                    self.calls.end_playback(name, "done")
                return playback
            case ("recordings", "live", name, *_):
                return self._answer_recording_request(method, name)
        raise self._build_unknown_error(method, path)

    def _answer_channel_request(self, method: str, line: PartyLine) -> object:
        if method == "DELETE":
            self.calls.end(line, "script", *simulated_calls.NORMAL_CAUSE)
        return self.calls.to_channel(line)

    def _answer_channel_operation(
        self, method: str, line: PartyLine, operation_path: list[str], query: Mapping[str, Any], body: Mapping[str, Any]
    ) -> object:
        party = line.party
        if not line.in_script:
            raise build_refusal(409, "Channel not in Stasis application")
        match operation_path:
            case ["answer"]:
                line.state, party.answered = "Up", True
            case ["ring" | "moh" as sound]:
                if method == "POST":
                    self.calls.hear(line, sound if sound == "ring" else f"music {query.get('mohClass', 'default')}")
            case ["play", name]:
                return self.calls.play(name, self.app, [line], _read_media(query, body), f"channel:{line.id}")
            case ["record"]:
                return self.calls.record(line, query)
            case ["continue"]:
                self.calls.continue_in_dialplan(line, str(query.get("context", "")), str(query.get("extension", "")))
            case ["variable"]:
                name = str(query["variable"])
                if not name:
                    raise build_refusal(400, "Variable name is required")
                if method == "GET" and name not in party.variables:
                    raise build_refusal(404, "Provided variable was not found")
                if method == "GET":
                    return {"value": party.variables[name]}
                party.variables[name] = str(body.get("value", query.get("value", "")))
            case [name] if name in INVISIBLE_OPERATIONS:
                pass
            case _:
                raise self._build_unknown_error(method, ("channels", line.id, *operation_path))
        return None

    def _answer_bridge_request(
        self, method: str, name: str, operation_path: list[str], query: Mapping[str, Any], body: Mapping[str, Any]
    ) -> object:
        if name not in self.calls.bridges:
            raise build_refusal(404, "Bridge not found")
        bridge = self.calls.bridges[name]
        match operation_path:
            case []:
                if method == "DELETE":
                    for line in list(bridge.lines):
                        self.calls.leave_bridge(line)
                    del self.calls.bridges[name]
                return simulated_calls.to_bridge(bridge)
            case ["addChannel" | "removeChannel" as operation]:
                channel = self.calls.lines.get(str(query["channel"]))
                if channel is None:
                    raise build_refusal(400, "Channel not found")
                if not channel.in_script or (operation == "removeChannel" and channel not in bridge.lines):
                    raise build_refusal(422, "Channel not in Stasis application, or not in this bridge")
                if operation == "addChannel":
                    self.calls.join(bridge, channel)
                else:
                    self.calls.leave_bridge(channel)
            case ["play", playback]:
                return self.calls.play(
                    playback, self.app, list(bridge.lines), _read_media(query, body), f"bridge:{name}"
                )
            case ["moh"]:
                for line in bridge.lines if method == "POST" else ():
                    self.calls.hear(line, f"music {query.get('mohClass', 'default')}")
            case _:
                raise self._build_unknown_error(method, ("bridges", name, *operation_path))
        return None

    def _answer_recording_request(self, method: str, name: str) -> object:
        for line in self.calls.lines.values():
            if line.recording and line.recording.name == name:
                recording = line.recording
                if method != "GET":
                    self.calls.end_recording(line)
                return recording
        raise build_refusal(404, "Recording not found")

    def _get_line(self, name: str) -> PartyLine:
        if name not in self.calls.lines:
            raise build_refusal(404, "Channel not found")
        return self.calls.lines[name]

    def _build_unknown_error(self, method: str, path: tuple[str, ...]) -> Exception:
        return build_refusal(501, f"warmline.ari.testing does not know the request {method} {'/'.join(path)}")


def _read_media(query: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """Return the sound that a request names, in its body or in its query."""
    media = body.get("media", query.get("media", ""))
    return str(media[0] if isinstance(media, list | tuple) else media)


class SimulatedStream(AriEventStream):
    """The events of one script; the connection is never lost."""

    async def run(self) -> NoReturn:
        """Pass the events on until the script ends."""
        client = self._client
        assert isinstance(client, SimulatedClient)
        client.calls.listen(client.app, self._take_message)
        try:
            await self._on_connect(ASTERISK_START_US)
            client.calls.enter_waiting(client.app)
            await asyncio.get_running_loop().create_future()
        finally:
            client.calls.forget(client.app, self._take_message)
        raise AssertionError("the future never ends")

    def _take_message(self, text: str) -> None:
        client = self._client
        if not (isinstance(client, SimulatedClient) and client.process and client.process.is_dead):
            self._on_message(text)
