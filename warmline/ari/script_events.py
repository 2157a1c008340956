"""The events that Asterisk sends to a script: they are decoded, and wake the waits for them."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ReferenceType, ref

import msgspec

from warmline.ari import events
from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.channel import Channel, build_not_played
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.json_errors import UNREADABLE
from warmline.ari.event_reader import EventReader, ScriptEvent
from warmline.ari.outcomes import Called, DialOutcome, Reconnected, Recorded, UnknownEvent

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

log = logging.getLogger("warmline.ari.script")

EXCLUDED_KINDS = {"ChannelVarset"}  # hundreds for each call; a script that wants a variable asks Asterisk
EVENT_KINDS = tuple(sorted({kind.__name__ for kind in events.Event.__subclasses__()} - EXCLUDED_KINDS))
READERS_OF_ALL = frozenset({events.Event, UnknownEvent})  # a reader of these reads all types
BUSY_CAUSE, NO_ANSWER_CAUSES, NORMAL_CAUSE = 17, (18, 19, 127), 16  # hang-up causes by Q.850
MAX_ARRIVALS = 1000
CALLED_ARGUMENTS = ("called",)  # the arguments of a party whom the script called

K = TypeVar("K", bound=ScriptEvent)
_decode = msgspec.json.Decoder(events.Known).decode


class ScriptEvents:
    """The state of one script's channels, playbacks and recordings, as Asterisk's events tell it."""

    def __init__(self, ari: "Ari") -> None:
        self.ready = asyncio.Event()
        self.failed = asyncio.Event()
        self.why_failed = ""
        self.arrival = asyncio.Event()
        self.former: set[str] = set()  # channels that a former script of this name left
        self.placed: set[str] = set()  # playbacks and recordings that Asterisk has begun
        self._ari = ari
        self._arrived: deque[Channel] = deque()
        self._acts: dict[type[ScriptEvent], Callable[[Any], None]] = {
            events.StasisStart: self._start,
            events.StasisEnd: self._end,
            events.ChannelDestroyed: self._destroy,
            events.ChannelDtmfReceived: self._press,
            events.PlaybackFinished: self._finish_playback,
            events.RecordingFinished: self._finish_recording,
            events.RecordingFailed: self._finish_recording,
        }
        self.kinds = {kind.__name__ for kind in self._acts}  # types that Asterisk sends; those of readers are added
        self._started = 0
        self._dialled: dict[str, asyncio.Future[Called]] = {}
        self._playbacks: dict[str, asyncio.Future[None]] = {}
        self._recordings: dict[str, asyncio.Future[Recorded]] = {}
        self._readers: tuple[ReferenceType[EventReader[Any]], ...] = ()  # a script may forget one

    # -- what waits --

    def reader(self, kinds: tuple[type[K], ...]) -> EventReader[K]:
        """Return a reader of these types. Raises ValueError for one that Asterisk does not send to scripts."""
        if never := sorted(EXCLUDED_KINDS & {kind.__name__ for kind in kinds}):
            raise ValueError(f"{', '.join(never)} is not sent to scripts, because each call has hundreds")
        self.kinds |= (
            set(EVENT_KINDS) if READERS_OF_ALL & {*kinds} else {kind.__name__ for kind in kinds} & {*EVENT_KINDS}
        )
        made = EventReader(kinds)
        if self.failed.is_set():
            made.fail(self._lost())
        self._readers = (*self._readers, ref(made, self._forget_reader))
        return made

    def _forget_reader(self, reference: "ReferenceType[EventReader[Any]]") -> None:
        self._readers = tuple(one for one in self._readers if one is not reference)

    def _living(self) -> "list[EventReader[Any]]":
        return [reader for reference in self._readers if (reader := reference())]

    def expect(self, channel: Channel) -> "asyncio.Future[Called]":
        """Return a future of what comes of dialling this channel."""
        return self._dialled.setdefault(channel.id, asyncio.get_running_loop().create_future())

    def playback(self, name: str) -> "asyncio.Future[None]":
        """Return a future of the end of a playback."""
        return self._playbacks.setdefault(name, asyncio.get_running_loop().create_future())

    def recording(self, name: str) -> "asyncio.Future[Recorded]":
        """Return a future of the end of a recording. Raises NotPlayed if it is being written."""
        if name in self._recordings:
            raise build_not_played(f"recording {name}", "it is being written")
        return self._recordings.setdefault(name, asyncio.get_running_loop().create_future())

    def take_arrival(self) -> Channel | None:
        """Return the first call from the dialplan that waits, or None. Then `arrival` is set by the next one."""
        while self._arrived:
            if not (first := self._arrived.popleft()).gone:
                return first
        self.arrival.clear()
        return None

    def forget(self, name: str) -> None:
        """Wait no more for a playback, a recording or a call."""
        for waiting in (self._playbacks, self._recordings, self._dialled):
            future = waiting.pop(name, None)
            if future and future.done() and not future.cancelled():
                future.exception()  # it was read, or the script waits for nothing any more
        self.placed.discard(name)

    def fail(self, why: str) -> None:
        """End everything that waits: the connection has ended for good."""
        self.why_failed = why
        self.failed.set()
        for reader in self._living():
            reader.fail(self._lost())

    def _lost(self) -> ConnectionLost:
        return ConnectionLost("ari_connection_ended", "{why}", why=self.why_failed)

    # -- what Asterisk tells --

    def take(self, text: str) -> None:
        """Take an event of Asterisk. Never raises."""
        event = decode_event(text)
        if act := self._acts.get(type(event)):
            act(event)
        for reference in self._readers:
            if reader := reference():
                reader.put(event)

    def _start(self, event: events.StasisStart) -> None:
        channel = event.channel
        self.former.discard(channel.id)  # a caller whom the dialplan sends again
        self._started_channel(channel.id, channel.caller.number, channel.caller.name, event.args)

    def _end(self, event: events.StasisEnd) -> None:
        self._left(event.channel.id, "the party hung up, or another program took the call")

    def _destroy(self, event: events.ChannelDestroyed) -> None:
        self._destroyed(event.channel.id, event.cause, event.cause_txt)

    def _press(self, event: events.ChannelDtmfReceived) -> None:
        if found := self._ari.channels.get(event.channel.id):
            found.pressed(event.digit)

    def _finish_playback(self, event: events.PlaybackFinished) -> None:
        self._played(event.playback.id, event.playback.media_uri, event.playback.state)

    def _finish_recording(self, event: events.RecordingFinished | events.RecordingFailed) -> None:
        one = event.recording
        self._recorded(one.name, one.state, one.duration, one.talking_duration, one.cause)

    async def connected(self, started: int) -> None:
        """Read what the connection has missed. Raises AriError."""
        again, restarted = self.ready.is_set(), started != self._started
        self._started = started
        if again:
            gone = await self._compare()
            for name in self.placed & self._playbacks.keys():
                await self._check_playback(name, restarted=restarted)
            for name in self.placed & self._recordings.keys():
                await self._check_recording(name)
            if restarted:
                self._ari.bridges.clear()
            for reader in self._living():
                reader.put(Reconnected(tuple(gone), restarted))
        self.ready.set()

    async def _compare(self) -> list[Channel]:
        """Compare the channels with those of Asterisk; return the ones that are gone. Raises AriError."""
        known = list(self._ari.channels.values())
        there = await self._ari.all_channels()
        for one in known:
            found, owner = there.get(one.id, (None, ""))
            if found is None and one.placed:
                self._destroyed(one.id, 0, "ended while the connection was lost")
            elif found and found.state == "Up" and owner != self._ari.name:
                one.ended("another program took the call while the connection was lost")
            elif found and found.state == "Up":
                self._answered(one)
        for name, (found, owner) in there.items():
            if owner != self._ari.name or name in self._ari.channels or name in self.former:
                continue
            # One that still rings is a call that the script gave up before Asterisk performed it.
            words = (
                tuple(found.dialplan.app_data.split(",")[1:])
                if found.dialplan.app_name == "Stasis"
                else CALLED_ARGUMENTS
            )
            self._started_channel(name, found.caller.number, found.caller.name, words)
        return [one for one in known if one.gone]

    async def _check_recording(self, name: str) -> None:
        try:
            await self._ari.request("GET", "recordings", "live", name)
        except AriError as error:
            if error.status != 404:
                raise
            self._recorded(name, "failed", 0, None, "its end was missed while the connection was lost")

    async def _check_playback(self, name: str, *, restarted: bool) -> None:
        try:
            await self._ari.request("GET", "playbacks", name)
        except AriError as error:
            if error.status != 404:
                raise
            waiting = self._playbacks.get(name)
            if restarted and waiting and not waiting.done():
                waiting.set_exception(build_not_played("the sound", "Asterisk was started again"))
            self._played(name, "", "done")

    def _started_channel(self, channel_id: str, number: str, name: str, args: tuple[str, ...]) -> None:
        if known := self._ari.channels.get(channel_id):
            self._answered(known)
            return
        channel = Channel(self._ari, channel_id, number, name, *args)
        if args == CALLED_ARGUMENTS and self._ari.has_called(channel):  # the script has given this call up
            self._ari.begin(channel.hang_up())
            return
        self._ari.channels[channel_id] = channel
        if len(self._arrived) >= MAX_ARRIVALS:
            self._arrived = deque(one for one in self._arrived if not one.gone)
        if len(self._arrived) >= MAX_ARRIVALS:
            log.error("%s calls wait, and the script takes none: %s goes on in the dialplan", MAX_ARRIVALS, channel)
            self._ari.begin(channel.let_go())
            return
        self._arrived.append(channel)
        self.arrival.set()

    def _answered(self, channel: Channel) -> None:
        waiting = self._dialled.pop(channel.id, None)
        if waiting and not waiting.done():
            waiting.set_result(Called(DialOutcome.ANSWERED, answered_by=channel))

    def _destroyed(self, channel_id: str, cause: int, words: str) -> None:
        waiting = self._dialled.pop(channel_id, None)
        if waiting and not waiting.done():
            waiting.set_result(Called(_to_outcome(cause), words or f"cause {cause}", cause))
        self._left(channel_id, words or "the party hung up")

    def _left(self, channel_id: str, why: str) -> None:
        if channel := self._ari.channels.get(channel_id):
            channel.ended(why)

    def _played(self, name: str, media: str, state: str) -> None:
        waiting = self._playbacks.get(name)
        if waiting and not waiting.done():
            if state == "failed":
                waiting.set_exception(build_not_played(media, "Asterisk could not play it; does the file exist?"))
            else:
                waiting.set_result(None)

    def _recorded(self, name: str, state: str, seconds: int, talked: int | None, cause: str) -> None:
        waiting = self._recordings.get(name)
        if waiting and not waiting.done():
            if state == "failed":
                waiting.set_exception(build_not_played(f"recording {name}", cause or "Asterisk could not write it"))
            else:
                waiting.set_result(Recorded(name, seconds, silent=None if talked is None else not talked))


def decode_event(text: str) -> ScriptEvent:
    """Return the event of a message, or UnknownEvent."""
    try:
        event: events.Event = _decode(text)
    except UNREADABLE:
        return _to_unknown_event(text)
    return event


def _to_unknown_event(text: str) -> UnknownEvent:
    try:
        fields = msgspec.json.decode(text)
        return UnknownEvent(str(fields.get("type", "")), fields)
    except (*UNREADABLE, AttributeError):
        return UnknownEvent("", {"text": text})


def _to_outcome(cause: int) -> DialOutcome:
    if cause == BUSY_CAUSE:
        return DialOutcome.BUSY
    return DialOutcome.NO_ANSWER if cause in NO_ANSWER_CAUSES or cause == NORMAL_CAUSE else DialOutcome.REFUSED
