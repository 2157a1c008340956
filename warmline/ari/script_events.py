"""The events that Asterisk sends to a script: they are decoded, and wake the waits for them."""

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

import msgspec

from warmline.ari import events
from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.channel import Channel, not_played
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.json_errors import UNREADABLE
from warmline.ari.event_reader import EventReader, Heard
from warmline.ari.outcomes import Called, DialOutcome, Reconnected, Recorded, UnknownEvent

if TYPE_CHECKING:
    from warmline.ari.connection import Ari

log = logging.getLogger("warmline.ari.script")

LEFT_OUT = {"ChannelVarset"}  # hundreds for each call; a script that wants a variable asks Asterisk
KINDS = tuple(sorted({kind.__name__ for kind in events.Event.__subclasses__()} - LEFT_OUT))
BUSY, NO_ANSWER, NORMAL = 17, (18, 19, 127), 16  # hang-up causes by Q.850
ARRIVALS_KEPT = 1000

K = TypeVar("K", bound=Heard)
_decode = msgspec.json.Decoder(events.Known).decode


class ScriptEvents:
    """The state of one script's channels, playbacks and recordings, as Asterisk's events tell it."""

    def __init__(self, ari: "Ari") -> None:
        self.ready = asyncio.Event()
        self.failed = asyncio.Event()
        self.why_failed = ""
        self.arrived: asyncio.Queue[Channel] = asyncio.Queue(ARRIVALS_KEPT)
        self._ari = ari
        self._started = 0
        self._dialled: dict[str, asyncio.Future[Called]] = {}
        self._playbacks: dict[str, asyncio.Future[None]] = {}
        self._recordings: dict[str, asyncio.Future[Recorded]] = {}
        self._readers: list[EventReader[Heard]] = []

    # -- what waits --

    def reader(self, kinds: tuple[type[K], ...]) -> EventReader[K]:
        """Return a reader of these types."""
        made = EventReader(kinds)
        self._readers.append(made)  # type: ignore[arg-type]
        return made

    def expect(self, channel: Channel) -> "asyncio.Future[Called]":
        """Return a future of what comes of dialling this channel."""
        return self._dialled.setdefault(channel.id, asyncio.get_running_loop().create_future())

    def playback(self, name: str) -> "asyncio.Future[None]":
        """Return a future of the end of a playback."""
        return self._playbacks.setdefault(name, asyncio.get_running_loop().create_future())

    def recording(self, name: str) -> "asyncio.Future[Recorded]":
        """Return a future of the end of a recording."""
        return self._recordings.setdefault(name, asyncio.get_running_loop().create_future())

    def forget(self, name: str) -> None:
        """Wait no more for a playback or a recording."""
        self._playbacks.pop(name, None)
        self._recordings.pop(name, None)

    def fail(self, why: str) -> None:
        """End everything that waits: the connection has ended for good."""
        self.why_failed = why
        self.failed.set()
        for reader in self._readers:
            reader.fail(ConnectionLost("ari_connection_ended", "{why}", why=why))

    # -- what Asterisk tells --

    def take(self, text: str) -> None:
        """Take an event of Asterisk. Never raises."""
        event = decode(text)
        match event:
            case events.StasisStart(channel=channel, args=args):
                self._started_channel(channel.id, channel.caller.number, channel.caller.name, args)
            case events.StasisEnd(channel=channel):
                self._left(channel.id, "the party hung up, or another program took the call")
            case events.ChannelDestroyed(channel=channel, cause=cause, cause_txt=words):
                self._destroyed(channel.id, cause, words)
            case events.ChannelDtmfReceived(channel=channel, digit=key) if found := self._ari.channels.get(channel.id):
                found.pressed(key)
            case events.PlaybackFinished(playback=playback):
                self._played(playback.id, playback.media_uri, playback.state)
            case events.RecordingFinished(recording=one) | events.RecordingFailed(recording=one):
                self._recorded(one.name, one.state, one.duration, one.talking_duration, one.cause)
        for reader in self._readers:
            reader.put(event)

    async def connected(self, started: int) -> None:
        """Read what the connection has missed. Raises AriError."""
        again, restarted = self.ready.is_set(), started != self._started
        self._started = started
        if again:
            gone = [one for one in list(self._ari.channels.values()) if not await self._is_there(one)]
            for channel in gone:
                self._destroyed(channel.id, 0, "ended while the connection was lost")
            for name in list(self._playbacks):
                await self._check_playback(name)
            for reader in self._readers:
                reader.put(Reconnected(tuple(gone), restarted))
        self.ready.set()

    async def _is_there(self, channel: Channel) -> bool:
        try:
            found = await self._ari.request("GET", "channels", channel.id)
        except AriError as error:
            if error.status == 404:
                return False
            raise
        if found["state"] == "Up" and channel.id in self._dialled:
            self._answered(channel)
        return True

    async def _check_playback(self, name: str) -> None:
        try:
            await self._ari.request("GET", "playbacks", name)
        except AriError as error:
            if error.status != 404:
                raise
            self._played(name, "", "done")

    def _started_channel(self, channel_id: str, number: str, name: str, args: tuple[str, ...]) -> None:
        if known := self._ari.channels.get(channel_id):
            self._answered(known)
            return
        channel = Channel(self._ari, channel_id, number, name, *args)
        self._ari.channels[channel_id] = channel
        try:
            self.arrived.put_nowait(channel)
        except asyncio.QueueFull:
            log.error("no part of the script takes arrivals: %s calls wait", ARRIVALS_KEPT)

    def _answered(self, channel: Channel) -> None:
        waiting = self._dialled.pop(channel.id, None)
        if waiting and not waiting.done():
            waiting.set_result(Called(DialOutcome.ANSWERED, answered_by=channel))

    def _destroyed(self, channel_id: str, cause: int, words: str) -> None:
        waiting = self._dialled.pop(channel_id, None)
        if waiting and not waiting.done():
            waiting.set_result(Called(_outcome(cause), words or f"cause {cause}", cause))
        self._left(channel_id, words or "the party hung up")

    def _left(self, channel_id: str, why: str) -> None:
        if channel := self._ari.channels.get(channel_id):
            channel.ended(why)

    def _played(self, name: str, media: str, state: str) -> None:
        waiting = self._playbacks.get(name)
        if waiting and not waiting.done():
            if state == "failed":
                waiting.set_exception(not_played(media, "Asterisk could not play it; does the file exist?"))
            else:
                waiting.set_result(None)

    def _recorded(self, name: str, state: str, seconds: int, talked: int, cause: str) -> None:
        waiting = self._recordings.get(name)
        if waiting and not waiting.done():
            if state == "failed":
                waiting.set_exception(not_played(f"recording {name}", cause or "Asterisk could not write it"))
            else:
                waiting.set_result(Recorded(name, seconds, silent=not talked))


def decode(text: str) -> Heard:
    """Return the event of a message, or UnknownEvent."""
    try:
        event: events.Event = _decode(text)
    except UNREADABLE:
        return _unknown(text)
    return event


def _unknown(text: str) -> UnknownEvent:
    try:
        fields = msgspec.json.decode(text)
        return UnknownEvent(str(fields.get("type", "")), fields)
    except (*UNREADABLE, AttributeError):
        return UnknownEvent("", {"text": text})


def _outcome(cause: int) -> DialOutcome:
    if cause == BUSY:
        return DialOutcome.BUSY
    return DialOutcome.NO_ANSWER if cause in NO_ANSWER or cause == NORMAL else DialOutcome.REFUSED
