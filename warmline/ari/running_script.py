"""A script at Asterisk: what it may ask, and what it waits for."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Coroutine, Mapping
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from warmline.ari import audio_requests, hand_over_target, number_gate, request_transport, script_cleanup
from warmline.ari.ari_exceptions import ChannelGone, ConnectionLost, Refused
from warmline.ari.bridge import Bridge
from warmline.ari.channel import Channel
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.ari_event_stream import AriEventStream, ReplacedError
from warmline.ari.event_reader import EventReader, ScriptEvent
from warmline.ari.outcomes import Called, DialOutcome, Recorded
from warmline.ari.resources import Channel as Described
from warmline.ari.script_events import CALLED_ARGUMENTS, ScriptEvents
from warmline.system.settings import Settings

HANGUP_SECONDS = 0.2  # seconds in which a channel ends that was hung up
UNNAMED_CHANNEL_PATHS = ("channels",), ("channels", "create")  # requests for a channel whose id Asterisk would choose
MAX_CLEANUPS = 2  # at the end: the first one ends what is left, and the second one sees that nothing is

log = logging.getLogger("warmline.ari.script")

parties_of_call: ContextVar[set[Channel] | None] = ContextVar("parties_of_call", default=None)
"""The parties whom the handler of a call has called, in its task and those that it begins: see call_server.py."""

T = TypeVar("T")
K = TypeVar("K", bound=ScriptEvent)


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
        if method == "POST" and path in UNNAMED_CHANNEL_PATHS and "channelId" not in {**(query or {}), **(body or {})}:
            query = {**(query or {}), "channelId": self.new_id()}  # by which the channel is ended with the script
        dial, quick = request_transport.is_dial(method, path), request_transport.is_for_stream(method, path, self.name)
        answer = await self._client.request(method, *path, query=query, body=body, dial=dial, quick=quick)
        return json_errors.read_any(answer) if answer else None

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
        the call is withdrawn and ChannelGone is raised. Without one, the call is automatic, and `warmline dial stop`
        refuses it. A cancelled call is withdrawn; its phone lists no missed call if another has answered for the party
        `waiting`. Raises ValueError, AriError, ConnectionLost.
        """
        if not isinstance(number, str):
            raise TypeError(f"the number {number} is an {type(number).__name__}; give a text such as {str(number)!r}")
        if seconds < 0:
            raise ValueError(f"seconds is {seconds}; it must be 0 or more")
        if waiting:
            waiting.check()
            waiting.has_answer = False
        check = partial(number_gate.check_number, self._settings, number, campaign, automatic=waiting is None)
        try:
            place = await asyncio.to_thread(check)
        except Refused as refused:
            return Called(DialOutcome.REFUSED, str(refused))
        channel = Channel(self, self.new_id(), number)
        channel.placed = False
        query: dict[str, str | int] = {
            "endpoint": place.endpoint,
            "app": self.name,
            "appArgs": ",".join(CALLED_ARGUMENTS),
            "timeout": seconds or place.seconds,
            "callerId": caller_id or place.caller_id,
        }
        self.channels[channel.id] = channel
        if (parties := parties_of_call.get()) is not None:
            parties.add(channel)
        came = self.heard.expect(channel)
        asked = self.begin(
            self.request("POST", "channels", channel.id, query=query, body={"variables": dict(variables or {})})
        )
        try:
            await asyncio.shield(asked)
            channel.placed = True
            await (waiting.unless_gone(came) if waiting else self.wait(came))
            called: Called = came.result()
            if waiting and called:
                waiting.has_answer = True
            return called
        except AriError as error:
            if error.status:
                channel.ended(str(error))
                return Called(DialOutcome.REFUSED, str(error))
            self._unsure = True
            self.begin(self._withdraw(asked, channel, waiting))
            raise
        except BaseException:
            self.begin(self._withdraw(asked, channel, waiting))
            raise
        finally:
            self.heard.forget(channel.id)

    async def _withdraw(self, asked: asyncio.Task[Any], channel: Channel, waiting: Channel | None) -> None:
        """Hang up a party for whom the script does not wait any more, perhaps because another has answered."""
        elsewhere = waiting is not None and waiting.has_answer and not waiting.gone
        await asyncio.wait((asked,))
        with suppress(AriError):
            query = {"reason": "answered_elsewhere"} if elsewhere else None
            await self.request("DELETE", "channels", channel.id, query=query)
        channel.ended("the script withdrew the call")

    async def bridge(self, *channels: Channel) -> Bridge:
        """Let these parties hear each other, in a new bridge. Raises AriError, ChannelGone; then there is no bridge."""
        room = Bridge(self, self.new_id())
        await self.request("POST", "bridges", room.id, query={"type": "mixing", "name": self.name})
        self.bridges[room.id] = room
        try:
            await room.add(*channels)
        except (AriError, ChannelGone):
            self.bridges.pop(room.id, None)
            self.begin(self.stop("DELETE", "bridges", room.id))
            raise
        return room

    async def bridge_with(self, number: str) -> Bridge | None:
        """Return the bridge in which the caller with this number is, also one of another program, or None.

        Raises AriError.
        """
        channels = await self.all_channels()
        for room in await script_cleanup.read_bridges(self._client):
            if any(one in channels and channels[one][0].caller.number == number for one in room.channels):
                heard = {"eventSource": f"bridge:{room.id}"}  # its events say when a sound has ended
                await self.request("POST", "applications", self.name, "subscription", query=heard)
                return self.bridges.get(room.id) or Bridge(self, room.id)
        return None

    async def talk(self, one: Channel, other: Channel) -> None:
        """Let two parties talk until one of them hangs up; then hang up the other one.

        If Asterisk does not join them, a party whom the script called is hung up, and a caller stays in the script.
        Raises AriError, ChannelGone, ConnectionLost.
        """
        try:
            room = await self.bridge(one, other)
        except (AriError, ChannelGone) as error:
            left = [each for each in (one, other) if isinstance(error, ChannelGone) or self.has_called(each)]
            await asyncio.gather(*map(self._end, left), return_exceptions=True)
            raise
        leaving = [asyncio.ensure_future(each.until_hangup()) for each in (one, other)]
        try:
            ended, _ = await asyncio.wait(leaving, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in leaving:
                task.cancel()
            await asyncio.gather(*leaving, return_exceptions=True)
        ended.pop().result()  # else the connection has ended, and the two go on talking
        await asyncio.gather(self._end(one), self._end(other), room.close())

    async def _end(self, party: Channel) -> None:
        """Hang up a party; one whom the script called, surely."""
        await (party.let_go() if self.has_called(party) else party.hang_up())

    async def hand_over(self, channel: Channel, destination: str, data: Mapping[str, str] | None = None) -> None:
        """Hand the call to Warmline: `ingroup:SALES`, `agent:1000` or `did:8005550100`. The script has it no more.

        `data` are items that the setting `call_data` names. Raises Refused if the destination does not exist or the
        data may not go there, ChannelGone, AriError.
        """
        place = await asyncio.to_thread(hand_over_target.find_target, str(self._settings.db), destination, data or {})
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
        await channel.left()

    # -- for channels and bridges --

    async def play_to(
        self, target: tuple[str, str], parts: tuple[str | int, ...], listener: Channel | None = None
    ) -> None:
        """Play parts on a channel or bridge until their end; cancelled, stop them. Raises NotPlayed, AriError."""
        await audio_requests.play_to(self, target, parts, listener)

    async def record_from(
        self, channel: Channel, name: str, most: int, silence: int, *, beep: bool, keys: str
    ) -> Recorded:
        """Record a channel until the end. Raises NotPlayed, ChannelGone, AriError."""
        return await audio_requests.record_from(self, channel, name, most, silence, beep=beep, keys=keys)

    async def stop(self, method: str, *path: str) -> None:
        """End a sound or a recording; one that has ended by itself is passed over. Raises nothing."""
        with suppress(AriError):
            await self.request(method, *path)

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
        return await script_cleanup.read_channels(self._client)

    @property
    def hears(self) -> bool:
        """Return whether Asterisk's events arrive now."""
        return self._client.hears

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
        except ReplacedError:
            self.heard.fail(
                f"another program has taken over the application {self.name}: stop one of the two, or give one of them "
                "another name in connect(…)"
            )
        except Exception as error:
            self.heard.fail(f"{type(error).__name__}: {error}")

    async def leave(self) -> bool:
        """Hang up the script's channels and end its bridges, except those in which two parties talk.

        Callers from the dialplan go on there. Return whether nothing is left.
        """
        while self._work:
            await asyncio.wait(self._work)
        nothing = False
        # If another program has taken the application, the other channels are its calls.
        own = {*self.channels, *self.bridges, *self.heard.former} if self.heard.failed.is_set() else None
        for _ in range(MAX_CLEANUPS):
            try:
                nothing = self.name in await script_cleanup.end_scripts(self._client, [self.name], own)
            except AriError:
                break
            if nothing:
                break
            await asyncio.sleep(HANGUP_SECONDS)
        for channel in list(self.channels.values()):
            channel.ended("the script has ended")
        return nothing and not self._unsure

    def new_id(self) -> str:
        """Return a new id for a thing of the script in Asterisk."""
        return f"{self.name}-{secrets.token_hex(8)}"
