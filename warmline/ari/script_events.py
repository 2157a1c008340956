"""The events that Asterisk sends to a script: they are decoded, and wake the waits for them."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ReferenceType, ref

import msgspec

from warmline.ari import events, made_channels, talk_guard
from warmline.ari.ari_exceptions import ConnectionLost, build_not_played
from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.json_errors import UNREADABLE_ERRORS
from warmline.ari.event_reader import EventReader, ScriptEvent
from warmline.ari.outcomes import Called, DialOutcome, Reconnected, Recorded, UnknownEvent

if TYPE_CHECKING:
    from warmline.ari.resources import Channel as Described
    from warmline.ari.running_script import Ari

log = logging.getLogger("warmline.ari.script")

EXCLUDED_KINDS = {"ChannelVarset"}  # hundreds for each call; a script that wants a variable asks Asterisk
EVENT_KINDS = tuple(sorted({kind.__name__ for kind in events.Event.__subclasses__()} - EXCLUDED_KINDS))
READERS_OF_ALL = frozenset({events.Event, UnknownEvent})  # a reader of these reads all types
BUSY_CAUSE, NO_ANSWER_CAUSES, NORMAL_CAUSE = 17, (18, 19, 127), 16  # hang-up causes by Q.850
MAX_ARRIVALS = 1000
CALLED_ARGUMENTS = ("called",)  # the arguments of a party whom the script called

K = TypeVar("K", bound=ScriptEvent)
_decode = msgspec.json.Decoder(events.AnyEvent).decode


class ScriptEvents:
    """The state of one script's channels, playbacks and recordings, as Asterisk's events tell it."""

    def __init__(self, ari: "Ari") -> None:
        self.is_ready = asyncio.Event()
        self.has_failed = asyncio.Event()
        self.failure_reason = ""
        self.arrival = asyncio.Event()
        self.former_ids: set[str] = set()  # channels that a former script of this name left
        self.own_ids: set[str] = set()  # channels that the script has made, until they end
        self.begun: set[str] = set()  # playbacks and recordings that Asterisk has begun
        self._ari = ari
        self._arrivals: deque[Channel] = deque()
        self._handlers: dict[type[ScriptEvent], Callable[[Any], None]] = {
            events.StasisStart: self._start,
            events.StasisEnd: self._end,
            events.ChannelDestroyed: self._destroy,
            events.ChannelStateChange: self._change_state,
            events.ChannelDtmfReceived: self._press,
            events.PlaybackFinished: self._finish_playback,
            events.RecordingFinished: self._finish_recording,
            events.RecordingFailed: self._finish_recording,
        }
        # Types that Asterisk sends. Those of readers are added, and that of states with the first conversation.
        self.kinds = {kind.__name__ for kind in self._handlers} - {events.ChannelStateChange.__name__}
        self._asterisk_start_us = 0
        self._answers: dict[str, asyncio.Future[Called]] = {}
        self._playbacks: dict[str, asyncio.Future[None]] = {}
        self._recordings: dict[str, asyncio.Future[Recorded]] = {}
        self._readers: tuple[ReferenceType[EventReader[Any]], ...] = ()  # a script may forget one

    # -- what waits --

    def add_reader(self, kinds: tuple[type[K], ...]) -> EventReader[K]:
        """Return a reader of these types. Raises ValueError for one that Asterisk does not send to scripts."""
        if excluded_names := sorted(EXCLUDED_KINDS & {kind.__name__ for kind in kinds}):
            raise ValueError(f"{', '.join(excluded_names)} is not sent to scripts, because each call has hundreds")
        if READERS_OF_ALL & {*kinds}:
            self.kinds |= {*EVENT_KINDS}
        else:
            self.kinds |= {kind.__name__ for kind in kinds} & {*EVENT_KINDS}
        reader = EventReader(kinds)
        if self.has_failed.is_set():
            reader.fail(self._build_lost_error())
        self._readers = (*self._readers, ref(reader, self._forget_reader))
        return reader

    def _forget_reader(self, reference: "ReferenceType[EventReader[Any]]") -> None:
        self._readers = tuple(kept_reference for kept_reference in self._readers if kept_reference is not reference)

    def _list_readers(self) -> "list[EventReader[Any]]":
        return [reader for reference in self._readers if (reader := reference())]

    def expect_answer(self, channel: Channel) -> "asyncio.Future[Called]":
        """Return a future of what comes of dialling this channel."""
        return self._answers.setdefault(channel.id, asyncio.get_running_loop().create_future())

    def expect_playback(self, name: str) -> "asyncio.Future[None]":
        """Return a future of the end of a playback."""
        return self._playbacks.setdefault(name, asyncio.get_running_loop().create_future())

    def expect_recording(self, name: str) -> "asyncio.Future[Recorded]":
        """Return a future of the end of a recording. Raises NotPlayed if it is being written."""
        if name in self._recordings:
            raise build_not_played(f"recording {name}", "it is being written")
        return self._recordings.setdefault(name, asyncio.get_running_loop().create_future())

    def is_own(self, channel_id: str) -> bool:
        """Return whether the script has made this channel, or a former script of its name."""
        return channel_id in self.own_ids or made_channels.is_id_of(self._ari.name, channel_id)

    def take_arrival(self) -> Channel | None:
        """Return the first call from the dialplan that waits, or None. Then `arrival` is set by the next one."""
        while self._arrivals:
            if not (channel := self._arrivals.popleft()).gone:
                return channel
        self.arrival.clear()
        return None

    def forget(self, name: str) -> None:
        """Wait no more for a playback, a recording or a call."""
        for futures in (self._playbacks, self._recordings, self._answers):
            future = futures.pop(name, None)
            if future and future.done() and not future.cancelled():
                future.exception()  # it was read, or the script waits for nothing any more
        self.begun.discard(name)

    def fail(self, reason: str) -> None:
        """End everything that waits: the connection has ended for good."""
        self.failure_reason = reason
        self.has_failed.set()
        for reader in self._list_readers():
            reader.fail(self._build_lost_error())

    def _build_lost_error(self) -> ConnectionLost:
        return ConnectionLost("ari_connection_ended", "{reason}", reason=self.failure_reason)

    # -- what Asterisk tells --

    def take_message(self, text: str) -> None:
        """Take an event of Asterisk. Never raises."""
        event = decode_event(text)
        if handler := self._handlers.get(type(event)):
            handler(event)
        for reference in self._readers:
            if reader := reference():
                reader.put(event)

    def _start(self, event: events.StasisStart) -> None:
        channel = event.channel
        self.former_ids.discard(channel.id)  # a caller whom the dialplan sends again
        self._add_channel(channel.id, channel.caller.number, channel.caller.name, args=event.args)

    def _end(self, event: events.StasisEnd) -> None:
        self._mark_left(event.channel.id, "the party hung up, or another program took the call")

    def _destroy(self, event: events.ChannelDestroyed) -> None:
        self._fail_dial(event.channel.id, event.cause, event.cause_txt)
        self.own_ids.discard(event.channel.id)

    def _change_state(self, event: events.ChannelStateChange) -> None:
        channel = self._ari.channels.get(event.channel.id)
        if channel is None or not channel.rings_in_script:
            return
        if event.channel.state == "Ringing":
            channel.rings.set()
        elif event.channel.state == "Up":
            self._finish_dial(channel)

    def _press(self, event: events.ChannelDtmfReceived) -> None:
        if channel := self._ari.channels.get(event.channel.id):
            channel.pressed(event.digit)

    def _finish_playback(self, event: events.PlaybackFinished) -> None:
        self._end_playback(event.playback.id, event.playback.media_uri, event.playback.state)

    def _finish_recording(self, event: events.RecordingFinished | events.RecordingFailed) -> None:
        recording = event.recording
        self._end_recording(
            recording.name,
            recording.state,
            recording.duration,
            talking_seconds=recording.talking_duration,
            cause=recording.cause,
        )

    async def read_missed_state(self, start_us: int) -> None:
        """Read what the connection has missed. Raises AriError."""
        is_reconnect, is_restart = self.is_ready.is_set(), start_us != self._asterisk_start_us
        self._asterisk_start_us = start_us
        if is_reconnect:
            gone_channels = await self._compare_channels()
            for name in self.begun & self._playbacks.keys():
                await self._check_playback(name, is_restart=is_restart)
            for name in self.begun & self._recordings.keys():
                await self._check_recording(name)
            if is_restart:
                self._ari.bridges.clear()
            for reader in self._list_readers():
                reader.put(Reconnected(tuple(gone_channels), is_restart))
        self.is_ready.set()

    async def _compare_channels(self) -> list[Channel]:
        """Compare the channels with those of Asterisk; return the ones that are gone. Raises AriError."""
        channels = list(self._ari.channels.values())
        resources = await self._ari.all_channels()
        for channel in channels:
            resource, owner = resources.get(channel.id, (None, ""))
            if resource is None and channel.is_placed:
                self._fail_dial(channel.id, 0, "ended while the connection was lost")
            elif channel.is_foreign:
                continue
            elif resource and resource.state == "Up" and owner != self._ari.name:
                channel.ended("another program took the call while the connection was lost")
            elif resource and (resource.state == "Up" or _is_created(channel, resource)):
                self._finish_dial(channel)
        for channel_id, (resource, owner) in resources.items():
            if owner != self._ari.name or channel_id in self._ari.channels or channel_id in self.former_ids:
                continue
            # One that still rings is a call that the script gave up before Asterisk performed it.
            arguments: tuple[str, ...] = CALLED_ARGUMENTS
            if resource.dialplan.app_name == "Stasis":
                arguments = tuple(resource.dialplan.app_data.split(",")[1:])
            self._add_channel(channel_id, resource.caller.number, resource.caller.name, args=arguments)
        return [channel for channel in channels if channel.gone]

    async def _check_recording(self, name: str) -> None:
        try:
            await self._ari.request("GET", "recordings", "live", name)
        except AriError as error:
            if error.status != 404:
                raise
            self._end_recording(
                name, "failed", 0, talking_seconds=None, cause="its end was missed while the connection was lost"
            )

    async def _check_playback(self, name: str, *, is_restart: bool) -> None:
        try:
            await self._ari.request("GET", "playbacks", name)
        except AriError as error:
            if error.status != 404:
                raise
            future = self._playbacks.get(name)
            if is_restart and future and not future.done():
                future.set_exception(build_not_played("the sound", "Asterisk was started again"))
            self._end_playback(name, "", "done")

    def _add_channel(self, channel_id: str, number: str, name: str, args: tuple[str, ...]) -> None:
        if args[:1] == (talk_guard.HELPER_ARGUMENT,):
            self._ari.begin(talk_guard.end_helper(self._ari, channel_id, "".join(args[1:2])))
            return
        existing_channel = self._ari.channels.get(channel_id)
        if existing_channel and not existing_channel.is_foreign:
            self._finish_dial(existing_channel)
            return
        if existing_channel:
            existing_channel.ended("it has come to the script")
        channel = Channel(self._ari, channel_id, number, name, *args)
        if self.is_own(channel_id):
            if args == CALLED_ARGUMENTS:  # the script has given this call up
                self._ari.begin(channel.hang_up())
            return
        self._ari.channels[channel_id] = channel
        if len(self._arrivals) >= MAX_ARRIVALS:
            self._arrivals = deque(arrival for arrival in self._arrivals if not arrival.gone)
        if len(self._arrivals) >= MAX_ARRIVALS:
            log.error("%s calls wait, and the script takes none: %s goes on in the dialplan", MAX_ARRIVALS, channel)
            self._ari.begin(channel.let_go())
            return
        self._arrivals.append(channel)
        self.arrival.set()

    def _finish_dial(self, channel: Channel) -> None:
        future = self._answers.pop(channel.id, None)
        if future and not future.done():
            future.set_result(Called(DialOutcome.ANSWERED, answered_by=channel))

    def _fail_dial(self, channel_id: str, cause: int, reason: str) -> None:
        future = self._answers.pop(channel_id, None)
        if future and not future.done():
            future.set_result(Called(_to_outcome(cause), reason or f"cause {cause}", cause))
        self._mark_left(channel_id, reason or "the party hung up")

    def _mark_left(self, channel_id: str, reason: str) -> None:
        if channel := self._ari.channels.get(channel_id):
            channel.ended(reason)

    def _end_playback(self, name: str, media: str, state: str) -> None:
        future = self._playbacks.get(name)
        if future and not future.done():
            if state == "failed":
                future.set_exception(build_not_played(media, "Asterisk could not play it; does the file exist?"))
            else:
                future.set_result(None)

    def _end_recording(self, name: str, state: str, seconds: int, talking_seconds: int | None, cause: str) -> None:
        future = self._recordings.get(name)
        if future and not future.done():
            if state == "failed":
                future.set_exception(build_not_played(f"recording {name}", cause or "Asterisk could not write it"))
            else:
                future.set_result(
                    Recorded(name, seconds, silent=None if talking_seconds is None else not talking_seconds)
                )


def _is_created(channel: Channel, resource: "Described") -> bool:
    """Return whether a channel that the script dials later is there."""
    is_in_script = resource.dialplan.app_name == "Stasis"
    return is_in_script and resource.state == "Down" and not channel.rings_in_script


def decode_event(text: str) -> ScriptEvent:
    """Return the event of a message, or UnknownEvent."""
    try:
        event: events.Event = _decode(text)
    except UNREADABLE_ERRORS:
        return _to_unknown_event(text)
    return event


def _to_unknown_event(text: str) -> UnknownEvent:
    try:
        fields = msgspec.json.decode(text)
        return UnknownEvent(str(fields.get("type", "")), fields)
    except (*UNREADABLE_ERRORS, AttributeError):
        return UnknownEvent("", {"text": text})


def _to_outcome(cause: int) -> DialOutcome:
    if cause == BUSY_CAUSE:
        return DialOutcome.BUSY
    return DialOutcome.NO_ANSWER if cause in NO_ANSWER_CAUSES or cause == NORMAL_CAUSE else DialOutcome.REFUSED
