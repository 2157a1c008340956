"""The recording of a conversation: what is said in its bridge. Asterisk ends it about 2 s after the last party."""

from typing import TYPE_CHECKING

from warmline.ari import audio_requests
from warmline.ari.ari_exceptions import Refused, build_not_played
from warmline.ari.bridge import Bridge
from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

ENDED_STATUSES = (404, 409)  # Asterisk's answers about a recording that has ended


class ConversationRecording:
    """What is recorded of a conversation. `name` is the file in Asterisk's folder of recordings, or "".

    Everybody who talks is recorded, and nothing of a parked party. Two attributes say what happens when the agent
    leaves. Without them, a recording goes on, also if the script ends or is killed.

    - `stop_at_leave`: the recording stops, and none begins, whatever `start_at_leave` says
    - `start_at_leave`: the name of a new file, for what customer and third party say from then on
    """

    def __init__(self, ari: "Ari", bridge: Bridge) -> None:
        self.name = ""
        self.is_paused = False
        self.stop_at_leave = False
        self.start_at_leave = ""
        self._ari = ari
        self._bridge = bridge
        self._has_followed = False

    async def start(self, name: str) -> None:
        """Record to a new file of this name. Raises Refused if one is recorded, NotPlayed, AriError."""
        if self.name:
            raise Refused("ari_recording_runs", "{name} is being recorded: stop() it first", name=self.name)
        audio_requests.check_name(name)
        query = {"name": name, "format": "wav", "ifExists": "fail"}
        try:
            await self._ari.request("POST", "bridges", self._bridge.id, "record", query=query)
        except AriError as error:
            if not error.status:
                raise
            raise build_not_played(f"recording {name}", error.text) from None
        self.name, self.is_paused = name, False

    async def pause(self) -> None:
        """Record nothing until `resume`; the file has no gap. Raises Refused, AriError."""
        await self._change("POST", "pause")
        self.is_paused = True

    async def resume(self) -> None:
        """Go on recording to the same file. Raises Refused, AriError."""
        await self._change("DELETE", "pause")
        self.is_paused = False

    async def stop(self) -> None:
        """End the file, and keep it. Raises Refused if nothing is recorded, AriError."""
        try:
            await self._change("POST", "stop")
        except AriError as error:
            if error.status not in ENDED_STATUSES:
                raise
        self.name, self.is_paused = "", False

    async def follow_leave(self) -> None:
        """Stop or begin a recording once, because the agent leaves: to stop overrides to start. Raises as `start`."""
        if self._has_followed:
            return
        if self.name and (self.stop_at_leave or self.start_at_leave):
            await self.stop()
        if self.start_at_leave and not self.stop_at_leave:
            await self.start(self.start_at_leave)
        self._has_followed = True

    async def _change(self, method: str, operation: str) -> None:
        if not self.name:
            raise Refused("ari_nothing_recorded", "nothing is being recorded: start(…) begins a recording")
        await self._ari.request(method, "recordings", "live", self.name, operation)
