"""A bridge of a script: the parties in it hear each other."""

from typing import TYPE_CHECKING, Literal
from weakref import WeakSet

from warmline.ari import audio_requests
from warmline.ari.ari_exceptions import ChannelGone
from warmline.ari.audio_requests import PlayOptions
from warmline.ari.client.ari_errors import AriError
from warmline.ari.playback import Playback
from warmline.ari.recording import IfExists, Recording

if TYPE_CHECKING:
    from warmline.ari.channel import Channel
    from warmline.ari.running_script import Ari

Role = Literal["participant", "announcer"]
ROLES: dict[Role, str] = {"participant": "holding_participant", "announcer": "announcer"}  # by Asterisk's names
# With events of keys: else two phones are joined without Asterisk, and the script gets none of their keys.
BRIDGE_TYPES = {"mixing": "mixing,dtmf_events", "holding": "holding"}

GONE_STATUS = 404
NO_CHANNEL_STATUSES = (400, 422)  # no such channel, or it has left the script


class Bridge:
    """A bridge that `Ari.bridge` or `holding_bridge` made. Parties whom it joins go on talking when the script ends."""

    def __init__(self, ari: "Ari", bridge_id: str, *, is_holding: bool = False) -> None:
        self.id = bridge_id
        self._ari = ari
        self._is_holding = is_holding
        self._recordings: WeakSet[Recording] = WeakSet()

    async def add(
        self, *channels: "Channel", role: Role = "participant", mute: bool = False, absorb_dtmf: bool = False
    ) -> None:
        """Let these parties into the bridge. Raises AriError, ChannelGone.

        All in a holding bridge hear an "announcer"; other bridges have no roles. With `mute`, nobody hears the parties,
        until `unmute("in")` of the channel. With `absorb_dtmf`, their keys reach the script, and nobody in the bridge.
        """
        query = {"role": ROLES[role]} if self._is_holding else {}
        query |= {"absorbDTMF": "true"} if absorb_dtmf else {}
        for channel in channels:
            channel.check()
            if mute:  # not by Asterisk's own parameter, which nothing lifts
                await channel.mute("in")
            try:
                await self._ari.request(
                    "POST", "bridges", self.id, "addChannel", query={"channel": channel.id, **query}
                )
            except AriError as error:
                if error.status in NO_CHANNEL_STATUSES:
                    await channel.check_again()
                raise

    async def remove(self, *channels: "Channel") -> None:
        """Take these parties out of the bridge; one who is not in it is passed over. Raises AriError."""
        for channel in channels:
            try:
                await self._ari.request("POST", "bridges", self.id, "removeChannel", query={"channel": channel.id})
            except AriError as error:
                if error.status not in (GONE_STATUS, 400, 409, 422):
                    raise

    async def play(self, *parts: str | int, language: str = "", offset_ms: int = 0) -> None:
        """Play these parts to everybody in the bridge, and wait for their end. Raises AriError, NotPlayed.

        The arguments are those of `Channel.play`.
        """
        options = PlayOptions(language, offset_ms)
        await audio_requests.play_to(self._ari, ("bridges", self.id), parts, options=options)

    def playback(self, *parts: str | int, language: str = "", offset_ms: int = 0, skip_ms: int = 3000) -> Playback:
        """Return sounds for `async with`, which the script controls: see `Channel.playback`."""
        options = PlayOptions(language, offset_ms, skip_ms)
        return Playback(self._ari, ("bridges", self.id), parts, options)

    def recording(
        self,
        name: str,
        most: int = 0,
        silence: int = 0,
        *,
        beep: bool = False,
        keys: str = "",
        file_format: str = "wav",
        if_exists: IfExists = "fail",
    ) -> Recording:
        """Return a recording of all in the bridge, for `async with`: see `Channel.recording`."""
        recording = Recording(
            self._ari,
            ("bridges", self.id),
            name,
            max_seconds=most,
            silence_seconds=silence,
            beep=beep,
            keys=keys,
            file_format=file_format,
            if_exists=if_exists,
        )
        self._recordings.add(recording)
        return recording

    async def music(self, name: str = "default", *, on: bool = True) -> None:
        """Start music on hold for everybody in the bridge, or end it. Raises AriError."""
        query = {"mohClass": name} if on else None
        await self._ari.request("POST" if on else "DELETE", "bridges", self.id, "moh", query=query)

    async def close(self) -> None:
        """End the bridge and its recordings; the parties stay on the line and hear nothing. Raises AriError."""
        for recording in list(self._recordings):  # Asterisk does not always report that they have ended with the bridge
            if recording.is_running:
                await recording.stop()
        try:
            await self._ari.request("DELETE", "bridges", self.id)
        except AriError as error:
            if error.status != GONE_STATUS:
                raise
        self._ari.bridges.pop(self.id, None)


async def make_bridge(ari: "Ari", kind: Literal["mixing", "holding"], channels: "tuple[Channel, ...]") -> Bridge:
    """Let these parties into a new bridge. Raises AriError, ChannelGone; then there is no bridge."""
    bridge = Bridge(ari, ari.new_id(), is_holding=kind == "holding")
    await ari.request("POST", "bridges", bridge.id, query={"type": BRIDGE_TYPES[kind], "name": ari.name})
    ari.bridges[bridge.id] = bridge
    try:
        await bridge.add(*channels)
    except (AriError, ChannelGone):
        ari.bridges.pop(bridge.id, None)
        ari.begin(ari.stop("DELETE", "bridges", bridge.id))
        raise
    return bridge


async def find_bridge(ari: "Ari", number: str) -> Bridge | None:
    """Return the bridge in which the caller with this number is: see `Ari.bridge_with`. Raises AriError."""
    channels = await ari.all_channels()
    for bridge in await ari.all_bridges():
        if any(
            channel_id in channels and channels[channel_id][0].caller.number == number for channel_id in bridge.channels
        ):
            subscription = {"eventSource": f"bridge:{bridge.id}"}  # its events say when a sound has ended
            await ari.request("POST", "applications", ari.name, "subscription", query=subscription)
            return ari.bridges.get(bridge.id) or Bridge(ari, bridge.id)
    return None
