"""A script at Asterisk: what it may ask, and what it waits for."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from warmline.ari import hand_over as handing
from warmline.ari import left_overs, number_gate, request_way, spoken
from warmline.ari.ari_exceptions import ChannelGone, ConnectionLost, NotPlayed, Refused
from warmline.ari.bridge import Bridge
from warmline.ari.channel import HANGING_UP, Channel, not_played
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.event_stream import AriEventStream
from warmline.ari.event_reader import EventReader, Heard
from warmline.ari.outcomes import Called, DialOutcome, Recorded
from warmline.ari.resources import Channel as Described
from warmline.ari.script_events import CALLED, ScriptEvents
from warmline.system.settings import Settings

ENDING = 0.2  # seconds in which a channel ends that was hung up
LOOKS = 2  # at the end: the first one ends what is left, and the second one sees that nothing is

log = logging.getLogger("warmline.ari.script")

T = TypeVar("T")
K = TypeVar("K", bound=Heard)


class Ari:
    """A script at Asterisk. `connect` makes it.

    `channels` are the parties of the script by their ids, `bridges` its bridges.
    """

    def __init__(self, client: AriClient, settings: Settings) -> None:
        self.channels: dict[str, Channel] = {}
        self.bridges: dict[str, Bridge] = {}
        self.heard = ScriptEvents(self)
        self._client = client
        self._settings = settings
        self._stream: AriEventStream | None = None
        self._work: set[asyncio.Task[Any]] = set()  # requests that must end before the script does
        self._widening: asyncio.Task[Any] | None = None  # until Asterisk sends the types of a new reader
        self._unsure = False  # whether Asterisk may still perform a request that had no answer

    @property
    def name(self) -> str:
        """Return the name of the script's application in Asterisk."""
        return self._client.app

    def has_called(self, channel: Channel) -> bool:
        """Return whether the script has called this party; else the party came from the dialplan."""
        return channel.id.startswith(f"{self.name}-")

    async def request(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Send any request of ARI, and return its answer's JSON, or None. Each part of `path` is one segment.

        Raises AriError: no answer in time is one, too, and so is an answer that cannot be read.
        """
        if not path:
            raise ValueError("a request needs a path, such as ari.request('GET', 'channels')")
        if self._widening:
            await asyncio.wait((self._widening,))
        dial, quick = request_way.dials(method, path), request_way.over_stream(method, path, self.name)
        answer = await self._client.request(method, *path, query=query, body=body, dial=dial, quick=quick)
        return json_errors.anything(answer) if answer else None

    def events(self, *kinds: type[K]) -> EventReader[K]:
        """Return an iterator over the events of these types from now on: see `warmline.ari.events`.

        `Reconnected` and `UnknownEvent` are types too. Up to 10,000 events wait for the script, then EventsLost is
        raised. Asterisk sends the types that are read, and a request waits until it does.
        """
        before = len(self.heard.kinds)
        reader = self.heard.reader(kinds)
        if self._stream and len(self.heard.kinds) > before:
            self._widening = self.begin(self._widen(self._stream))
            self._widening.add_done_callback(self._widened)
        return reader

    async def _widen(self, stream: AriEventStream) -> None:
        try:
            await stream.filter()
        except AriError as error:
            log.warning("Asterisk does not send more types of events (%s): connecting again", error)
            await stream.connect_again()

    def _widened(self, task: "asyncio.Task[Any]") -> None:
        if self._widening is task:
            self._widening = None

    async def arrivals(self) -> AsyncIterator[Channel]:
        """Yield each call that the dialplan sends to the script with `Stasis(script-NAME)`."""
        while True:
            if channel := self.heard.take_arrival():
                yield channel
            else:
                await self.wait(self.heard.arrival.wait())

    async def call(
        self,
        number: str,
        campaign: str = "",
        *,
        seconds: int = 0,
        caller_id: str = "",
        variables: Mapping[str, str] | None = None,
        waiting: Channel | None = None,
    ) -> Called:
        """Call a number, and wait until a party answers, or until it is clear that none will.

        It rings for `seconds`, or as long as the campaign says. The number must pass the dial rules of the campaign,
        or of the system without one. A refusal is a result: nothing is raised for it. If the party `waiting` hangs up,
        the call is withdrawn and ChannelGone is raised. Raises ValueError, AriError, ConnectionLost.
        """
        if seconds < 0:
            raise ValueError(f"seconds is {seconds}; it must be 0 or more")
        try:
            place = await asyncio.to_thread(number_gate.permitted, str(self._settings.db), number, campaign)
        except Refused as refused:
            return Called(DialOutcome.REFUSED, str(refused))
        channel = Channel(self, self._new_id(), number)
        channel.placed = False
        query: dict[str, str | int] = {
            "endpoint": place.endpoint,
            "app": self.name,
            "appArgs": ",".join(CALLED),
            "timeout": seconds or place.seconds,
            "callerId": caller_id or place.caller_id,
        }
        self.channels[channel.id] = channel
        came = self.heard.expect(channel)
        asked = self.begin(
            self.request("POST", "channels", channel.id, query=query, body={"variables": dict(variables or {})})
        )
        try:
            await asyncio.shield(asked)
            channel.placed = True
            await (waiting.unless_gone(came) if waiting else self.wait(came))
            return came.result()
        except AriError as error:
            if error.status:
                channel.ended(str(error))
                return Called(DialOutcome.REFUSED, str(error))
            self._unsure = True
            self.begin(self._withdraw(asked, channel))
            raise
        except BaseException:
            self.begin(self._withdraw(asked, channel))
            raise
        finally:
            self.heard.forget(channel.id)

    async def _withdraw(self, asked: asyncio.Task[Any], channel: Channel) -> None:
        """Hang up a party for whom the script does not wait any more."""
        await asyncio.wait((asked,))
        with suppress(AriError):
            await self.request("DELETE", "channels", channel.id)
        channel.ended("the script withdrew the call")

    async def bridge(self, *channels: Channel) -> Bridge:
        """Let these parties hear each other, in a new bridge. Raises AriError, ChannelGone."""
        room = Bridge(self, self._new_id())
        await self.request("POST", "bridges", room.id, query={"type": "mixing", "name": self.name})
        self.bridges[room.id] = room
        await room.add(*channels)
        return room

    async def bridge_with(self, number: str) -> Bridge | None:
        """Return the bridge in which the caller with this number is, also one of another program, or None.

        Raises AriError.
        """
        channels = await self.all_channels()
        for room in await left_overs.bridges_of(self._client):
            if any(one in channels and channels[one][0].caller.number == number for one in room.channels):
                heard = {"eventSource": f"bridge:{room.id}"}  # its events say when a sound has ended
                await self.request("POST", "applications", self.name, "subscription", query=heard)
                return self.bridges.get(room.id) or Bridge(self, room.id)
        return None

    async def talk(self, one: Channel, other: Channel) -> None:
        """Let two parties talk until one of them hangs up; then hang up the other one.

        Raises AriError, ChannelGone, ConnectionLost.
        """
        try:
            room = await self.bridge(one, other)
        except ChannelGone:
            await asyncio.gather(one.hang_up(), other.hang_up())
            raise
        leaving = [asyncio.ensure_future(each.until_hangup()) for each in (one, other)]
        try:
            ended, _ = await asyncio.wait(leaving, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in leaving:
                task.cancel()
            await asyncio.gather(*leaving, return_exceptions=True)
        ended.pop().result()  # else the connection has ended, and the two go on talking
        await asyncio.gather(one.hang_up(), other.hang_up(), room.close())

    async def hand_over(self, channel: Channel, destination: str, data: Mapping[str, str] | None = None) -> None:
        """Hand the call to Warmline: `ingroup:SALES`, `agent:1000` or `did:8005550100`. The script has it no more.

        `data` are items that the setting `call_data` names. Raises Refused if the destination does not exist or the
        data may not go there, ChannelGone, AriError.
        """
        place = await asyncio.to_thread(handing.place, str(self._settings.db), destination, data or {})
        for item, value in (data or {}).items():
            await channel.set_variable(f"WARMLINE_DATA_{item}", value)
        channel.check()
        channel.leaving = f"handed over to {destination}"
        query = {"context": place.context, "extension": place.extension}
        try:
            await self.request("POST", "channels", channel.id, "continue", query={**query, "priority": 1})
        except AriError as error:
            channel.leaving = "" if error.status else channel.leaving
            raise channel.meant(error) from None
        channel.ended(channel.leaving)

    # -- for channels and bridges --

    async def play_to(
        self, target: tuple[str, str], parts: tuple[str | int, ...], listener: Channel | None = None
    ) -> None:
        """Play parts on a channel or bridge until their end; cancelled, stop them. Raises NotPlayed, AriError."""
        for part in parts:  # one by one: of a list of sounds, Asterisk reports only whether the last one was played
            await self._play_one(target, spoken.media(part), listener)

    async def _play_one(self, target: tuple[str, str], media: str, listener: Channel | None) -> None:
        name = self._new_id()
        done = self.heard.playback(name)
        try:
            await self.request("POST", *target, "play", name, query={"media": media})
            self.heard.placed.add(name)
            await (listener.unless_gone(done) if listener else self.wait(done))
        except AriError as error:
            if listener and isinstance(meant := listener.meant(error), ChannelGone):
                raise meant from None
            if not error.status:
                self.begin(self._stop("DELETE", "playbacks", name))
                raise
            raise not_played(media, error.text) from None
        except NotPlayed:
            if listener:
                await listener.check_again()
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self.begin(self._stop("DELETE", "playbacks", name)))
            raise
        finally:
            self.heard.forget(name)

    async def _stop(self, method: str, *path: str) -> None:
        with suppress(AriError):  # it has ended by itself
            await self.request(method, *path)

    async def record_from(
        self, channel: Channel, name: str, most: int, silence: int, *, beep: bool, keys: str
    ) -> Recorded:
        """Record a channel until the end. Raises NotPlayed, ChannelGone, AriError."""
        done = self.heard.recording(name)
        query: dict[str, str | int] = {
            "name": name,
            "format": "wav",
            "maxDurationSeconds": most,
            "maxSilenceSeconds": silence,
            "beep": "true" if beep else "false",
            "terminateOn": keys or "none",
            "ifExists": "fail",
        }
        stop = "POST", "recordings", "live", name, "stop"
        try:
            await self.request("POST", "channels", channel.id, "record", query=query)
            self.heard.placed.add(name)
            await channel.unless_gone(done, HANGING_UP)
            recorded = done.result()
            return recorded if silence else replace(recorded, silent=None)
        except AriError as error:
            if error.status in (404, 412):
                raise channel.meant(error) from None
            if not error.status:  # Asterisk may begin it later
                self.begin(self._stop(*stop))
                raise
            raise not_played(f"recording {name}", error.text) from None
        except NotPlayed:
            channel.check()
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self.begin(self._stop(*stop)))
            raise
        finally:
            self.heard.forget(name)

    def begin(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start a request that ends before the script does, also if the part that asked for it is cancelled."""
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.debug("a request of the script failed: %s", error)

    async def all_channels(self) -> "dict[str, tuple[Described, str]]":
        """Return every channel of Asterisk, with the application of the script that has it. Raises AriError."""
        return await left_overs.channels_of(self._client)

    def why_away(self) -> str:
        """Return why there is no connection to Asterisk, as far as is known."""
        return self._stream.why_away if self._stream else ""

    async def wait(self, work: Awaitable[T]) -> T:
        """Wait for something that Asterisk tells. Raises ConnectionLost if the connection has ended for good."""
        task = asyncio.ensure_future(work)
        ending = asyncio.ensure_future(self.heard.failed.wait())
        try:
            await asyncio.wait((task, ending), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ConnectionLost("ari_connection_ended", "{why}", why=self.heard.why_failed)
            return task.result()
        finally:
            ending.cancel()
            if not task.done():
                task.cancel()

    async def listen(self) -> None:
        """Read the events of Asterisk until the end; note why it ended."""
        self._stream = AriEventStream(self._client, self.heard.kinds, self.heard.take, self.heard.connected)
        try:
            await self._stream.run()
        except Exception as error:
            self.heard.fail(f"{type(error).__name__}: {error}")

    async def leave(self) -> bool:
        """Hang up the script's channels and end its bridges, except those in which two parties talk.

        Callers from the dialplan go on there. Return whether nothing is left.
        """
        while self._work:
            await asyncio.wait(self._work)
        nothing = False
        for _ in range(LOOKS):
            try:
                nothing = self.name in await left_overs.end(self._client, [self.name])
            except AriError:
                break
            if nothing:
                break
            await asyncio.sleep(ENDING)
        for channel in list(self.channels.values()):
            channel.ended("the script has ended")
        return nothing and not self._unsure

    def _new_id(self) -> str:
        return f"{self.name}-{secrets.token_hex(8)}"
